import { kindOfEntry, logEntryKinds, logEntryOf } from '../../domain/log-entries';
import type { LogEntryKind } from '../../domain/log-entries';
import { commitmentOf } from '../clerks/actions';
import { commitmentOfView } from '../evidence/views';
import type { Db, Store } from '../store/store';
import { evidenceDefects } from './audit-evidence';
import type { Finding } from './audit-tree';

/** A record that the log commits to. */
interface Recorded {
  entry: string;
  /** As people and auditors know it. */
  name: string;
  /** Records of one kind have it in the order in which they were added. */
  order: number;
  /** What is wrong with it by itself, in plain words. */
  defect?: string;
}

const AT_ONCE = 200;

const names: Record<LogEntryKind, string> = {
  evidence: 'evidence',
  'clerk-action': 'a clerk action',
  'evidence-view': 'a view of evidence',
};

/**
 * Compares every record with its leaf, and every leaf with its record.
 * @param keptSince evidence that was made after it can still be opened
 */
export async function auditRecords(
  store: Store,
  db: Db,
  leaves: number,
  keptSince: Date,
): Promise<{ records: number; waiting: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  const isMatched = new Uint8Array(leaves);
  let records = 0;
  let waiting = 0;
  const unmatched = new Map<LogEntryKind, Recorded[]>();
  for (const kind of logEntryKinds) {
    const unmatchedOfKind: Recorded[] = [];
    unmatched.set(kind, unmatchedOfKind);
    for await (const page of pagesOf[kind](store, db, keptSince)) {
      records += page.length;
      const entries = page.map(({ entry }) => entry);
      const leafOf = new Map(
        (await db('log_hashes').whereIn('entry', entries).select('entry', 'position')).map(
          ({ entry, position }) => [entry, position],
        ),
      );
      const rows = await db('log_waiting').whereIn('entry', entries).select('entry');
      const isWaiting = new Set(rows.map(({ entry }) => entry));
      for (const record of page) {
        const { entry, name, defect } = record;
        const leaf = leafOf.get(entry);
        if (leaf !== undefined) {
          if (isMatched[leaf] === 1)
            findings.push({ leaf, text: `${name} is the second record of this leaf: a row was inserted.` });
          isMatched[leaf] = 1;
        } else if (isWaiting.has(entry)) waiting += 1;
        else unmatchedOfKind.push(record);
        if (defect !== undefined) findings.push({ leaf, text: `${name} ${defect}` });
      }
    }
  }
  const orphans = await orphansOf(db, isMatched);
  for (const [kind, lost] of unmatched) {
    const inOrder = lost.sort((one, other) => one.order - other.order).map(({ name }) => name);
    findings.push(...mismatches(kind, inOrder, orphans.get(kind) ?? []));
  }
  for (const leaf of orphans.get(undefined) ?? [])
    findings.push({ leaf, text: 'it commits to nothing that this system keeps.' });
  return { records, waiting, findings };
}

/** Leaves without a record, in their order, by the kind that they name. */
async function orphansOf(db: Db, isMatched: Uint8Array): Promise<Map<LogEntryKind | undefined, number[]>> {
  const orphans = new Map<LogEntryKind | undefined, number[]>();
  let page: number[] = [];
  const read = async () => {
    const rows = await db('log_hashes')
      .where({ level: 0 })
      .whereIn('position', page)
      .orderBy('position')
      .select('position', 'entry');
    for (const { position, entry } of rows) {
      const kind = kindOfEntry(entry ?? '');
      const ofKind = orphans.get(kind);
      if (ofKind) ofKind.push(position);
      else orphans.set(kind, [position]);
    }
    page = [];
  };
  for (let leaf = isMatched.indexOf(0); leaf >= 0; leaf = isMatched.indexOf(0, leaf + 1)) {
    page.push(leaf);
    if (page.length === AT_ONCE) await read();
  }
  if (page.length > 0) await read();
  return orphans;
}

/** Where as many leaves as records have lost each other, the records were changed: both lists are in the order of insertion. */
function mismatches(kind: LogEntryKind, records: readonly string[], leaves: readonly number[]): Finding[] {
  if (records.length === leaves.length) {
    return leaves.map((leaf, at) => ({
      leaf,
      text: `${records[at] ?? ''} was changed: it is not what the log commits to.`,
    }));
  }
  return [
    ...leaves.map((leaf) => ({
      leaf,
      text: `it commits to ${names[kind]} that is not there: the row was removed or changed.`,
    })),
    ...records.map((name) => ({ text: `No leaf commits to ${name}: the row was inserted or changed.` })),
  ];
}

/** The records of a kind, page by page. */
const pagesOf: Record<LogEntryKind, (store: Store, db: Db, keptSince: Date) => AsyncGenerator<Recorded[]>> = {
  async *evidence(store, db, keptSince) {
    for (let last = ''; ;) {
      const rows = await db('evidence').where('id', '>', last).orderBy('id').limit(AT_ONCE).select('*');
      const defects = await evidenceDefects(store, db, rows, keptSince);
      yield rows.map((row) => ({
        entry: logEntryOf('evidence', row.sha256),
        name: `evidence ${row.number}`,
        order: row.created_at.getTime(),
        defect: defects.get(row.id),
      }));
      const newest = rows.at(-1);
      if (!newest || rows.length < AT_ONCE) return;
      last = newest.id;
    }
  },
  async *'clerk-action'(_, db) {
    for (let last = 0; ;) {
      const rows = await db('clerk_actions').where('id', '>', last).orderBy('id').limit(AT_ONCE).select('*');
      yield rows.map((row) => ({
        entry: logEntryOf('clerk-action', commitmentOf(row)),
        name: `clerk action ${row.id}`,
        order: row.id,
      }));
      const newest = rows.at(-1);
      if (!newest || rows.length < AT_ONCE) return;
      last = newest.id;
    }
  },
  async *'evidence-view'(_, db) {
    for (let last = 0; ;) {
      const rows = await db('evidence_views').where('id', '>', last).orderBy('id').limit(AT_ONCE).select('*');
      yield rows.map((row) => ({
        entry: logEntryOf('evidence-view', commitmentOfView(row)),
        name: `view of evidence ${row.id}`,
        order: row.id,
      }));
      const newest = rows.at(-1);
      if (!newest || rows.length < AT_ONCE) return;
      last = newest.id;
    }
  },
};
