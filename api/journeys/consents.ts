import { z } from 'zod';
import { listConsents, withdrawConsent } from '../../db/consents';
import type { GivenConsent } from '../../db/consents';
import { sentencesOf } from '../../texts/messages';
import type { LegalTexts } from '../../texts/legal-texts';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import type { Issue } from '../errors';
import { journeyId, tapped, tapRoute } from './tap-route';

/** Who ticks a box says which text, at which version, stood beside it. */
export const consentSchema = z.strictObject({ kind: z.string().max(40), version: z.string().max(32) });

/** The consents that are needed here and were given to the text in force; what is missing is added to `issues`. */
export function readConsents(
  legalTexts: LegalTexts,
  given: readonly { kind: string; version: string }[],
  needed: readonly string[],
  issues: Issue[],
): GivenConsent[] {
  return needed.flatMap((kind) => {
    const text = legalTexts.get(kind);
    const consent = given.find((one) => one.kind === kind);
    if (text && consent?.version === text.version)
      return [{ kind, version: text.version, textHash: text.sha256 }];
    issues.push({
      path: 'consents',
      code: consent ? 'consent_to_old_text' : `consent_missing_${kind.replaceAll('-', '_')}`,
    });
    return [];
  });
}

const consentList = z.strictObject({
  consents: z.array(
    z.strictObject({
      kind: z.string(),
      version: z.string(),
      title: z.string(),
      givenAt: z.iso.datetime(),
      withdrawnAt: z.iso.datetime().optional(),
    }),
  ),
  notices: z.array(z.strictObject({ code: z.string(), message: z.string() })),
});

// Which of these ends the journey depends on the step; within a matter, it is left first.
const ENDINGS = ['close', 'decline', 're-enter'] as const;

/** What the person has agreed to in this journey, and how to take it back. */
export function consentRoutes(dependencies: ApiDependencies): Route[] {
  const { store, legalTexts } = dependencies;
  const answer = async (journey: string, codes: string[] = []) => {
    const rows = await listConsents(store.knex, journey);
    const consents = rows.map(({ kind, version, given_at, withdrawn_at }) => ({
      kind,
      version,
      title: legalTexts.get(kind)?.title ?? kind,
      givenAt: given_at.toISOString(),
      ...(withdrawn_at && { withdrawnAt: withdrawn_at.toISOString() }),
    }));
    return { body: { consents, notices: sentencesOf(codes) } };
  };
  return [
    defineRoute({
      method: 'get',
      path: '/api/journeys/:id/consents',
      summary: 'What the person has agreed to in this journey',
      audience: 'journey-holder',
      params: journeyId,
      answers: { 200: { description: 'Newest first', schema: consentList } },
      handle: ({ journey }) => answer(journey.id),
    }),
    tapRoute(dependencies, {
      path: '/api/journeys/:id/consents/personal-information/withdrawal',
      summary: 'Without personal information there is no check: ends the journey',
      params: journeyId,
      body: tapped,
      async says({ journey, now }) {
        const allowed = JSON.parse(journey.allowed) as string[];
        const command = journey.to_do_id === null ? ENDINGS.find((one) => allowed.includes(one)) : undefined;
        const ending = journey.step === 'completed' ? 'close' : command;
        if (!ending) throw new ApiError('not_allowed_now');
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
      params: journeyId.extend({ kind: z.enum(['face-check', 'bank-card-check', 'bank-card-notice']) }),
      body: tapped,
      answers: { 200: { description: 'What holds now', schema: consentList } },
      async handle({ params: { kind }, journey, now }) {
        await withdrawConsent(store, { journey: journey.id, kind }, now);
        return await answer(journey.id, ['consent_withdrawn']);
      },
    }),
  ];
}
