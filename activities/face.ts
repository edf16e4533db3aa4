import {
  beginAttempt,
  endAttempt,
  findAttempt,
  findUnfinished,
  noteFinding,
  rememberCertifyId,
} from '../db/attempts';
import type { Attempt } from '../db/attempts';
import { lockToDo } from '../db/confirmations';
import { grantsOf } from '../db/grants';
import type { Grants } from '../db/grants';
import { findJourney, personOf } from '../db/journeys';
import type { EnteredPerson } from '../db/journeys';
import { keepPortrait } from '../db/portraits';
import type { AttemptRefusal } from '../domain/attempts';
import { documentTypes, faceCheckTypeOf } from '../domain/documents';
import { faceFailureCodesOf } from '../domain/face-failures';
import type { FaceFailureCode } from '../domain/face-failures';
import type { Dependencies } from './dependencies';
import { callVendor } from './failures';

export type FaceResult =
  | { outcome: 'passed'; attempt: string }
  | { outcome: 'failed'; codes: FaceFailureCode[] }
  /** The person left the vendor's page; the same check can be gone on with. */
  | { outcome: 'unfinished'; attempt: string }
  /** It was never finished and can't be any more; it costs nothing. */
  | { outcome: 'void' };

export type FaceStart =
  | { outcome: 'started'; attempt: string }
  | { outcome: 'refused'; code: AttemptRefusal | 'sign_in_again' }
  /** An earlier check turned out to have a result. */
  | Extract<FaceResult, { outcome: 'passed' | 'failed' | 'void' }>;

export interface FaceActivities {
  /** Opens a face check at the vendor, or goes on with the one that is open. */
  startFace(p: {
    journey: string;
    command: string;
    about?: { toDo: string; textHash: string };
  }): Promise<FaceStart>;
  /** Asks the vendor how a check came out. What the phone says is never believed. */
  queryFace(p: { attempt: string }): Promise<FaceResult>;
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
}: Pick<
  Dependencies,
  | 'store'
  | 'alipay'
  | 'attemptLimits'
  | 'faceDocuments'
  | 'faceFailReasons'
  | 'faceReturnUrl'
  | 'logger'
  | 'now'
>): FaceActivities {
  async function outcomeOf(attempt: Attempt): Promise<FaceResult> {
    if (attempt.state === 'passed') return { outcome: 'passed', attempt: attempt.id };
    if (attempt.state === 'failed') return { outcome: 'failed', codes: failureCodesOf(attempt) };
    if (attempt.state === 'refunded' || !attempt.certify_id) return { outcome: 'void' };
    const certifyId = attempt.certify_id;
    const result = await callVendor(() => alipay.queryFaceCheck(certifyId));
    switch (result.outcome) {
      case 'passed': {
        const { portrait, score } = result;
        // Somebody held a picture or a mask before the camera.
        if (result.attackFlag) {
          await noteFinding(store.knex, attempt.id, { attack: true });
          return await fail(attempt, faceFailureCodesOf(undefined, faceFailReasons));
        }
        const isFirst = await store.knex.transaction(async (on) => {
          if (!(await endAttempt(on, attempt.id, 'passed', now()))) return false;
          if (portrait) await keepPortrait(store, on, attempt.id, portrait, now());
          if (score !== undefined) await noteFinding(on, attempt.id, { score });
          return true;
        });
        if (isFirst) return { outcome: 'passed', attempt: attempt.id };
        // It had ended meanwhile: the same was asked twice, or the person took back the consent to it.
        const ended = await findAttempt(store.knex, attempt.id);
        return ended && ended.state !== 'started' ? await outcomeOf(ended) : { outcome: 'void' };
      }
      case 'failed':
        if (result.reason !== undefined && !Object.hasOwn(faceFailReasons, result.reason)) {
          // It failed, that much is decided; for which of the manual's reasons, the configuration has yet to learn.
          logger.warn('face_reason_unknown', { code: result.reason });
        }
        return await fail(attempt, faceFailureCodesOf(result.reason, faceFailReasons));
      case 'unfinished':
        return { outcome: 'unfinished', attempt: attempt.id };
      case 'expired':
      case 'unknown-bill':
        await endAttempt(store.knex, attempt.id, 'refunded', now());
        return { outcome: 'void' };
    }
  }

  async function fail(attempt: Attempt, codes: FaceFailureCode[]): Promise<FaceResult> {
    await endAttempt(store.knex, attempt.id, 'failed', now(), codes);
    return { outcome: 'failed', codes };
  }

  async function open(attempt: Attempt, person: EnteredPerson, grants: Grants): Promise<FaceStart> {
    if (!attempt.certify_id) {
      const { certifyId } = await callVendor(() =>
        alipay.initializeFaceCheck({
          outerOrderNo: attempt.id,
          certType: faceCheckTypeOf(person.documentType, person.number, faceDocuments) ?? '',
          name: person.name,
          number: person.number,
          account: { openId: grants.openId, userId: grants.userId },
          returnUrl: faceReturnUrl,
        }),
      );
      await rememberCertifyId(store.knex, attempt.id, certifyId);
    }
    return { outcome: 'started', attempt: attempt.id };
  }

  return {
    async startFace({ journey, command, about }) {
      const row = await findJourney(store.knex, journey);
      const person = row && (await personOf(store, store.knex, row));
      const grants = row && (await grantsOf(store, row.session_id));
      if (!person || !grants) return { outcome: 'refused', code: 'sign_in_again' };
      const purpose = about ? ('matter-face' as const) : ('identity-face' as const);
      const earlier = await findUnfinished(store.knex, { journey, purpose, textHash: about?.textHash });
      if (earlier) {
        const result = await outcomeOf(earlier);
        if (result.outcome === 'passed' || result.outcome === 'failed') return result;
        // Begun, but the vendor's answer was lost: the same order number opens the same check.
        if (result.outcome === 'unfinished' || !earlier.certify_id)
          return await open(earlier, person, grants);
      }
      const toDo = about && (await store.knex.transaction((on) => lockToDo(on, about.toDo, row.person_key)));
      const begun = await beginAttempt(
        store,
        {
          purpose,
          journey,
          account: row.account,
          personKey: row.person_key,
          // The person's attempts are used up only by an account that is shown to be theirs: by the certificate check, or by the
          // first face check that was passed.
          debits: about || documentTypes[person.documentType].holderCheck ? 'person' : 'account',
          command,
          about: about && toDo && { ...about, matter: toDo.matter.id },
        },
        attemptLimits,
        now(),
      );
      if ('refused' in begun) return { outcome: 'refused', code: begun.refused };
      // Given back before the vendor was reached, such as by taking back the consent.
      if (begun.state === 'refunded') return { outcome: 'void' };
      return await open(begun, person, grants);
    },

    async queryFace({ attempt }) {
      const found = await findAttempt(store.knex, attempt);
      return found ? await outcomeOf(found) : { outcome: 'void' };
    },
  };
}

function failureCodesOf({ codes }: Attempt): FaceFailureCode[] {
  return codes === null ? [] : (JSON.parse(codes) as FaceFailureCode[]);
}
