import { beginAttempt, endAttempt } from '../db/attempts';
import { findJourney, personOf } from '../db/journeys';
import { dropInput, openInput } from '../db/sealed-values';
import type { AttemptRefusal } from '../domain/attempts';
import type { Dependencies } from './dependencies';
import { callVendor } from './failures';

/** What the api seals when a person submits a card. */
export interface BankCardInput {
  kind: 'bank-card';
  cardNumber: string;
  phone?: string;
}

export type BankCardResult =
  | { outcome: 'passed' }
  | { outcome: 'failed'; code: AttemptRefusal | 'bank_card_mismatch' | 'input_expired' };

export interface BankCardActivities {
  /** Whether the card is the person's own. The number is unreadable as soon as there is a result. */
  checkBankCard(p: { journey: string; input: string }): Promise<BankCardResult>;
}

export function createBankCardActivities({
  store,
  alipay,
  attemptLimits,
  now,
}: Pick<Dependencies, 'store' | 'alipay' | 'attemptLimits' | 'now'>): BankCardActivities {
  return {
    async checkBankCard({ journey, input }) {
      const row = await findJourney(store.knex, journey);
      const person = row && (await personOf(store, store.knex, row));
      if (!person) return { outcome: 'failed', code: 'input_expired' };
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
      if ('refused' in attempt) {
        await dropInput(store, store.knex, input);
        return { outcome: 'failed', code: attempt.refused };
      }
      if (attempt.state === 'passed') return { outcome: 'passed' };
      if (attempt.state === 'failed') return { outcome: 'failed', code: 'bank_card_mismatch' };
      const card = await openInput<BankCardInput>(store, store.knex, input, now());
      if (!card) {
        await endAttempt(store.knex, attempt.id, 'refunded', now());
        return { outcome: 'failed', code: 'input_expired' };
      }
      const { cardNumber, phone } = card;
      const { name, number } = person;
      // Alipay can't be asked afterwards; the same order number is the same check.
      const { matches } = await callVendor(() =>
        alipay.checkBankCard({ outerOrderNo: attempt.id, name, number, cardNumber, phone }),
      );
      await store.knex.transaction(async (on) => {
        await endAttempt(on, attempt.id, matches ? 'passed' : 'failed', now());
        await dropInput(store, on, input);
      });
      return matches ? { outcome: 'passed' } : { outcome: 'failed', code: 'bank_card_mismatch' };
    },
  };
}
