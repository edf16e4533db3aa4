import { z } from 'zod';
import { support } from '../../texts/support';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

const legalText = z
  .strictObject({
    kind: z.string(),
    version: z.string(),
    title: z.string(),
    text: z.string(),
    sha256: z.string(),
  })
  .meta({ id: 'LegalText' });

const supportSchema = z
  .strictObject({
    account: z.string(),
    howTo: z.array(z.string()),
    hasQrCode: z.boolean().describe('whether there is a picture to scan, at GET /api/support/qr-code'),
    questions: z.array(z.strictObject({ question: z.string(), answer: z.string() })),
  })
  .meta({ id: 'Support' });

export function supportRoutes({ legalTexts, supportQrCode }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/support',
      summary: '【技术支持】: where to ask, and what is asked often',
      audience: 'public',
      query: z.strictObject({ language: z.enum(['zh-CN', 'en']).default('zh-CN') }),
      responses: { 200: { description: 'Texts for people', schema: supportSchema } },
      async handle({ query }) {
        const { account, howTo, questions } = support[query.language];
        const hasQrCode = supportQrCode !== undefined;
        return { status: 200, body: { account, howTo, questions, hasQrCode } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/support/qr-code',
      summary: 'The QR code of the account that helps, to be saved and scanned',
      audience: 'public',
      errors: ['not_found'],
      responses: { 200: { description: 'The picture', mediaType: 'image/png' } },
      async handle() {
        if (!supportQrCode) throw new ApiError('not_found');
        const headers = { 'Content-Type': 'image/png', 'Cache-Control': 'public, max-age=3600' };
        return { status: 200, body: supportQrCode, headers };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/legal-texts/:kind',
      summary: 'A text to agree to, at the version in force or at another that somebody agreed to',
      audience: 'public',
      params: z.strictObject({ kind: z.string().regex(/^[a-z-]{1,40}$/) }),
      query: z.strictObject({
        version: z
          .string()
          .regex(/^[\d-]{1,32}$/)
          .optional(),
      }),
      responses: { 200: { description: 'The text', schema: legalText } },
      async handle({ params, query }) {
        const text = legalTexts.get(params.kind, query.version);
        if (!text) throw new ApiError('not_found');
        return { status: 200, body: text };
      },
    }),
  ];
}
