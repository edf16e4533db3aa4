import canonicalize from 'canonicalize';
import { z } from 'zod';
import { listConsents, renewConsent, withdrawConsent } from '../../db/journeys/consents';
import type { GivenConsent } from '../../domain/consents';
import { findOwnJourney } from '../../db/confirmations/views';
import { consentKinds } from '../../domain/consents';
import type { ConsentKind } from '../../domain/consents';
import { userMessageOf, userMessagesOf } from '../../texts/user-messages';
import type { UserMessageCode } from '../../texts/user-messages';
import type { LegalTexts } from '../../texts/legal-texts';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import type { Issue } from '../errors';
import { journeyId, commandBody, commandRoute } from './command-route';
import { allowedOf, journeyView, noticeSchema, presentJourney } from './view';

/** With each ticked box comes the version of the text that stood beside it. */
export const consentSchema = z.strictObject({ kind: z.enum(consentKinds), version: z.string().max(32) });

/**
 * The consents that were given to the text in force, needed here or not: none is dropped. What is missing, old or given twice is
 * added to `issues`.
 */
export function readConsents(
  legalTexts: LegalTexts,
  given: readonly { kind: ConsentKind; version: string }[],
  needed: readonly ConsentKind[],
  issues: Issue[],
): GivenConsent[] {
  const kinds = given.map(({ kind }) => kind);
  if (new Set(kinds).size < kinds.length) issues.push({ path: 'consents', code: 'consent_repeated' });
  return [...new Set([...needed, ...kinds])].flatMap((kind) => {
    const known = consentKinds.find((one) => one === kind);
    const text = legalTexts.get(kind);
    const consent = given.find((one) => one.kind === kind);
    if (known && text && consent?.version === text.version)
      return [{ kind: known, version: text.version, textHash: text.sha256 }];
    issues.push({
      path: 'consents',
      code: consent ? 'consent_to_old_text' : `consent_missing_${kind.replaceAll('-', '_')}`,
    });
    return [];
  });
}

/** The consent to one text in force. @throws ApiError if it was given to another, or to another version */
export function readConsent(
  legalTexts: LegalTexts,
  given: { kind: ConsentKind; version: string },
  kind: ConsentKind,
): GivenConsent {
  const issues: Issue[] = [];
  const [consent] = readConsents(legalTexts, [given], [kind], issues);
  if (!consent || issues.length > 0) throw new ApiError('invalid', { issues });
  return consent;
}

const consentList = z.strictObject({
  consents: z.array(
    z.strictObject({
      kind: z.enum(consentKinds),
      version: z.string(),
      title: z.string(),
      onWithdrawal: z.string().describe('what taking it back stops, and what stays by law'),
      givenAt: z.iso.datetime(),
      withdrawnAt: z.iso.datetime().optional(),
    }),
  ),
  notices: z.array(noticeSchema),
});

// What is said before a consent is withdrawn, and afterwards.
const beforeWithdrawal = {
  'personal-information': 'consent_withdrawal_personal_information',
  'face-check': 'consent_withdrawal_face_check',
  'portrait-archiving': 'consent_withdrawal_portrait_archiving',
  'bank-card-check': 'consent_withdrawal_bank_card_check',
  'bank-card-notice': 'consent_withdrawal_bank_card_notice',
} as const satisfies Record<ConsentKind, UserMessageCode>;
const afterWithdrawal = {
  'personal-information': 'consent_withdrawn_personal_information',
  'face-check': 'consent_withdrawn_face_check',
  'portrait-archiving': 'consent_withdrawn_portrait_archiving',
  'bank-card-check': 'consent_withdrawn_bank_card_check',
  'bank-card-notice': 'consent_withdrawn_bank_card_notice',
} as const satisfies Record<ConsentKind, UserMessageCode>;

// Which of these ends the journey depends on the step; within a matter, it is left first.
const ENDINGS = ['close', 'decline', 're-enter'] as const;

/** What the person has agreed to in this journey, and how to take it back. */
export function consentRoutes(dependencies: ApiDependencies): Route[] {
  const { store, legalTexts, pseudonyms } = dependencies;
  const listed = async (journey: string, codes: UserMessageCode[] = []) => {
    const rows = await listConsents(store.knex, journey);
    const consents = rows.map(({ kind, version, given_at, withdrawn_at }) => ({
      kind,
      version,
      title: legalTexts.get(kind, version)?.title ?? kind,
      onWithdrawal: userMessageOf(beforeWithdrawal[kind]),
      givenAt: given_at.toISOString(),
      ...(withdrawn_at && { withdrawnAt: withdrawn_at.toISOString() }),
    }));
    return { consents, notices: userMessagesOf(codes) };
  };
  return [
    defineRoute({
      method: 'get',
      path: '/api/journeys/:id/consents',
      summary: 'What the person has agreed to in this journey',
      audience: 'journey-holder',
      params: journeyId,
      responses: { 200: { description: 'Newest first', schema: consentList } },
      handle: async ({ journey }) => ({ status: 200, body: await listed(journey.id) }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/journeys/:id/consents',
      summary: 'Agree to the new version of a text that changed while the journey was under way',
      audience: 'journey-holder',
      idempotent: true,
      params: journeyId,
      body: consentSchema.extend({ kind: z.literal('personal-information') }),
      responses: { 200: { description: 'Where the journey stands', schema: journeyView } },
      async handle({ body, session, journey, idempotencyKey, now }) {
        const consent = readConsent(legalTexts, body, body.kind);
        const { id, person_key: personKey } = journey;
        const what = canonicalize({ journey: id, ...body }) ?? '';
        const command = pseudonyms.updateId(session.account, idempotencyKey, 'consent', what);
        await renewConsent(store, { journey: id, personKey, command }, consent, now);
        return {
          status: 200,
          body: await presentJourney(dependencies, (await findOwnJourney(store, session, id)) ?? journey),
        };
      },
    }),
    commandRoute(dependencies, {
      path: '/api/journeys/:id/consents/personal-information/withdrawal',
      summary: 'Without personal information there is no check: ends the journey',
      notices: [afterWithdrawal['personal-information']],
      errors: ['leave_matter_first'],
      params: journeyId,
      body: commandBody,
      async command({ journey, now }) {
        const allowed = allowedOf(journey);
        // Within a matter these lead back to it; only closing ends the journey from there.
        const endings = journey.to_do_id === null ? ENDINGS : (['close'] as const);
        const ending = endings.find((one) => allowed.includes(one));
        if (!ending) throw new ApiError('leave_matter_first');
        await withdrawConsent(store, { journey: journey.id, kind: 'personal-information' }, now);
        return { command: ending };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/journeys/:id/consents/:kind/withdrawal',
      summary: 'Take back another consent: the next such check asks for it anew, kept pictures are deleted',
      audience: 'journey-holder',
      idempotent: true,
      params: journeyId.extend({ kind: z.enum(consentKinds).exclude(['personal-information']) }),
      body: commandBody,
      responses: { 200: { description: 'What holds now', schema: consentList } },
      async handle({ params: { kind }, journey, now }) {
        await withdrawConsent(store, { journey: journey.id, kind }, now);
        return { status: 200, body: await listed(journey.id, [afterWithdrawal[kind]]) };
      },
    }),
  ];
}
