import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import type { Store } from '../../db/store/store';
import { databaseServer } from './needs/database';

/** Finds the connections that wait for a lock. */
export interface LockWaits {
  /** The ids of the connections that wait now. */
  waiting(): Promise<Set<number>>;
  end(): Promise<void>;
}

export async function openLockWaits(): Promise<LockWaits> {
  const admin = await createConnection({ uri: databaseServer().adminUrl });
  return {
    async waiting() {
      // The tables of information_schema show this with a delay.
      const [rows] = await admin.query<RowDataPacket[]>('SHOW ENGINE INNODB STATUS');
      const transactions = String(rows[0]?.Status).split('---TRANSACTION').slice(1);
      const held = transactions.filter((one) => one.includes('LOCK WAIT'));
      return new Set(held.map((one) => Number(/thread id (\d+)/.exec(one)?.[1])));
    },
    end: () => admin.end(),
  };
}

/**
 * Locks rows until the given calls wait for them, in this order, and then releases them. So a test repeats an order of transactions
 * that happens by chance in production.
 * @param held a SELECT … FOR UPDATE of the rows, with its values
 * @returns what the calls returned
 */
export async function inTurn<T>(
  store: Store,
  held: { sql: string; values: readonly string[] },
  calls: readonly (() => Promise<T>)[],
): Promise<T[]> {
  const waits = await openLockWaits();
  const isOurs = await connectionsOf(store);
  const holder = await store.knex.transaction();
  const begun: Promise<T>[] = [];
  try {
    await holder.raw(held.sql, [...held.values]);
    for (const call of calls) {
      begun.push(call());
      while ((await isOurs(await waits.waiting())).length < begun.length);
    }
  } finally {
    await holder.rollback();
    await waits.end();
  }
  return await Promise.all(begun);
}

async function connectionsOf({ knex, databaseName }: Store) {
  return async (ids: Set<number>): Promise<number[]> => {
    if (ids.size === 0) return [];
    const rows = await knex('information_schema.processlist')
      .where({ db: databaseName })
      .whereIn('id', [...ids])
      .select<{ id: number }[]>('id AS id');
    return rows.map(({ id }) => id);
  };
}
