import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { addTimeStamp, findCheckpoint, isStamped, lastStampedAt } from '../db/log/checkpoints';
import { LogInconsistentError } from '../db/log/inconsistency';
import type { Inconsistency } from '../db/log/inconsistency';
import { addLeaves, isLogBehind, LOG_BATCH, publishCheckpoint } from '../db/log/sequencing';
import type { LogIdentity } from '../db/log/sequencing';
import type { Store } from '../db/store/store';
import type { TimeStamper } from '../evidence/time-stamp/time-stamper';
import type { Logger } from '../platform/logger';

export interface LogKeeping {
  store: Store;
  identity: LogIdentity;
  /** Without one, checkpoints get no time stamps. */
  timeStamper?: TimeStamper;
  /** The shortest time between two time stamps. */
  timeStampSeconds: number;
  /** Counts that a checkpoint was refused. */
  countRefusal: (code: Inconsistency) => void;
  logger: Logger;
  now: () => Date;
}

const ROUND_MS = 1_000;
// After a refusal, which only a person can heal, or while the database is away.
const PAUSE_MS = 10_000;

/**
 * Continues the transparency log until it is stopped: every second what waits becomes leaves, and a checkpoint is published. Every
 * worker does this; the database lets one at a time.
 */
export function keepLog(keeping: LogKeeping): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const stamp = createStamping(keeping);
  let stamping = Promise.resolve();
  const run = async () => {
    while (!stopping.signal.aborted) {
      const isDone = await continueLog(keeping);
      // Beside the rounds: a time-stamping authority may take its time.
      if (isDone) stamping = stamp();
      await setTimeout(isDone ? ROUND_MS : PAUSE_MS, undefined, { signal: stopping.signal }).catch(
        () => undefined,
      );
    }
  };
  const ended = run();
  return {
    async stop() {
      stopping.abort();
      await ended;
      await stamping;
    },
  };
}

/** One round. @returns false if it could not be finished; the log then says why */
export async function continueLog(
  keeping: Omit<LogKeeping, 'timeStamper' | 'timeStampSeconds'>,
): Promise<boolean> {
  const { store, identity, countRefusal, logger, now } = keeping;
  try {
    if (!(await isLogBehind(store.knex, identity.origin))) return true;
    let taken: number;
    do {
      taken = await addLeaves(store, identity.origin);
      await publishCheckpoint(store, identity, now());
    } while (taken === LOG_BATCH);
    return true;
  } catch (error) {
    if (error instanceof LogInconsistentError) {
      countRefusal(error.code);
      logger.error('log_checkpoint_refused', { code: error.code });
    } else {
      logger.error('log_not_continued', { error });
    }
    return false;
  }
}

/**
 * Time-stamps the newest checkpoint if none was for a while. While that is at work, a further call waits for the same. What fails is
 * tried again with the checkpoint that is the newest by then.
 */
export function createStamping({
  store,
  identity,
  timeStamper,
  timeStampSeconds,
  logger,
  now,
}: Omit<LogKeeping, 'countRefusal'>): () => Promise<void> {
  let atWork: Promise<void> | undefined;
  let triedAt = 0;
  const isDue = (since: number) => now().getTime() - since >= timeStampSeconds * 1000;

  async function stampNewest(stamper: TimeStamper): Promise<void> {
    // Another worker may have done it.
    if (!isDue((await lastStampedAt(store.knex))?.getTime() ?? 0)) return;
    const newest = await findCheckpoint(store.knex, identity.origin);
    if (!newest || (await isStamped(store.knex, newest.id))) return;
    triedAt = now().getTime();
    const token = await stamper.stamp(createHash('sha256').update(newest.note).digest());
    await addTimeStamp(store.knex, newest.id, token, now());
  }

  return async () => {
    if (!atWork && timeStamper && isDue(triedAt)) {
      atWork = stampNewest(timeStamper)
        .catch((error: unknown) => logger.warn('log_not_time_stamped', { error }))
        .finally(() => (atWork = undefined));
    }
    await atWork;
  };
}
