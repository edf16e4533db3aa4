import { randomUUID } from 'node:crypto';
import { mayServe, NATIONAL } from '../../domain/clerks';
import { COMPLAINTS_PER_DAY } from '../../domain/complaints';
import type { ComplaintKind } from '../../domain/complaints';
import { startOfShanghaiDay } from '../../domain/shanghai-time';
import type { DataKey } from '../../platform/encryption';
import { lockOwners } from '../attempts/attempts';
import { withCaseNumber } from '../case-numbers';
import { authoritiesSeeing } from '../decisions/worklist';
import { openFrom, sealFor } from '../store/sealed-values';
import type { ListPlace } from '../store/list-place';
import type { Db, Store } from '../store/store';
import type { Rows } from '../tables';

type ComplaintRow = Rows['complaints'];

/** A complaint or suggestion, as the person and clerks read it. */
export interface Complaint {
  id: string;
  /** 受理编号 */
  number: string;
  kind: ComplaintKind;
  text: string;
  madeAt: Date;
  /** The one that was under way, if there was one. */
  journey: string | null;
  /** `clerk` is the id of who answered. */
  answer?: { text: string; at: Date; clerk: string };
}

/**
 * Keeps what a person wrote under a key of its own. Counting and writing happen under a lock on the account, so that the limit of a day holds for
 * requests that come at the same time.
 * @param complaint `command` names the request: the same one again returns the same complaint
 */
export async function addComplaint(
  store: Store,
  complaint: { account: string; journey?: string; kind: ComplaintKind; text: string; command: string },
  now: Date,
): Promise<Complaint | { rejected: 'complaints_used_up' }> {
  const { account, journey, kind, text, command } = complaint;
  return await withCaseNumber(now, (number) =>
    store.knex.transaction(async (db) => {
      await lockOwners(db, [account]);
      const [known] = await open(store, db, await db('complaints').where({ command }));
      if (known) return known;
      const [today] = await db('complaints')
        .where({ account })
        .where('made_at', '>=', startOfShanghaiDay(now))
        .count<{ count: number }[]>({ count: '*' });
      if (Number(today?.count) >= COMPLAINTS_PER_DAY) return { rejected: 'complaints_used_up' as const };
      const id = randomUUID();
      const owner = ownerOf(id);
      const key = await store.dataKeys.create(db, owner);
      const row: ComplaintRow = {
        ...{ id, number, account, kind, command, journey_id: journey ?? null, made_at: now },
        content: sealFor(store, key, owner, 'content', text),
        ...{ answer: null, answered_at: null, answered_by: null },
      };
      await db('complaints').insert(row);
      return openWith(store, key, row);
    }),
  );
}

const MOST_OF_ACCOUNT = 50;

/** What an account sent, newest first, with the answers. */
export async function complaintsOf(store: Store, account: string): Promise<Complaint[]> {
  const rows = await store
    .knex('complaints')
    .where({ account })
    .orderBy([
      { column: 'made_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(MOST_OF_ACCOUNT);
  return await open(store, store.knex, rows);
}

const PAGE = 50;
// Scopes are compared here, one batch after the other. Somebody with a small scope gets a short page rather than a long wait.
const READ_AT_ONCE = 200;
const MOST_BATCHES = 5;

/**
 * One page of the complaints that a clerk may see: those that wait, the longest waiting first, or those that were answered, the last answer
 * first.
 * @returns `next` is where the next page begins; undefined if there is none. A page may be short, or empty, and not the last
 */
export async function complaintsForClerks(
  store: Store,
  { scope, areAnswered, after }: { scope: readonly string[]; areAnswered: boolean; after?: ListPlace },
): Promise<{ complaints: Complaint[]; next?: ListPlace }> {
  const { knex } = store;
  const [column, order] = areAnswered ? (['answered_at', 'desc'] as const) : (['made_at', 'asc'] as const);
  const found: string[] = [];
  let next = after;
  for (let batches = 0; batches < MOST_BATCHES && found.length < PAGE; batches += 1) {
    const query = knex('complaints')
      .orderBy([
        { column, order },
        { column: 'id', order },
      ])
      .limit(READ_AT_ONCE)
      .select<{ id: string; journey_id: string | null; at: Date }[]>('id', 'journey_id', { at: column });
    if (areAnswered) void query.whereNotNull('answered_at');
    else void query.whereNull('answered_at');
    if (next)
      void query.whereRaw(`(??, id) ${order === 'asc' ? '>' : '<'} (?, ?)`, [column, next.at, next.id]);
    const rows = await query;
    const seen = await within(knex, rows, scope);
    const last = seen.length > PAGE - found.length ? seen[PAGE - found.length - 1] : rows.at(-1);
    found.push(...seen.slice(0, PAGE - found.length).map(({ id }) => id));
    const isEnd = last === rows.at(-1) && rows.length < READ_AT_ONCE;
    next = last && !isEnd ? { at: last.at, id: last.id } : undefined;
    if (!next) break;
  }
  const rows = await knex('complaints').whereIn('id', found);
  const places = new Map(found.map((id, place) => [id, place]));
  rows.sort((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
  return { complaints: await open(store, knex, rows), ...(next && { next }) };
}

/** Answers a complaint, once. One outside of the clerk's scope does not exist. */
export async function answerComplaint(
  store: Store,
  { id, text, clerk, scope }: { id: string; text: string; clerk: string; scope: readonly string[] },
  now: Date,
): Promise<Complaint | { rejected: 'not_found' | 'complaint_answered' }> {
  const { knex } = store;
  const owner = ownerOf(id);
  const [row] = await within(knex, await knex('complaints').where({ id }), scope);
  const key = row && (await store.dataKeys.find(knex, owner));
  if (!key) return { rejected: 'not_found' };
  const answer = sealFor(store, key, owner, 'answer', text);
  const change = { answer, answered_at: now, answered_by: clerk };
  const answered = await knex('complaints').where({ id, answered_at: null }).update(change);
  return answered === 0 ? { rejected: 'complaint_answered' } : openWith(store, key, { ...row, ...change });
}

/** Those whose journey's clerks have this scope; without a journey, those of the national desk. */
async function within<R extends Pick<ComplaintRow, 'journey_id'>>(
  db: Db,
  rows: readonly R[],
  scope: readonly string[],
): Promise<R[]> {
  const ids = [...new Set(rows.flatMap(({ journey_id: journey }) => journey ?? []))];
  const journeys = await db('journeys').whereIn('id', ids);
  const authorities = await authoritiesSeeing(db, journeys);
  const ofJourneys = new Map(journeys.map(({ id }, at) => [id, authorities[at]]));
  return rows.filter(({ journey_id: journey }) =>
    (ofJourneys.get(journey ?? '') ?? [NATIONAL]).some((authority) => mayServe(scope, authority)),
  );
}

/** Those whose key is gone are gone. */
async function open(store: Store, db: Db, rows: ComplaintRow[]): Promise<Complaint[]> {
  const owners = rows.map(({ id }) => ownerOf(id));
  const keys = await store.dataKeys.findAll(db, owners);
  return rows.flatMap((row) => {
    const key = keys.get(ownerOf(row.id));
    return key ? openWith(store, key, row) : [];
  });
}

function openWith(store: Store, key: DataKey, row: ComplaintRow): Complaint {
  const { id, number, kind, made_at: madeAt, journey_id: journey } = row;
  const { content, answer, answered_at: at, answered_by: clerk } = row;
  const owner = ownerOf(id);
  return {
    ...{ id, number, kind, madeAt, journey },
    text: openFrom<string>(store, key, owner, 'content', content),
    ...(answer &&
      at &&
      clerk && { answer: { text: openFrom<string>(store, key, owner, 'answer', answer), at, clerk } }),
  };
}

function ownerOf(id: string): string {
  return `complaint:${id}`;
}
