import { jwksOf, jwksSchema } from '../../evidence/signing/jwks';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';

/** What anybody needs who verifies evidence. */
export function evidenceRoutes({ signingKeys }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/.well-known/jwks.json',
      summary:
        'The public keys that sign evidence or have signed it (RFC 7517), each with the time in which it did',
      audience: 'public',
      responses: { 200: { description: 'All of them', schema: jwksSchema } },
      async handle() {
        // A new key stands here a day before it signs, so that an hour is short enough.
        const headers = { 'Cache-Control': 'public, max-age=3600' };
        return { status: 200, body: jwksOf(signingKeys), headers };
      },
    }),
  ];
}
