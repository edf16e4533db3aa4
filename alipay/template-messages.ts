import { z } from 'zod';
import type { AlipayAccount } from './auth-code';
import { AlipayError } from './errors';
import type { Gateway } from './gateway';

export interface TemplateMessages {
  /**
   * Puts a message into the Alipay of a person who has agreed to get such ones.
   * @param p `keywords` fill the template in its order; `page` is opened by a tap on it.
   * @returns Alipay's code where it does not take the message: nobody agreed to it, the template is another one
   * @throws AlipayError where there is no answer
   */
  sendMessage(p: {
    to: AlipayAccount;
    template: string;
    page: string;
    keywords: readonly string[];
  }): Promise<{ sent: true } | { sent: false; code: string }>;
}

export function createTemplateMessages(gateway: Gateway): TemplateMessages {
  return {
    async sendMessage({ to, template, page, keywords }) {
      const data = Object.fromEntries(keywords.map((value, at) => [`keyword${at + 1}`, { value }]));
      try {
        await gateway.call({
          method: 'alipay.open.app.mini.templatemessage.send',
          bizContent: {
            ...(to.openId ? { to_open_id: to.openId } : { to_user_id: to.userId }),
            user_template_id: template,
            page,
            // Within the JSON of the call, JSON again.
            data: JSON.stringify(data),
          },
          // The same message twice says the same.
          repeatable: true,
          answer: z.object({}),
        });
        return { sent: true };
      } catch (error) {
        // Only of an answer that Alipay signed: others have another code.
        if (!(error instanceof AlipayError) || error.code !== 'alipay_refused') throw error;
        return { sent: false, code: error.subCode ?? error.code };
      }
    },
  };
}
