import { z } from 'zod';
import type { AlipayAccount } from './auth-code';
import { AlipayError } from './errors';
import type { Gateway } from './gateway';

export interface TemplateMessages {
  /**
   * Sends a message to a person in Alipay. The person must have agreed to receive such messages.
   * @param p `keywords` fill the template in its order; a press on the message opens `page`.
   * @returns Alipay's code if Alipay rejects the message, for example because the person has not agreed or the template is unknown
   * @throws AlipayError if there is no verified response
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
            // This value is JSON inside the JSON of the call.
            data: JSON.stringify(data),
          },
          // A message that arrives twice does no harm.
          repeatable: true,
          response: z.object({}),
        });
        return { sent: true };
      } catch (error) {
        // This code means that Alipay signed the response. Unsigned responses have another code.
        if (!(error instanceof AlipayError) || error.code !== 'alipay_refused') throw error;
        return { sent: false, code: error.subCode ?? error.code };
      }
    },
  };
}
