import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import type { Store } from '../../db/store';
import { servers } from './servers';

/**
 * Holds rows until the given calls wait for locks, one after the other in this order, and then lets them go: what is raced for in
 * production by chance happens here by plan.
 * @param held the rows, as a SELECT … FOR UPDATE with its values
 * @returns what the calls returned
 */
export async function inTurn<T>(
  store: Store,
  held: { sql: string; values: readonly string[] },
  calls: readonly (() => Promise<T>)[],
): Promise<T[]> {
  const admin = await createConnection({ uri: servers().databaseAdminUrl });
  try {
    const holder = await store.knex.transaction();
    const begun: Promise<T>[] = [];
    try {
      await holder.raw(held.sql, [...held.values]);
      for (const call of calls) {
        begun.push(call());
        await waitUntil(async () => (await countWaiting()) >= begun.length);
      }
    } finally {
      await holder.rollback();
    }
    return await Promise.all(begun);
  } finally {
    admin.end();
    await once(admin, 'end');
  }

  async function countWaiting(): Promise<number> {
    const [rows] = await admin.query(
      `SELECT COUNT(*) AS n FROM information_schema.innodb_trx AS t JOIN information_schema.processlist AS p
       ON p.id = t.trx_mysql_thread_id WHERE t.trx_state = 'LOCK WAIT' AND p.db = ?`,
      [store.databaseName],
    );
    return (rows as { n: number }[])[0]?.n ?? 0;
  }
}

/** The server writes this view anew only if nobody has read it for 100 ms. */
const REWRITTEN_MS = 120;

async function waitUntil(isSo: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 4_000;
  while (!(await isSo())) {
    if (Date.now() > until) throw new Error('The call does not wait for the rows that are held.');
    await setTimeout(REWRITTEN_MS);
  }
}
