import { scopesOver } from '../../domain/clerks';
import { NOBODY, placeOf } from '../../domain/worklist';
import type { WaitingFacts } from '../../domain/worklist';
import type { Db } from '../store/store';
import type { WorklistRow } from '../tables';

/*
 * Everything that writes the worklist. A journey has one row for each entry of a scope that covers it, so that each clerk's list is one part of
 * an index. Its rows differ in scope and authority only, and change together. Every change is also noted for the pages that are open.
 */

/** A journey that begins to wait for clerks. */
export type Waiting = Pick<
  WorklistRow,
  'cause' | 'to_do_id' | 'document_type' | 'case_number' | 'stuck_at'
> & {
  journey: string;
  authorities: readonly string[];
};

/** Puts a journey before the clerks of these authorities. */
export async function addToWorklist(
  db: Db,
  { journey, authorities, ...waiting }: Waiting,
  now: Date,
): Promise<void> {
  const scopes = scopesOf(authorities);
  const change_id = await noteChange(db, { journey, scopes: [...scopes.keys()], isWaiting: true }, now);
  const facts = { ...waiting, called_at: null, proposed_at: null, snoozed_until: null };
  const rest = { reviewer: null, assignee: NOBODY, claimed_by: null, claimed_until: null };
  const row = { ...facts, ...placeIn(facts), ...rest, change_id };
  await db('worklist').insert(
    [...scopes].map(([scope, authority]) => ({ journey_id: journey, scope, authority, ...row })),
  );
}

/** Takes a journey from the worklist, with all that clerks noted there about their work. */
export async function removeFromWorklist(db: Db, journey: string, now: Date): Promise<void> {
  const rows = await lockInWorklist(db, journey);
  if (rows.length === 0) return;
  await noteChange(db, { journey, scopes: rows.map(({ scope }) => scope), isWaiting: false }, now);
  await db('worklist').where({ journey_id: journey }).delete();
}

/** What may change while a journey waits; its place in the list follows. */
export type WorklistChange = Partial<
  Pick<
    WorklistRow,
    'called_at' | 'proposed_at' | 'reviewer' | 'assignee' | 'snoozed_until' | 'claimed_by' | 'claimed_until'
  >
>;

/**
 * Changes the rows of a journey.
 * @param rows locked by lockInWorklist
 */
export async function changeInWorklist(
  db: Db,
  rows: readonly WorklistRow[],
  change: WorklistChange,
  now: Date,
): Promise<void> {
  const [row] = rows;
  if (!row) return;
  const { journey_id: journey } = row;
  const scopes = rows.map(({ scope }) => scope);
  const change_id = await noteChange(db, { journey, scopes, isWaiting: true }, now);
  await db('worklist')
    .where({ journey_id: journey })
    .update({ ...change, ...placeIn({ ...row, ...change }), change_id });
}

/** Has open pages read a journey again of which something beside the worklist has changed. */
export async function announceChange(db: Db, journey: string, now: Date): Promise<void> {
  await changeInWorklist(db, await lockInWorklist(db, journey), {}, now);
}

/** Renews a claim; no page has to know. */
export async function renewInWorklist(db: Db, journey: string, until: Date): Promise<void> {
  await db('worklist').where({ journey_id: journey }).update({ claimed_until: until });
}

/** All rows of a journey, which nobody else changes until the transaction ends; none if it does not wait. */
export async function lockInWorklist(db: Db, journey: string): Promise<WorklistRow[]> {
  return await db('worklist').where({ journey_id: journey }).orderBy('scope').forUpdate();
}

/** Puts journeys that wait already before the clerks of another authority too. */
export async function addAuthority(
  db: Db,
  journeys: readonly string[],
  authority: string,
  now: Date,
): Promise<void> {
  for (const journey of [...journeys].sort()) {
    const rows = await lockInWorklist(db, journey);
    const [row] = rows;
    if (!row) continue;
    const known = rows.map(({ scope }) => scope);
    const added = [...scopesOf([authority]).keys()].filter((scope) => !known.includes(scope));
    // Its own row may stand for an authority below it.
    await db('worklist').where({ journey_id: journey, scope: authority }).update({ authority });
    if (added.length > 0) await db('worklist').insert(added.map((scope) => ({ ...row, scope, authority })));
    await announceChange(db, journey, now);
  }
}

/** The entries of scopes that cover these authorities, each with the first authority below it; an authority's own row has its code. */
function scopesOf(authorities: readonly string[]): Map<string, string> {
  const scopes = new Map<string, string>();
  for (const authority of [...authorities].sort())
    for (const scope of new Set([...scopesOver(authority), authority]))
      if (!scopes.has(scope)) scopes.set(scope, authority);
  return scopes;
}

function placeIn(
  row: Pick<WorklistRow, 'cause' | 'stuck_at' | 'called_at' | 'proposed_at' | 'snoozed_until'>,
): Pick<WorklistRow, 'priority' | 'since' | 'due_at'> {
  const facts: WaitingFacts = {
    cause: row.cause,
    stuckAt: row.stuck_at,
    calledAt: row.called_at,
    proposedAt: row.proposed_at,
    snoozedUntil: row.snoozed_until,
  };
  const { priority, since, dueAt } = placeOf(facts);
  return { priority, since, due_at: dueAt };
}

async function noteChange(
  db: Db,
  { journey, scopes, isWaiting }: { journey: string; scopes: readonly string[]; isWaiting: boolean },
  now: Date,
): Promise<number> {
  const [id = 0] = await db('worklist_changes').insert({
    journey_id: journey,
    scopes: scopes.join(','),
    is_waiting: isWaiting ? 1 : 0,
    changed_at: now,
  });
  return id;
}
