import { documentTypeNames, documentTypes } from '../../domain/documents';
import type { Db } from '../store/store';

const withBankCard = documentTypeNames.filter((name) => documentTypes[name].bankCardRequired);

const CHECK_PASSED = `EXISTS (SELECT 1 FROM attempts AS a WHERE a.journey_id = journeys.id AND a.purpose = ?
  AND a.state = 'passed' AND a.started_at >= journeys.started_at)`;

/**
 * Whether the person of a journey is verified in this visit, as a condition on `journeys`: by a face check of their own, with a bank card
 * where the document asks for one, or by two clerks who saw the person with this phone at the window. Papers that came by post prove the
 * person and not the phone. Nothing that a workflow says counts.
 * @returns SQL and its bindings
 */
export function verifiedCondition(): [string, string[]] {
  const marks = withBankCard.map(() => '?').join(', ');
  return [
    `((${CHECK_PASSED} AND (journeys.document_type NOT IN (${marks}) OR ${CHECK_PASSED}))
      OR EXISTS (SELECT 1 FROM decisions AS d WHERE d.journey_id = journeys.id AND d.decision = 'accept'
        AND d.acceptance = 'on-site' AND d.state = 'approved' AND d.to_do_id IS NULL AND d.decided_at >= journeys.started_at))`,
    ['identity-face', ...withBankCard, 'bank-card'],
  ];
}

/** The same of one journey. */
export async function isVerified(db: Db, journey: string): Promise<boolean> {
  const row = await db('journeys')
    .where({ id: journey })
    .whereRaw(...verifiedCondition())
    .first('id');
  return row !== undefined;
}
