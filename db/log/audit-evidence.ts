import type { EvidenceStatement } from '../../domain/evidence';
import type { DataKey } from '../../platform/encryption';
import { EncryptionError } from '../../platform/encryption';
import { sha256Of } from '../evidence/evidence';
import { isAsStated } from '../evidence/stated-row';
import { openFrom } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import type { EvidenceRow } from '../tables';

/**
 * Compares rows of evidence with the statements in them, as far as these can be opened.
 * @returns by its id, what is wrong with each that is not what was added, in plain words
 */
export async function evidenceDefects(
  store: Store,
  db: Db,
  rows: readonly EvidenceRow[],
): Promise<Map<string, string>> {
  const keys = await store.dataKeys.findAll(
    db,
    rows.map(({ id }) => ownerOf(id)),
  );
  const references = await referencesOf(db, rows);
  return new Map(
    rows.flatMap((row) => {
      const key = keys.get(ownerOf(row.id));
      const defect = key && defectOf(store, row, key, references.get(toDoOf(row)));
      return defect === undefined ? [] : [[row.id, defect] as const];
    }),
  );
}

const ownerOf = (evidence: string) => `evidence:${evidence}`;

/** A to-do, and whose it is. */
const toDoOf = (row: Pick<EvidenceRow, 'to_do_id' | 'matter_id' | 'person_key'>) =>
  `${row.to_do_id} ${row.matter_id} ${row.person_key}`;

/** The registration system's id of the person of each to-do. */
async function referencesOf(db: Db, evidence: readonly EvidenceRow[]): Promise<Map<string, string>> {
  const ids = evidence.map(({ to_do_id }) => to_do_id);
  const rows = await db('confirmations')
    .whereIn('to_do_id', ids)
    .select('to_do_id', 'matter_id', 'person_key', 'reference');
  return new Map(rows.map((row) => [toDoOf(row), row.reference]));
}

/** @param reference of its to-do, if that is there */
function defectOf(
  store: Store,
  row: EvidenceRow,
  key: DataKey,
  reference: string | undefined,
): string | undefined {
  const text = opened(store, row, key);
  if (text === undefined || sha256Of(text) !== row.sha256)
    return 'is not what its hash was made of: its content was changed.';
  return isStatedBy(text, row, reference, store)
    ? undefined
    : 'has another number, matter, to-do, person or time than it was made with: its row was changed.';
}

/** Undefined where it was sealed by another key, or under another name. */
function opened(store: Store, { id, content }: EvidenceRow, key: DataKey): string | undefined {
  try {
    return openFrom<string>(store, key, ownerOf(id), 'content', content);
  } catch (error) {
    if (error instanceof EncryptionError) return undefined;
    throw error;
  }
}

function isStatedBy(
  text: string,
  row: EvidenceRow,
  reference: string | undefined,
  { pseudonyms }: Store,
): boolean {
  try {
    const statement = JSON.parse(text) as EvidenceStatement;
    return statement.reference === reference && isAsStated(statement, row, pseudonyms);
  } catch {
    // Whoever has the key ring can seal any text, which then is no statement.
    return false;
  }
}
