import { shanghaiDay } from '../../domain/shanghai-time';
import { countStoredFaces } from '../attempts/portraits';
import type { Db } from '../store/store';

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
}

/** One indexed query for each figure. */
export async function readFigures(db: Db, now: Date): Promise<Figures> {
  const [stuck, attempts, held, [callbacks], storedFaces] = await Promise.all([
    db('journeys')
      .whereNotNull('stuck_cause')
      .groupBy('stuck_cause')
      .select<{ cause: string; n: number }[]>('stuck_cause AS cause', db.raw('COUNT(*) AS n')),
    db('attempts')
      .where({ day: shanghaiDay(now) })
      .groupBy('purpose', 'state')
      .select<{ purpose: string; state: string; n: number }[]>('purpose', 'state', db.raw('COUNT(*) AS n')),
    db('matters')
      .where({ state: 'open' })
      .whereNotNull('hold_reason')
      .groupBy('hold_reason')
      .select<{ reason: string; n: number }[]>('hold_reason AS reason', db.raw('COUNT(*) AS n')),
    db('deliveries')
      .where({ state: 'waiting' })
      .select<{ n: number; oldest: Date | null }[]>(
        db.raw('COUNT(*) AS n'),
        db.raw('MIN(created_at) AS oldest'),
      ),
    countStoredFaces(db, now),
  ]);
  const oldest = callbacks?.oldest;
  return {
    stuck: stuck.map(({ cause, n }) => ({ cause, count: n })),
    attempts: attempts.map(({ purpose, state, n }) => ({ purpose, state, count: n })),
    held: held.map(({ reason, n }) => ({ reason, count: n })),
    callbacksWaiting: callbacks?.n ?? 0,
    oldestCallbackSeconds: oldest ? Math.max(0, (now.getTime() - oldest.getTime()) / 1000) : 0,
    storedFaces,
  };
}
