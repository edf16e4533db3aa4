import {
  beginAttempt,
  codesOf,
  endAttempt,
  findAttempt,
  findUnfinished,
  recordCheckResult,
  rejectionOfNext,
  saveCertifyId,
} from '../db/attempts/attempts';
import type { Attempt } from '../db/attempts/attempts';
import { lockToDo } from '../db/confirmations/confirmations';
import { alipayTokensOf } from '../db/journeys/alipay-tokens';
import type { AlipayTokens } from '../db/journeys/alipay-tokens';
import { extendDeadlines } from '../db/matters/deadlines';
import { findJourney, personOf } from '../db/journeys/journeys';
import type { EnteredPerson } from '../domain/sealed-inputs';
import { keepPortrait } from '../db/attempts/portraits';
import { debitedBy } from '../domain/attempts';
import type { AttemptRejection } from '../domain/attempts';
import { faceCheckTypeOf } from '../domain/documents';
import { faceVerdict, isUnknown } from '../domain/vendor-results';
import type { CheckFailureCode, Verdict } from '../domain/vendor-results';
import type { Dependencies } from './dependencies';
import { callVendor, undecided } from './failures';

export type FaceCheckOutcome =
  | { outcome: 'passed'; attempt: string }
  /** `usedUp`: no attempt is left today. */
  | { outcome: 'failed'; codes: readonly CheckFailureCode[]; usedUp?: AttemptRejection }
  /** The person left the vendor's page. They can continue the same check. */
  | { outcome: 'unfinished'; attempt: string }
  /** The check was never finished, and cannot be finished any more. It costs no attempt. */
  | { outcome: 'void' };

export type FaceStartOutcome =
  | { outcome: 'started'; attempt: string }
  /** No attempt is left today. */
  | { outcome: 'used-up'; code: AttemptRejection }
  /** The tokens that the vendor granted at the sign-in are gone. */
  | { outcome: 'signed-out' }
  /** An earlier check turned out to have a result. */
  | Extract<FaceCheckOutcome, { outcome: 'passed' | 'failed' | 'void' }>;

export interface FaceActivities {
  /** Opens a face check at the vendor, or continues the one that is open. */
  startFace(p: {
    journey: string;
    command: string;
    about?: { toDo: string; textHash: string };
  }): Promise<FaceStartOutcome>;
  /** Asks the vendor for the result of a check. A report by the phone is no proof. */
  queryFace(p: { attempt: string }): Promise<FaceCheckOutcome>;
}

export function createFaceActivities({
  store,
  alipay,
  attemptLimits,
  faceDocuments,
  faceFailReasons,
  faceReturnUrl,
  logger,
  now,
}: Dependencies): FaceActivities {
  /** @param isReported whether the person has come back from the vendor's page */
  async function outcomeOf(attempt: Attempt, isReported: boolean): Promise<FaceCheckOutcome> {
    if (attempt.state === 'passed') return { outcome: 'passed', attempt: attempt.id };
    const codes = codesOf(attempt);
    if (attempt.state === 'failed' || codes.length > 0) return await failed(attempt, codes);
    if (attempt.state === 'refunded' || !attempt.certify_id) return { outcome: 'void' };
    const certifyId = attempt.certify_id;
    const result = await callVendor(() => alipay.queryFaceCheck(certifyId));
    switch (result.outcome) {
      case 'passed': {
        const { portrait, score } = result;
        // The camera saw a picture or a mask. The person is not told that this was noticed.
        if (result.attackFlag) {
          await recordCheckResult(store.knex, attempt.id, { attack: true });
          return await end(attempt, faceVerdict(undefined, faceFailReasons));
        }
        const isFirst = await store.knex.transaction(async (db) => {
          if (!(await endAttempt(db, attempt.id, 'passed', now()))) return false;
          if (portrait) await keepPortrait(store, db, attempt.id, portrait, now());
          if (score !== undefined) await recordCheckResult(db, attempt.id, { score });
          return true;
        });
        // Only now it is known that the time this visit lost before was this person's.
        if (isFirst && attempt.purpose === 'identity-face')
          await extendDeadlines(store, attempt.journey_id, now());
        if (isFirst) return { outcome: 'passed', attempt: attempt.id };
        // The attempt has ended meanwhile: there were two queries at once, or the person took back the consent.
        const ended = await findAttempt(store.knex, attempt.id);
        return ended && ended.state !== 'started' ? await outcomeOf(ended, isReported) : { outcome: 'void' };
      }
      case 'failed':
        // Alipay gives this answer also for a check that nobody has begun. It stays open until the person comes back.
        if (!isReported && result.reason === undefined) return { outcome: 'unfinished', attempt: attempt.id };
        if (isUnknown(result.reason, faceFailReasons))
          logger.warn('face_reason_unknown', { code: result.reason });
        return await end(attempt, faceVerdict(result.reason, faceFailReasons));
      case 'unfinished':
        return { outcome: 'unfinished', attempt: attempt.id };
      case 'expired':
      case 'unknown-bill':
        await endAttempt(store.knex, attempt.id, 'refunded', now());
        return { outcome: 'void' };
    }
  }

  async function end(attempt: Attempt, verdict: Verdict): Promise<FaceCheckOutcome> {
    const codes = 'codes' in verdict ? verdict.codes : [];
    await endAttempt(store.knex, attempt.id, verdict.attempt, now(), codes);
    if ('codes' in verdict) return await failed(attempt, codes);
    throw undecided(verdict.undecided);
  }

  async function failed(attempt: Attempt, codes: readonly CheckFailureCode[]): Promise<FaceCheckOutcome> {
    const usedUp = await rejectionOfNext(store.knex, attempt, attemptLimits, now());
    return { outcome: 'failed', codes, ...(usedUp && { usedUp }) };
  }

  async function open(
    attempt: Attempt,
    person: EnteredPerson,
    tokens: AlipayTokens,
  ): Promise<FaceStartOutcome> {
    if (!attempt.certify_id) {
      const { certifyId } = await callVendor(() =>
        alipay.initializeFaceCheck({
          outerOrderNo: attempt.id,
          certType: faceCheckTypeOf(person.documentType, person.number, faceDocuments) ?? '',
          name: person.name,
          number: person.number,
          account: { openId: tokens.openId, userId: tokens.userId },
          returnUrl: faceReturnUrl,
        }),
      );
      await saveCertifyId(store.knex, attempt.id, certifyId);
    }
    return { outcome: 'started', attempt: attempt.id };
  }

  return {
    async startFace({ journey, command, about }) {
      const row = await findJourney(store.knex, journey);
      const person = row && (await personOf(store, store.knex, row));
      const tokens = row && (await alipayTokensOf(store, row.session_id));
      if (!person || !tokens) return { outcome: 'signed-out' };
      const purpose = about ? ('matter-face' as const) : ('identity-face' as const);
      const earlier = await findUnfinished(store.knex, { journey, purpose, textHash: about?.textHash });
      if (earlier) {
        const result = await outcomeOf(earlier, false);
        if (result.outcome === 'passed' || result.outcome === 'failed') return result;
        // The check was begun, but the vendor's answer was lost. The same order number opens the same check.
        if (result.outcome === 'unfinished' || !earlier.certify_id)
          return await open(earlier, person, tokens);
      }
      const toDo = about && (await store.knex.transaction((db) => lockToDo(db, about.toDo, row.person_key)));
      const begun = await beginAttempt(
        store,
        {
          purpose,
          journey,
          account: row.account,
          personKey: row.person_key,
          debits: debitedBy(purpose, person.documentType),
          command,
          about: about && toDo && { ...about, matter: toDo.matter.id },
        },
        attemptLimits,
        now(),
      );
      if ('rejected' in begun) return { outcome: 'used-up', code: begun.rejected };
      // The attempt was refunded before the vendor was called, for example because the person took back the consent.
      if (begun.state === 'refunded') return { outcome: 'void' };
      return await open(begun, person, tokens);
    },

    async queryFace({ attempt }) {
      const found = await findAttempt(store.knex, attempt);
      return found ? await outcomeOf(found, true) : { outcome: 'void' };
    },
  };
}
