import { beginAttempt, codesOf, endAttempt, rejectionOfNext } from '../db/attempts/attempts';
import type { Attempt } from '../db/attempts/attempts';
import { findJourney, personOf } from '../db/journeys/journeys';
import { dropInput, openInput } from '../db/store/sealed-inputs';
import type { AttemptRejection } from '../domain/attempts';
import { bankCardVerdict, isUnknown } from '../domain/vendor-results';
import type { CheckFailureCode } from '../domain/vendor-results';
import type { Dependencies } from './dependencies';
import { callVendor, undecided } from './failures';

type BankCardResult =
  | { outcome: 'passed' }
  /** `usedUp`: no attempt is left today. */
  | {
      outcome: 'failed';
      codes: readonly (CheckFailureCode | 'input_expired')[];
      usedUp?: AttemptRejection;
    }
  /** No attempt is left today. */
  | { outcome: 'used-up'; code: AttemptRejection };

export interface BankCardActivities {
  /** Checks whether the card is the person's own. Nobody can read the number any more once there is a result. */
  checkBankCard(p: { journey: string; input: string }): Promise<BankCardResult>;
}

export function createBankCardActivities({
  store,
  alipay,
  attemptLimits,
  bankCardReasons,
  logger,
  now,
}: Dependencies): BankCardActivities {
  async function failed(
    attempt: Attempt,
    codes: readonly (CheckFailureCode | 'input_expired')[],
  ): Promise<BankCardResult> {
    const usedUp = await rejectionOfNext(store.knex, attempt, attemptLimits, now());
    return { outcome: 'failed', codes, ...(usedUp && { usedUp }) };
  }

  return {
    async checkBankCard({ journey, input }) {
      const row = await findJourney(store.knex, journey);
      const person = row && (await personOf(store, store.knex, row));
      if (!person) return { outcome: 'failed', codes: ['input_expired'] };
      const attempt = await beginAttempt(
        store,
        {
          purpose: 'bank-card',
          journey,
          account: row.account,
          personKey: row.person_key,
          debits: 'person',
          command: input,
        },
        attemptLimits,
        now(),
      );
      if ('rejected' in attempt) {
        await dropInput(store, store.knex, input);
        return { outcome: 'used-up', code: attempt.rejected };
      }
      if (attempt.state === 'passed') return { outcome: 'passed' };
      // The check was decided before, and the answer was lost.
      if (attempt.state !== 'started') {
        const codes = codesOf(attempt);
        return await failed(attempt, codes.length > 0 ? codes : ['input_expired']);
      }
      const card = await openInput(store, store.knex, { id: input, kind: 'bank-card' }, now());
      if (!card) {
        await endAttempt(store.knex, attempt.id, 'refunded', now());
        return { outcome: 'failed', codes: ['input_expired'] };
      }
      const { cardNumber, phone } = card;
      const { name, number } = person;
      // Alipay has no query for this check; the same order number repeats the same check.
      const result = await callVendor(() =>
        alipay.checkBankCard({ outerOrderNo: attempt.id, name, number, cardNumber, phone }),
      );
      const verdict = result.matches ? undefined : bankCardVerdict(result.detail, bankCardReasons);
      if (!result.matches && isUnknown(result.detail, bankCardReasons))
        logger.warn('bank_card_reason_unknown', { code: result.detail });
      const codes = verdict && 'codes' in verdict ? verdict.codes : [];
      const hasEnded = await store.knex.transaction(async (db) => {
        await dropInput(store, db, input);
        return await endAttempt(db, attempt.id, verdict?.attempt ?? 'passed', now(), codes);
      });
      // The person took back the consent meanwhile, which refunded the attempt: the check proves nothing.
      if (!hasEnded) return { outcome: 'failed', codes: ['input_expired'] };
      if (!verdict) return { outcome: 'passed' };
      if ('undecided' in verdict) throw undecided(verdict.undecided);
      return await failed(attempt, codes);
    },
  };
}
