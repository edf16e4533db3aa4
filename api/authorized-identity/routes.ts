import { z } from 'zod';
import { AlipayError } from '../../alipay/errors';
import { alipayTokensOf } from '../../db/journeys/alipay-tokens';
import { sealInput } from '../../db/store/sealed-inputs';
import type { Session } from '../../db/journeys/sessions';
import { authorizedDocument, readDocumentNumber } from '../../domain/documents';
import type { SealedInputOf } from '../../domain/sealed-inputs';
import { maskName, maskNumber, readName } from '../../domain/names';
import { shanghaiDay } from '../../domain/shanghai-time';
import { newToken } from '../../platform/secrets';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

type AuthorizedIdentity = SealedInputOf<'authorized-identity'>;

const answer = z
  .strictObject({
    handle: z
      .string()
      .describe('enters in place of name and number: in this session, for ten minutes, as often as needed'),
    name: z.string().describe('masked'),
    number: z.string().describe('masked'),
  })
  .meta({ id: 'AuthorizedIdentity' });

/** Name and number of the account holder, where they let Alipay tell. They are masked, so that another holder of the phone learns nothing. */
export function authorizedIdentityRoutes(dependencies: ApiDependencies): Route[] {
  const { store, alipay, pseudonyms, logger, now: clock } = dependencies;
  return [
    defineRoute({
      method: 'get',
      path: '/api/authorized-identity',
      summary:
        'What fills in a resident ID card, after signing in with a code of the scope auth_user; any error means: type by hand',
      audience: 'mini-app',
      errors: ['identity_not_authorized', 'identity_unavailable'],
      responses: { 200: { description: 'Masked, with a handle to enter by', schema: answer } },
      async handle({ session, requestId, now }) {
        const identity = dependencies.authorizedIdentity && (await shared(session, requestId, now));
        if (!identity) throw new ApiError('identity_not_authorized');
        const { name, number } = identity;
        const handle = newToken();
        await sealInput(store, pseudonyms.authorizedIdentity(session.id, handle), identity, clock());
        return { status: 200, body: { handle, name: maskName(name), number: maskNumber(number) } };
      },
    }),
  ];

  async function shared(
    session: Session,
    requestId: string,
    now: Date,
  ): Promise<AuthorizedIdentity | undefined> {
    const tokens = await alipayTokensOf(store, session.id);
    if (!tokens) return undefined;
    try {
      const identity = await alipay.shareIdentity(tokens.accessToken);
      const name = readName(identity?.name ?? '');
      const number = readDocumentNumber(authorizedDocument, identity?.number ?? '', shanghaiDay(now));
      // An identity that could not be entered is not filled in.
      return name.ok && number.ok
        ? { kind: 'authorized-identity', name: name.name, number: number.number }
        : undefined;
    } catch (error) {
      if (!(error instanceof AlipayError)) throw error;
      if (error.retry !== 'never') throw new ApiError('identity_unavailable', { detail: error.code });
      // The person did not authorize it, or the contract does not cover it: only operators can tell, by how often.
      logger.warn('identity_not_shared', { requestId, code: error.subCode ?? error.code });
      return undefined;
    }
  }
}
