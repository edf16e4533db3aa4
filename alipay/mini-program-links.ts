import { z } from 'zod';
import type { Gateway } from './gateway';

/** A page of the mini-program, and what it is opened with: `name=value`. */
interface Target {
  page: string;
  query: string;
}

export interface MiniProgramLinks {
  /** `link` opens Alipay itself; `webLink` is a web page of Alipay that does. */
  miniProgramLink(target: Target): { link: string; webLink: string };
  /**
   * Has Alipay draw a QR code that opens a page.
   * @param target `description` stands below the code
   * @returns the address of the picture
   * @throws AlipayError
   */
  createQrCode(target: Target & { description: string }): Promise<string>;
}

export function createMiniProgramLinks(gateway: Gateway, appId: string): MiniProgramLinks {
  return {
    miniProgramLink({ page, query }) {
      const link = `alipays://platformapi/startapp?${new URLSearchParams({ appId, page, query }).toString()}`;
      return { link, webLink: `https://ds.alipay.com/?${new URLSearchParams({ scheme: link }).toString()}` };
    },
    async createQrCode({ page, query, description }) {
      const { qr_code_url } = await gateway.call({
        method: 'alipay.open.app.qrcode.create',
        bizContent: { url_param: page, query_param: query, describe: description },
        // A second code leads to the same page.
        repeatable: true,
        response: z.object({ qr_code_url: z.url() }),
      });
      return qr_code_url;
    },
  };
}
