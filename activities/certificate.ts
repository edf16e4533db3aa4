import { beginAttempt, endAttempt } from '../db/attempts';
import { findJourney, personOf } from '../db/journeys';
import { grantsOf } from '../db/grants';
import type { AttemptRefusal } from '../domain/attempts';
import { documentTypes, faceCheckTypeOf, readDocumentNumber } from '../domain/documents';
import { shanghaiDay } from '../domain/shanghai-time';
import type { Dependencies } from './dependencies';
import { callVendor, codeOf } from './failures';

export type CertificateResult =
  | { outcome: 'passed'; bankCard: boolean }
  /** The journey is over; the code says what to do about it. */
  | { outcome: 'refused'; code: CertificateRefusal };

export type CertificateRefusal =
  | AttemptRefusal
  | 'document_number_invalid'
  | 'document_type_goes_to_window'
  | 'not_the_account_holder'
  | 'sign_in_again';

export interface CertificateActivities {
  /**
   * 证件核验: whether the number can exist (GB 11643), and, where Alipay can say so, whether name and number are those of the person
   * to whom the account on this phone belongs. A wrong answer says no more than that.
   */
  checkCertificate(p: { journey: string; input: string }): Promise<CertificateResult>;
}

export function createCertificateActivities({
  store,
  alipay,
  attemptLimits,
  faceDocuments,
  now,
}: Pick<
  Dependencies,
  'store' | 'alipay' | 'attemptLimits' | 'faceDocuments' | 'now'
>): CertificateActivities {
  return {
    async checkCertificate({ journey, input }) {
      const row = await findJourney(store.knex, journey);
      const person = row && (await personOf(store, store.knex, row));
      const grants = row && (await grantsOf(store, row.session_id));
      if (!person || !grants) return { outcome: 'refused', code: 'sign_in_again' };
      const { documentType } = person;
      const { holderCheck, bankCardRequired } = documentTypes[documentType];
      const number = readDocumentNumber(documentType, person.number, shanghaiDay(now()));
      if (!number.ok) return { outcome: 'refused', code: 'document_number_invalid' };
      if (faceCheckTypeOf(documentType, number.number, faceDocuments) === undefined)
        return { outcome: 'refused', code: 'document_type_goes_to_window' };
      // Nobody can be asked whose account it is; the face check is the first that proves anything.
      if (!holderCheck) return { outcome: 'passed', bankCard: bankCardRequired };

      const attempt = await beginAttempt(
        store,
        {
          purpose: 'certificate',
          journey,
          account: row.account,
          personKey: row.person_key,
          debits: 'account',
          command: input,
        },
        attemptLimits,
        now(),
      );
      if ('refused' in attempt) return { outcome: 'refused', code: attempt.refused };
      if (attempt.state === 'passed') return { outcome: 'passed', bankCard: bankCardRequired };
      if (attempt.state === 'failed') return { outcome: 'refused', code: 'not_the_account_holder' };
      try {
        const { matches } = await callVendor(() =>
          alipay.compareAccountHolder({ ...person, accessToken: grants.accessToken }),
        );
        await endAttempt(store.knex, attempt.id, matches ? 'passed' : 'failed', now());
        return matches
          ? { outcome: 'passed', bankCard: bankCardRequired }
          : { outcome: 'refused', code: 'not_the_account_holder' };
      } catch (error) {
        if (codeOf(error) !== 'access_token_invalid') throw error;
        await endAttempt(store.knex, attempt.id, 'refunded', now());
        return { outcome: 'refused', code: 'sign_in_again' };
      }
    },
  };
}
