import { z } from 'zod';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';

const h5 = z
  .strictObject({
    authorizeUrl: z
      .url()
      .optional()
      .describe('where a browser gets an authorization code; only where the product is tried'),
  })
  .meta({ id: 'H5Channel' });

const alipay = z
  .strictObject({
    messageTemplates: z
      .array(z.string())
      .describe('templates of the messages that a person is asked to agree to before a confirmation'),
  })
  .meta({ id: 'AlipayChannel' });

/** What a channel has to know before a person is signed in. */
export function channelRoutes({ h5AuthorizeUrl, messageTemplates }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/channels/h5',
      summary: 'How a browser signs in',
      audience: 'public',
      responses: { 200: { description: 'The channel', schema: h5 } },
      handle: async () => ({
        status: 200,
        body: h5AuthorizeUrl === undefined ? {} : { authorizeUrl: h5AuthorizeUrl },
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/channels/alipay',
      summary: 'What Alipay asks people for',
      audience: 'public',
      responses: { 200: { description: 'The channel', schema: alipay } },
      handle: async () => ({ status: 200, body: { messageTemplates } }),
    }),
  ];
}
