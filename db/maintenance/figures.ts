import { incompleteSealStates } from '../../domain/evidence-seals';
import { countStoredFaces } from '../attempts/portraits';
import { findCheckpoint, unstampedSince } from '../log/checkpoints';
import type { Db } from '../store/store';
import { countChecks, daysUntil } from './check-figures';
import { countCallbacks, countStuck } from './work-figures';

/** How things stand, for operators. */
export interface Figures {
  stuck: { cause: string; count: number }[];
  /** Attempts of the present day in China. */
  attempts: { purpose: string; state: string; count: number }[];
  /** Matters that everybody has confirmed and that stay open. */
  held: { reason: string; count: number }[];
  callbacksWaiting: number;
  /** Age of the oldest of them; 0 if there is none. */
  oldestCallbackSeconds: number;
  /** Persons with a portrait that can be read. */
  storedFaces: number;
  /** Confirmations whose proofs are not complete. */
  sealing: { state: string; count: number; oldestSeconds: number }[];
  log: LogFigures;
}

/** Of the transparency log. */
interface LogFigures {
  /** Leaves under the newest checkpoint. */
  size: number;
  checkpointAgeSeconds: number;
  /** How long there have been leaves that no time stamp covers; 0 without an authority that gives them. */
  unstampedSeconds: number;
  entriesWaiting: number;
}

/** What the figures are about. */
export interface FigureSettings {
  /** Of the transparency log. */
  origin: string;
  /** Whether there is an authority that gives time stamps. Without one, a missing stamp is nothing that is missing. */
  stamps: boolean;
}

/** The figures of all authorities, from the same queries as the console's. One indexed query for each figure. */
export async function readFigures(db: Db, { origin, stamps }: FigureSettings, now: Date): Promise<Figures> {
  const today = daysUntil(now, 1);
  const [stuck, checks, held, callbacks, storedFaces, sealing, checkpoint, unstamped, [waiting]] =
    await Promise.all([
      countStuck(db, now),
      countChecks(db, today),
      db('matters')
        .where({ state: 'open' })
        .whereNotNull('hold_reason')
        .groupBy('hold_reason')
        .select<{ reason: string; n: number }[]>('hold_reason AS reason', db.raw('COUNT(*) AS n')),
      countCallbacks(db),
      countStoredFaces(db, now),
      db('evidence_seals AS s')
        .join('evidence AS e', 'e.id', 's.evidence_id')
        // Not "other than complete": of those there are millions.
        .whereIn('s.state', stamps ? incompleteSealStates : ['unsealed'])
        // What was refused after it was signed proves nothing any more, and is not sealed.
        .whereExists(
          db('confirmations AS c')
            .whereRaw('c.evidence_id = s.evidence_id')
            .whereIn('c.state', ['confirmed', 'carried'])
            .select(db.raw('1')),
        )
        .groupBy('s.state')
        .select<{ state: string; n: number; oldest: Date }[]>(
          's.state AS state',
          db.raw('COUNT(*) AS n'),
          db.raw('MIN(e.created_at) AS oldest'),
        ),
      findCheckpoint(db, origin),
      stamps ? unstampedSince(db, origin) : undefined,
      db('log_waiting').select<{ n: number }[]>(db.raw('COUNT(*) AS n')),
    ]);
  const secondsSince = (date?: Date | null) =>
    date ? Math.max(0, (now.getTime() - date.getTime()) / 1000) : 0;
  return {
    stuck: totals(stuck, ({ cause }) => ({ cause })),
    attempts: totals(checks, ({ purpose, state }) => ({ purpose, state })),
    held: held.map(({ reason, n }) => ({ reason, count: n })),
    callbacksWaiting: callbacks.count,
    oldestCallbackSeconds: secondsSince(callbacks.oldest),
    storedFaces,
    sealing: sealing.map(({ state, n, oldest }) => ({
      state,
      count: n,
      oldestSeconds: secondsSince(oldest),
    })),
    log: {
      size: checkpoint?.size ?? 0,
      checkpointAgeSeconds: secondsSince(checkpoint?.publishedAt),
      unstampedSeconds: secondsSince(unstamped),
      entriesWaiting: waiting?.n ?? 0,
    },
  };
}

/** Adds up what has the same labels. */
function totals<T extends { count: number }, L extends object>(
  counts: readonly T[],
  labelsOf: (one: T) => L,
): (L & { count: number })[] {
  const sums = new Map<string, L & { count: number }>();
  for (const one of counts) {
    const labels = labelsOf(one);
    const key = JSON.stringify(labels);
    sums.set(key, { ...labels, count: one.count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()];
}
