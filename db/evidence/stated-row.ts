import { personNumberIn } from '../../domain/evidence';
import type { EvidenceStatement } from '../../domain/evidence';
import type { Pseudonyms } from '../../platform/pseudonyms';

/** The columns of evidence that its statement has too, in the open. */
export interface StatedColumns {
  number: string;
  matter_id: string;
  person_key: string;
  created_at: Date;
}

/** Whether a row of evidence says what its statement says: the statement's hash is in the log, the row's other columns are not. */
export function isAsStated(
  { number, matter, person, signedAt }: EvidenceStatement,
  row: StatedColumns,
  pseudonyms: Pseudonyms,
): boolean {
  return (
    row.number === number &&
    row.created_at.toISOString() === signedAt &&
    row.matter_id === pseudonyms.matterId(matter.registry, matter.externalId, matter.version) &&
    row.person_key === pseudonyms.person(person.documentType, personNumberIn(person))
  );
}
