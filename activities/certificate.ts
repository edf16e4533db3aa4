import { beginAttempt, endAttempt } from '../db/attempts/attempts';
import { findJourney, personOf } from '../db/journeys/journeys';
import { alipayTokensOf } from '../db/journeys/alipay-tokens';
import type { AttemptRejection } from '../domain/attempts';
import { documentTypes, readDocumentNumber, windowReasonOf } from '../domain/documents';
import { isWrittenInSeveralWays } from '../domain/names';
import { shanghaiDay } from '../domain/shanghai-time';
import type { Dependencies } from './dependencies';
import { callVendor, codeOf, undecided } from './failures';

type CertificateResult =
  | { outcome: 'passed'; bankCard: boolean }
  /** There is no online check for this document, or for a person of this age. */
  | { outcome: 'to-window'; code: 'document_type_goes_to_window' | 'minor_goes_to_window' }
  /** The journey ends; the code says what the person can do. */
  | { outcome: 'refused'; code: CertificateRejection };

type CertificateRejection =
  AttemptRejection | 'document_number_invalid' | 'not_the_account_holder' | 'sign_in_again';

export interface CertificateActivities {
  /**
   * 证件核验: checks whether the number can exist (GB 11643) and, where Alipay can tell, whether name and number belong to the holder
   * of the account on this phone. A failed check reveals nothing else.
   * @param p `command` is the entry; `decision` is the clerks' decision to check again, which begins another attempt if the one
   *   before was decided
   */
  checkCertificate(p: { journey: string; command: string; decision?: string }): Promise<CertificateResult>;
}

export function createCertificateActivities({
  store,
  alipay,
  attemptLimits,
  faceDocuments,
  logger,
  now,
}: Dependencies): CertificateActivities {
  return {
    async checkCertificate({ journey, command, decision }) {
      const row = await findJourney(store.knex, journey);
      const person = row && (await personOf(store, store.knex, row));
      const tokens = row && (await alipayTokensOf(store, row.session_id));
      if (!person || !tokens) return { outcome: 'refused', code: 'sign_in_again' };
      const { documentType } = person;
      const { holderCheck, bankCardRequired } = documentTypes[documentType];
      const today = shanghaiDay(now());
      const number = readDocumentNumber(documentType, person.number, today);
      if (!number.ok) return { outcome: 'refused', code: 'document_number_invalid' };
      if (number.warnings.length > 0) logger.warn('document_number_suspicious', { code: number.warnings[0] });
      const reason = windowReasonOf(person, faceDocuments, today);
      if (reason) return { outcome: 'to-window', code: reason };
      // Alipay cannot tell whose account it is; the face check is the first proof.
      if (!holderCheck) return { outcome: 'passed', bankCard: bankCardRequired };

      const { account, person_key: personKey } = row;
      const begin = (by: string) =>
        beginAttempt(
          store,
          { purpose: 'certificate', journey, account, personKey, debits: 'account', command: by },
          attemptLimits,
          now(),
        );
      let attempt = await begin(command);
      if ('state' in attempt && attempt.state === 'failed' && decision) attempt = await begin(decision);
      if ('rejected' in attempt) return { outcome: 'refused', code: attempt.rejected };
      if (attempt.state === 'passed') return { outcome: 'passed', bankCard: bankCardRequired };
      if (attempt.state === 'failed') return notTheHolder(person);
      try {
        const { matches } = await callVendor(() =>
          alipay.compareAccountHolder({ ...person, accessToken: tokens.accessToken }),
        );
        await endAttempt(store.knex, attempt.id, matches ? 'passed' : 'failed', now());
        return matches ? { outcome: 'passed', bankCard: bankCardRequired } : notTheHolder(person);
      } catch (error) {
        if (codeOf(error) !== 'access_token_invalid') throw error;
        await endAttempt(store.knex, attempt.id, 'refunded', now());
        return { outcome: 'refused', code: 'sign_in_again' };
      }
    },
  };
}

/** Systems write some names in several ways. Only a human can tell another spelling from another name. */
function notTheHolder({ name }: { name: string }): CertificateResult {
  if (isWrittenInSeveralWays(name)) throw undecided('name_mismatch_suspected');
  return { outcome: 'refused', code: 'not_the_account_holder' };
}
