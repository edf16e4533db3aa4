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
    questions: z.array(z.strictObject({ question: z.string(), answer: z.string() })),
  })
  .meta({ id: 'Support' });

export function supportRoutes({ legalTexts }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/support',
      summary: '【技术支持】: where to ask, and what is asked often',
      audience: 'public',
      answers: { 200: { description: 'Texts for people', schema: supportSchema } },
      handle: async () => ({ body: support }),
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
      answers: { 200: { description: 'The text', schema: legalText } },
      async handle({ params, query }) {
        const text = legalTexts.get(params.kind, query.version);
        if (!text) throw new ApiError('not_found');
        return { body: text };
      },
    }),
  ];
}
