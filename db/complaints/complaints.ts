import { randomUUID } from 'node:crypto';
import { COMPLAINTS_PER_DAY } from '../../domain/complaints';
import type { ComplaintKind } from '../../domain/complaints';
import { startOfShanghaiDay } from '../../domain/shanghai-time';
import { withCaseNumber } from '../case-numbers';
import { openFrom, sealFor } from '../store/sealed-values';
import type { Store } from '../store/store';
import type { Rows } from '../tables';

type ComplaintRow = Rows['complaints'];

/** A complaint or suggestion, as the person and clerks read it. */
export interface Complaint {
  id: string;
  number: string;
  kind: ComplaintKind;
  text: string;
  madeAt: Date;
  journey: string | null;
  answer?: { text: string; at: Date };
}

/**
 * Keeps what a person wrote under a key of its own.
 * @param complaint `command` names the request: the same one again returns the same complaint
 */
export async function addComplaint(
  store: Store,
  complaint: { account: string; journey?: string; kind: ComplaintKind; text: string; command: string },
  now: Date,
): Promise<Complaint | { rejected: 'complaints_used_up' }> {
  const { account, journey, kind, text, command } = complaint;
  const known = await store.knex('complaints').where({ command }).first();
  if (known) return await presented(store, known);
  const [today] = await store
    .knex('complaints')
    .where({ account })
    .where('made_at', '>=', startOfShanghaiDay(now))
    .count<{ count: number }[]>({ count: '*' });
  if (Number(today?.count) >= COMPLAINTS_PER_DAY) return { rejected: 'complaints_used_up' };
  return await withCaseNumber(now, async (number) => {
    const id = randomUUID();
    const owner = ownerOf(id);
    const row = await store.knex.transaction(async (db) => {
      const key = await store.dataKeys.create(db, owner);
      const sealed: ComplaintRow = {
        ...{ id, number, account, kind, command },
        journey_id: journey ?? null,
        content: sealFor(store, key, owner, 'content', text),
        answer: null,
        made_at: now,
        answered_at: null,
        answered_by: null,
      };
      await db('complaints').insert(sealed);
      return sealed;
    });
    return await presented(store, row);
  });
}

const MOST_OF_ACCOUNT = 50;

/** What an account sent, newest first, with the answers. */
export async function complaintsOf(store: Store, account: string): Promise<Complaint[]> {
  const rows = await store
    .knex('complaints')
    .where({ account })
    .orderBy('made_at', 'desc')
    .limit(MOST_OF_ACCOUNT);
  return await Promise.all(rows.map((row) => presented(store, row)));
}

const MOST_WAITING = 50;

/** Complaints that wait for an answer, the oldest first. */
export async function waitingComplaints(store: Store): Promise<Complaint[]> {
  const rows = await store
    .knex('complaints')
    .where({ answered_at: null })
    .orderBy('made_at')
    .limit(MOST_WAITING);
  return await Promise.all(rows.map((row) => presented(store, row)));
}

/** Answers a complaint, once. */
export async function answerComplaint(
  store: Store,
  { id, text, clerk }: { id: string; text: string; clerk: string },
  now: Date,
): Promise<Complaint | { rejected: 'not_found' | 'complaint_answered' }> {
  return await store.knex.transaction(async (db) => {
    const row = await db('complaints').where({ id }).forUpdate().first();
    const owner = ownerOf(id);
    const key = row && (await store.dataKeys.find(db, owner));
    if (!key) return { rejected: 'not_found' as const };
    if (row.answered_at) return { rejected: 'complaint_answered' as const };
    const answer = sealFor(store, key, owner, 'answer', text);
    const change = { answer, answered_at: now, answered_by: clerk };
    await db('complaints').where({ id }).update(change);
    return await presented({ ...store, knex: db as Store['knex'] }, { ...row, ...change });
  });
}

async function presented(store: Store, row: ComplaintRow): Promise<Complaint> {
  const owner = ownerOf(row.id);
  const key = await store.dataKeys.find(store.knex, owner);
  const read = (column: 'content' | 'answer', sealed: Buffer | null) =>
    key && sealed ? openFrom<string>(store, key, owner, column, sealed) : '';
  return {
    ...{ id: row.id, number: row.number, kind: row.kind, madeAt: row.made_at, journey: row.journey_id },
    text: read('content', row.content),
    ...(row.answered_at && { answer: { text: read('answer', row.answer), at: row.answered_at } }),
  };
}

function ownerOf(id: string): string {
  return `complaint:${id}`;
}
