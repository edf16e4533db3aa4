import type { Knex } from 'knex';
import type { Db } from '../store/store';

/** One journey whose row in the worklist has changed, or which has left the worklist. */
export interface WorklistEvent {
  /** Of the change; the row then has this `change` or a later one. */
  id: number;
  journey: string;
  isWaiting: boolean;
}

/** A page that is open. */
interface WorklistListener {
  /** The entries of scopes whose changes it is told. */
  scope: readonly string[];
  /** Its session's token. */
  token: string;
  changed(event: WorklistEvent): void;
  /** Says that it is still connected. */
  beat(): void;
  /** Its session is over, or this process stops. */
  end(): void;
}

/** Tells open pages what has changed. One for an api: it asks the database once for all pages, and only while there are any. */
export interface WorklistFeed {
  /** @returns the function that ends it */
  listen(listener: WorklistListener): () => void;
  /** Ends all pages. */
  end(): void;
}

const POLL_MS = 1_000;
const SESSIONS_EVERY = 5;
const BEAT_EVERY = 15;
// Ids are given before a transaction ends, so a lower one may become visible later than a higher one: for so long it is looked for.
const LATE_MS = 10_000;
const MOST_AT_ONCE = 5_000;

/** @param livingScopes the scopes of the sessions that are not over, by token */
export function createWorklistFeed(
  knex: Knex,
  livingScopes: (tokens: readonly string[]) => Promise<Map<string, readonly string[]>>,
  now: () => Date,
): WorklistFeed {
  const listeners = new Set<WorklistListener>();
  let timer: NodeJS.Timeout | undefined;
  let rounds = 0;
  /** No change up to this id can still become visible. */
  let low: number | undefined;
  /** Those above it that were told. */
  let told = new Set<number>();

  async function look(): Promise<void> {
    const late = new Date(now().getTime() - LATE_MS);
    low ??= (await newestBefore(knex, late)) ?? 0;
    const rows = await changesAfter(knex, low, MOST_AT_ONCE);
    for (const row of rows) if (!told.has(row.id)) tell(row);
    const settled = rows.length < MOST_AT_ONCE ? rows.filter(({ changedAt }) => changedAt < late) : rows;
    low = settled.at(-1)?.id ?? low;
    told = new Set(rows.filter(({ id }) => id > (low ?? 0)).map(({ id }) => id));
  }

  function tell({ id, journey, isWaiting, scopes }: Change): void {
    for (const listener of listeners)
      if (listener.scope.some((entry) => scopes.has(entry))) listener.changed({ id, journey, isWaiting });
  }

  async function endOver(): Promise<void> {
    const living = await livingScopes([...new Set([...listeners].map(({ token }) => token))]);
    for (const listener of listeners) {
      const scope = living.get(listener.token);
      if (scope) listener.scope = scope;
      else listener.end();
    }
  }

  async function round(): Promise<void> {
    rounds += 1;
    try {
      await look();
      if (rounds % SESSIONS_EVERY === 0) await endOver();
    } catch {
      // The database is away: what has changed meanwhile is told when it is back.
    }
    if (rounds % BEAT_EVERY === 0) for (const listener of listeners) listener.beat();
    timer = listeners.size > 0 ? setTimeout(() => void round(), POLL_MS) : undefined;
    if (!timer) [low, told] = [undefined, new Set()];
  }

  return {
    listen(listener) {
      listeners.add(listener);
      timer ??= setTimeout(() => void round(), 0);
      return () => listeners.delete(listener);
    },
    end() {
      for (const listener of listeners) listener.end();
      listeners.clear();
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

interface Change extends WorklistEvent {
  scopes: ReadonlySet<string>;
  changedAt: Date;
}

async function newestBefore(db: Db, time: Date): Promise<number | undefined> {
  const row = await db('worklist_changes')
    .where('changed_at', '<', time)
    .orderBy('changed_at', 'desc')
    .first('id');
  return row?.id;
}

async function changesAfter(db: Db, id: number, most: number): Promise<Change[]> {
  const rows = await db('worklist_changes').where('id', '>', id).orderBy('id').limit(most);
  return rows.map((row) => ({
    id: row.id,
    journey: row.journey_id,
    isWaiting: row.is_waiting === 1,
    scopes: new Set(row.scopes.split(',')),
    changedAt: row.changed_at,
  }));
}

// A page that was away for longer reads its list again.
const MOST_MISSED = 1_000;

/**
 * What a page missed that had seen this change last; it may name changes that the page has seen.
 * @returns undefined if that is not known any more
 */
export async function changesMissed(
  db: Db,
  { last, scope }: { last: number; scope: readonly string[] },
): Promise<WorklistEvent[] | undefined> {
  const seen = await db('worklist_changes').where({ id: last }).first('changed_at');
  if (!seen) return undefined;
  const from = await newestBefore(db, new Date(seen.changed_at.getTime() - LATE_MS));
  // If everything before was deleted, something after it may have been as well.
  const changes = await changesAfter(db, from ?? last - MOST_MISSED, 2 * MOST_MISSED);
  if (changes.length === 2 * MOST_MISSED) return undefined;
  return changes
    .filter(({ scopes }) => scope.some((entry) => scopes.has(entry)))
    .map(({ id, journey, isWaiting }) => ({ id, journey, isWaiting }));
}

/** The id of the newest change, from which a page that has read its list can go on. */
export async function newestChange(db: Db): Promise<number> {
  const row = await db('worklist_changes').orderBy('id', 'desc').first('id');
  return row?.id ?? 0;
}
