import type { EvidenceStatement } from '../../domain/evidence';
import type { DataKey } from '../../platform/encryption';
import { EncryptionError } from '../../platform/encryption';
import { sha256Of } from '../evidence/evidence';
import { isAsStated } from '../evidence/stated-row';
import { openFrom } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import type { EvidenceRow } from '../tables';

/**
 * Compares rows of evidence with the statements in them.
 * @param keptSince what was made after it can still be opened
 * @returns by its id, what is wrong with each that is not what was added, in plain words
 */
export async function evidenceDefects(
  store: Store,
  db: Db,
  rows: readonly EvidenceRow[],
  keptSince: Date,
): Promise<Map<string, string>> {
  const keys = await keysOf(store, db, rows);
  const references = await referencesOf(db, rows);
  return new Map(
    rows.flatMap((row) => {
      const key = keys.get(ownerOf(row.id));
      const defect =
        key === undefined
          ? defectWithoutKey(row, keptSince)
          : defectOf(store, row, key, references.get(toDoOf(row)));
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

/** By owner. Null is a key that the key ring cannot unwrap. */
async function keysOf(
  store: Store,
  db: Db,
  evidence: readonly EvidenceRow[],
): Promise<Map<string, DataKey | null>> {
  const owners = evidence.map(({ id }) => ownerOf(id));
  const rows = await db('data_keys').withSchema(store.keysDatabaseName).whereIn('owner', owners);
  return new Map(
    rows.map((row) => [row.owner, unlessSealedOtherwise(() => store.dataKeys.open(row)) ?? null]),
  );
}

function defectWithoutKey({ created_at }: EvidenceRow, keptSince: Date): string | undefined {
  return created_at > keptSince
    ? 'has no key, although it must be kept for longer: nobody can compare it with its hash.'
    : undefined;
}

/** @param key null if it cannot be unwrapped @param reference of its to-do, if that is there */
function defectOf(
  store: Store,
  row: EvidenceRow,
  key: DataKey | null,
  reference: string | undefined,
): string | undefined {
  if (key === null) return 'has a key that was changed, or that is of another key ring (KEYS_FILE).';
  const { id, content } = row;
  const text = unlessSealedOtherwise(() => openFrom<string>(store, key, ownerOf(id), 'content', content));
  if (text === undefined || sha256Of(text) !== row.sha256)
    return 'is not what its hash was made of: its content was changed.';
  return isStatedBy(text, row, reference, store)
    ? undefined
    : 'has another number, matter, to-do, person or time than it was made with: its row was changed.';
}

/** Undefined where something was sealed by another key, or under another name. */
function unlessSealedOtherwise<T>(open: () => T): T | undefined {
  try {
    return open();
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
    // An attacker with the key ring can seal any text, which then is no statement.
    return false;
  }
}
