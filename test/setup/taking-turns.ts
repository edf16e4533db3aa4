import type { Connection } from 'mysql2';
import type { Store } from '../../db/store/store';
import { openLockWaits } from './lock-waits';

type Query = (...given: unknown[]) => void;

/** Decides which of several connections speaks next: by chance that can be repeated. */
export interface Turns {
  /** From now on every statement waits for its turn. @param pick a number from 0 up to, not including, `of` */
  begin(pick: (of: number) => number): void;
  end(): void;
  close(): Promise<void>;
}

/**
 * Makes the statements of all connections that are opened from now on take turns, so that transactions meet at every point of
 * each other, and not only where the machine's speed brings them. A statement that waits for a lock lets the others go on.
 */
export async function takingTurns({ knex }: Store): Promise<Turns> {
  const waits = await openLockWaits();
  let pick: ((of: number) => number) | undefined;
  let isSpeaking = false;
  const waiting: (() => Promise<void>)[] = [];

  async function speak(): Promise<void> {
    if (isSpeaking) return;
    isSpeaking = true;
    await othersHaveCome();
    while (waiting.length > 0) {
      const [next] = waiting.splice(pick?.(waiting.length) ?? 0, 1);
      await next?.();
    }
    isSpeaking = false;
  }

  async function say(connection: Connection, query: Query, given: unknown[], done: Query): Promise<void> {
    const state = { isAnswered: false };
    query(...given, (...answer: unknown[]) => {
      state.isAnswered = true;
      done(...answer);
    });
    const isLocked = async () => (await waits.waiting()).has(connection.threadId);
    do await othersHaveCome();
    while (!state.isAnswered && !(await isLocked()));
    await othersHaveCome();
  }

  const client = knex.client as { acquireRawConnection: () => Promise<Connection> };
  const open = client.acquireRawConnection.bind(client);
  client.acquireRawConnection = async () => {
    const connection = await open();
    const query = connection.query.bind(connection) as Query;
    const inTurn: Query = (...given) => {
      const done = given.pop() as Query;
      if (pick) {
        waiting.push(() => say(connection, query, given, done));
        void speak();
      } else query(...given, done);
    };
    return Object.assign(connection, { query: inTurn });
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

/** All that goes on without the database has come to its next statement. */
async function othersHaveCome(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
