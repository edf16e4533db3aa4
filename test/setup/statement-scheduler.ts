import type { Connection } from 'mysql2';
import type { Store } from '../../db/store/store';
import { openLockWaits } from './lock-waits';

type Query = (...given: unknown[]) => void;

/** Decides which of several connections sends its statement next, by numbers that can be repeated. */
export interface StatementScheduler {
  /** From now on every statement waits until it is picked. @param pick a number from 0 up to, not including, `of` */
  begin(pick: (of: number) => number): void;
  end(): void;
  close(): Promise<void>;
}

/**
 * Sends the statements of all connections that are opened from now on one at a time, in an order that a test chooses. So transactions
 * overlap at every point, and not only where the machine's speed makes them. A statement that waits for a lock lets the others go on.
 */
export async function scheduleStatements({ knex }: Store): Promise<StatementScheduler> {
  const waits = await openLockWaits();
  let pick: ((of: number) => number) | undefined;
  let isSending = false;
  const waiting: (() => Promise<void>)[] = [];

  async function sendNext(): Promise<void> {
    if (isSending) return;
    isSending = true;
    await othersAreWaiting();
    while (waiting.length > 0) {
      const [next] = waiting.splice(pick?.(waiting.length) ?? 0, 1);
      await next?.();
    }
    isSending = false;
  }

  async function send(connection: Connection, query: Query, given: unknown[], done: Query): Promise<void> {
    const state = { isAnswered: false };
    query(...given, (...answer: unknown[]) => {
      state.isAnswered = true;
      done(...answer);
    });
    const isLocked = async () => (await waits.waiting()).has(connection.threadId);
    do await othersAreWaiting();
    while (!state.isAnswered && !(await isLocked()));
    await othersAreWaiting();
  }

  const client = knex.client as { acquireRawConnection: () => Promise<Connection> };
  const open = client.acquireRawConnection.bind(client);
  client.acquireRawConnection = async () => {
    const connection = await open();
    const query = connection.query.bind(connection) as Query;
    const scheduled: Query = (...given) => {
      const done = given.pop() as Query;
      if (pick) {
        waiting.push(() => send(connection, query, given, done));
        void sendNext();
      } else query(...given, done);
    };
    return Object.assign(connection, { query: scheduled });
  };
  return {
    begin(by) {
      pick = by;
    },
    end() {
      pick = undefined;
    },
    close: () => waits.end(),
  };
}

/** Resolves when all work without the database has come to its next statement. */
async function othersAreWaiting(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
