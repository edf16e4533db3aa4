import { z } from 'zod';
import { openInput } from '../../db/store/sealed-inputs';
import type { Session } from '../../db/journeys/sessions';
import { consentKinds } from '../../domain/consents';
import type { ConsentKind } from '../../domain/consents';
import {
  authorizedDocument,
  detailDefects,
  documentTypeNames,
  documentTypes,
  personNumberOf,
  readDocumentNumber,
} from '../../domain/documents';
import type { DetailDefect } from '../../domain/documents';
import { readName } from '../../domain/names';
import type { SealedInputOf } from '../../domain/sealed-inputs';
import { shanghaiDay } from '../../domain/shanghai-time';
import { defineRoute } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import type { Issue } from '../errors';
import { consentSchema, readConsents } from './consents';
import { commandResponses, journeyBesideErrors, respondTo } from './responses';
import { journeyRejections, sendCommand } from './send-command';

const entryConsent = consentSchema.extend({
  kind: z.enum(consentKinds).extract(['personal-information', 'bank-card-notice']),
});

const fields = z.strictObject({
  name: z
    .string()
    .max(400)
    .optional()
    .describe('as typed, with `documentNumber`; or else `authorizedIdentity`'),
  documentType: z.enum(documentTypeNames),
  documentNumber: z.string().max(64).optional(),
  authorizedIdentity: z
    .string()
    .regex(/^[\w-]{43}$/, 'wrong_form')
    .optional()
    .describe('the handle of GET /api/authorized-identity, in place of name and number; for resident-id'),
  validUntil: z.iso.date().optional().describe('last day; for documents that ask for it'),
  issuingCountry: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .describe('ISO 3166-1 alpha-3; for passports of other countries'),
  consents: z.array(entryConsent).max(2),
  inPerson: z
    .boolean()
    .optional()
    .describe(
      '「不刷脸，到窗口办理」 instead of 【查看待办事项】; who has no other way is led there without it',
    ),
});

/** Either what was typed or what Alipay told, never one beside the other. */
const body = fields.superRefine(({ name, documentNumber, documentType, authorizedIdentity }, context) => {
  if (authorizedIdentity === undefined) return;
  const refuse = (path: keyof z.infer<typeof fields>, message: string): void => {
    context.addIssue({ code: 'custom', path: [path], message });
  };
  if (name !== undefined) refuse('name', 'not_with_authorized_identity');
  if (documentNumber !== undefined) refuse('documentNumber', 'not_with_authorized_identity');
  if (documentType !== authorizedDocument) refuse('authorizedIdentity', 'not_for_this_document');
});

/** 用户信息录入: begins a journey, or comes back to the one of this account and person. */
export function entryRoute(dependencies: ApiDependencies) {
  const { store, pseudonyms, legalTexts } = dependencies;

  async function identityGiven(
    { name = '', documentNumber = '', authorizedIdentity: handle }: z.infer<typeof body>,
    session: Session,
    now: Date,
  ): Promise<{ name: string; number: string }> {
    if (handle === undefined) return { name, number: documentNumber };
    const id = pseudonyms.authorizedIdentity(session.id, handle);
    // It stays there as long as it may: the same command again finds the same.
    const identity = await openInput(store, store.knex, { id, kind: 'authorized-identity' }, now);
    const code = 'authorized_identity_over';
    if (!identity) throw new ApiError(code, { issues: [{ path: 'authorizedIdentity', code }] });
    return identity;
  }

  return defineRoute({
    method: 'post',
    path: '/api/journeys',
    summary: 'Enter: name, document and consents',
    audience: 'mini-app',
    idempotent: true,
    body,
    errors: [...journeyRejections, 'authorized_identity_over'],
    errorExtras: journeyBesideErrors,
    responses: commandResponses,
    async handle({ body: typed, session, idempotencyKey, now }) {
      const { documentType, validUntil, issuingCountry, inPerson } = typed;
      const today = shanghaiDay(now);
      const identity = await identityGiven(typed, session, now);
      const name = readName(identity.name);
      const number = readDocumentNumber(documentType, identity.number, today);
      const issues: Issue[] = [
        ...(name.ok ? [] : [{ path: 'name', code: name.code }]),
        ...(number.ok ? [] : [{ path: 'documentNumber', code: number.code }]),
        ...detailDefects(documentType, typed, today).map((code) => ({ path: pathOf(code), code })),
      ];
      const needed: ConsentKind[] = [
        'personal-information',
        ...(documentTypes[documentType].bankCardRequired && !inPerson ? ['bank-card-notice' as const] : []),
      ];
      const consents = readConsents(legalTexts, typed.consents, needed, issues);
      if (!name.ok || !number.ok || issues.length > 0) throw new ApiError('invalid', { issues });

      const personKey = pseudonyms.person(documentType, personNumberOf(number, typed));
      const journey = pseudonyms.journeyId(session.account, personKey);
      const entry: SealedInputOf<'entry'> = {
        kind: 'entry',
        account: session.account,
        personKey,
        name: name.name,
        matchKey: name.matchKey,
        documentType,
        number: number.number,
        validUntil,
        issuingCountry,
        consents,
      };
      const sender = { account: session.account, idempotencyKey, session: session.id };
      const outcome = await sendCommand(dependencies, journey, sender, {
        command: 'enter',
        sealed: entry,
        ...(inPerson && { atWindow: {} }),
      });
      return await respondTo(dependencies, outcome, { session, journey, command: 'enter' });
    },
  });
}

function pathOf(code: DetailDefect): string {
  return code.startsWith('issuing_country') ? 'issuingCountry' : 'validUntil';
}
