import type { Knex } from 'knex';
import { REMINDER_AFTER_MS, TIME_STAMP_WAIT_MS } from '../../domain/limits';
import { extendDeadlines } from '../matters/deadlines';
import { findJourney, writeProjection } from '../journeys/journeys';
import type { Db, Store } from '../store/store';
import type { JourneyRow } from '../tables';

/** Work that the workflow of a matter should have done. */
export const matterNeglects = [
  /** All have confirmed, or one has refused, and it is open. */
  'undecided',
  'expired',
  'reminder-due',
  'callback-waiting',
  'message-waiting',
  'evidence-unsealed',
  /** Its authority was away for longer than the workflow waited. */
  'evidence-unstamped',
  /** Nothing is due; the sweep only checks that a workflow waits. */
  'unattended',
] as const;

export type MatterNeglect = (typeof matterNeglects)[number];

/** Whether the rows alone show that something was not done; else it is only wrong if no workflow runs. */
export const isOverdue = (neglect: MatterNeglect) =>
  ['undecided', 'expired', 'reminder-due', 'evidence-unstamped'].includes(neglect);

export interface NeglectedMatter {
  id: string;
  neglect: MatterNeglect;
}

const MINUTE = 60_000;
// Work that has just become due may be under way.
const GRACE_MS = 5 * MINUTE;
// Whether an open, quiet matter has a workflow is checked this often.
const MADE_SURE_EVERY_MS = 60 * MINUTE;
// The most of each kind in one sweep, those that were looked at longest ago; the next sweep takes the rest.
const AT_ONCE = 500;

/**
 * Matters that may be without a workflow, or whose workflow did not look; the surest sign first, each once.
 * @param options `stamps`: whether there is an authority that gives time stamps
 */
export async function listNeglectedMatters(
  db: Db,
  { stamps }: { stamps: boolean },
  now: Date,
): Promise<NeglectedMatter[]> {
  const since = (ms: number) => new Date(now.getTime() - ms);
  const longestAgo = (query: Knex.QueryBuilder) => void query.orderBy('m.swept_at').limit(AT_ONCE);
  const open = () => db('matters AS m').where('m.state', 'open').modify(longestAgo);
  const unheld = () => open().whereNull('m.hold_reason');
  const rowsOf = () => db('confirmations AS c').whereRaw('c.matter_id = m.id').select('c.role');
  const severe = db('flags AS f')
    .whereRaw('f.matter_id = m.id')
    .where({ 'f.severity': 'severe', 'f.reviewed_at': null })
    .select('f.id');
  const undecided = open()
    .where((any) => {
      void any.whereNotExists(rowsOf().where('c.state', 'pending'));
      void any.orWhereExists(rowsOf().where('c.state', 'refused'));
    })
    .whereNotExists(rowsOf().where('c.settled_at', '>', since(GRACE_MS)))
    .where((any) => {
      void any.whereNull('m.hold_reason');
      void any.orWhere((flagged) => void flagged.where('m.hold_reason', 'flagged').whereNotExists(severe));
    });
  /** @param rows of matters, by their `matter_id` */
  const of = (rows: Knex.QueryBuilder) =>
    db('matters AS m').whereIn('m.id', rows.distinct('matter_id')).modify(longestAgo);
  const lacking = (state: 'unsealed' | 'unstamped', ms: number) =>
    db('evidence_seals AS s')
      .join('confirmations AS c', 'c.evidence_id', 's.evidence_id')
      .where({ 's.state': state })
      .whereIn('c.state', ['confirmed', 'carried'])
      .where('c.settled_at', '<', since(ms));
  type Found = [MatterNeglect, Knex.QueryBuilder];
  // The workflow itself tries for a while.
  const unstamped: Found = ['evidence-unstamped', of(lacking('unstamped', TIME_STAMP_WAIT_MS + GRACE_MS))];
  const found: Found[] = [
    ['undecided', undecided],
    ['expired', unheld().where('m.expires_at', '<', since(GRACE_MS))],
    [
      'reminder-due',
      unheld()
        .whereNull('m.reminded_at')
        .where('m.pushed_at', '<', since(REMINDER_AFTER_MS + GRACE_MS)),
    ],
    [
      'callback-waiting',
      of(db('deliveries').where({ state: 'waiting' }).where('created_at', '<', since(GRACE_MS))),
    ],
    // A message is tried for ten minutes.
    ['message-waiting', of(db('messages').where('created_at', '<', since(4 * GRACE_MS)))],
    ['evidence-unsealed', of(lacking('unsealed', GRACE_MS))],
    ...(stamps ? [unstamped] : []),
    [
      'unattended',
      open()
        .where('m.pushed_at', '<', since(GRACE_MS))
        .where(
          (any) => void any.whereNull('m.swept_at').orWhere('m.swept_at', '<', since(MADE_SURE_EVERY_MS)),
        ),
    ],
  ];
  const neglected = new Map<string, MatterNeglect>();
  for (const [neglect, query] of found) {
    const rows: { id: string }[] = await query.select('m.id');
    for (const { id } of rows) if (!neglected.has(id)) neglected.set(id, neglect);
  }
  return [...neglected].map(([id, neglect]) => ({ id, neglect }));
}

export async function noteSwept(
  db: Db,
  table: 'matters' | 'journeys',
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await db(table)
    .whereIn('id', [...ids])
    .update({ swept_at: now });
}

/** Open journeys in which nothing has happened for a while, the one that was checked longest ago first. */
export async function listQuietJourneys(db: Db, now: Date): Promise<JourneyRow[]> {
  const since = new Date(now.getTime() - 2 * GRACE_MS);
  return await db('journeys')
    .where({ is_open: 1 })
    .where('updated_at', '<', since)
    .where((any) => void any.whereNull('swept_at').orWhere('swept_at', '<', since))
    .orderBy('swept_at')
    .limit(AT_ONCE);
}

/**
 * Closes a journey that no workflow serves any more: what was under way is given back, it leaves the worklist, and its person is
 * told to enter again.
 * @param known the row before it was asked whether a workflow runs; a journey that has moved since is a living one
 * @param isRunning asked again under the lock: an entry that begins a workflow waits for it before it writes
 * @returns whether it was closed
 */
export async function closeLostJourney(
  store: Store,
  known: JourneyRow,
  isRunning: () => Promise<boolean>,
  now: Date,
): Promise<boolean> {
  const { id } = known;
  await extendDeadlines(store, id, now);
  return await store.knex.transaction(async (db) => {
    const row = await findJourney(db, id, 'locked');
    const isSame =
      row?.revision === known.revision &&
      row.entered_by === known.entered_by &&
      row.updated_at.getTime() === known.updated_at.getTime();
    if (!isSame || row.step === 'closed' || (await isRunning())) return false;
    const closed = { step: 'closed', allowed: [], codes: ['journey_lost'], revision: row.revision + 1 };
    await writeProjection(store, db, row, { journey: id, ...closed, by: 'sweep' }, now);
    return true;
  });
}
