import { incompleteSealStates } from '../../domain/evidence-seals';
import { shanghaiDay } from '../../domain/shanghai-time';
import { countStoredFaces } from '../attempts/portraits';
import { findCheckpoint } from '../log/checkpoints';
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
  /** Confirmations whose proofs are not complete. */
  sealing: { state: string; count: number; oldestSeconds: number }[];
  log: LogFigures;
}

/** Of the transparency log. */
interface LogFigures {
  /** Leaves under the newest checkpoint. */
  size: number;
  checkpointAgeSeconds: number;
  entriesWaiting: number;
}

/** What the figures are about. */
export interface FigureSettings {
  /** Of the transparency log. */
  origin: string;
  /** Whether there is an authority that gives time stamps. Without one, a missing stamp is nothing that is missing. */
  stamps: boolean;
}

/** One indexed query for each figure. */
export async function readFigures(db: Db, { origin, stamps }: FigureSettings, now: Date): Promise<Figures> {
  const [stuck, attempts, held, [callbacks], storedFaces, sealing, checkpoint, [waiting]] = await Promise.all(
    [
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
      db('log_waiting').select<{ n: number }[]>(db.raw('COUNT(*) AS n')),
    ],
  );
  const oldest = callbacks?.oldest;
  const secondsSince = (date?: Date | null) =>
    date ? Math.max(0, (now.getTime() - date.getTime()) / 1000) : 0;
  return {
    stuck: stuck.map(({ cause, n }) => ({ cause, count: n })),
    attempts: attempts.map(({ purpose, state, n }) => ({ purpose, state, count: n })),
    held: held.map(({ reason, n }) => ({ reason, count: n })),
    callbacksWaiting: callbacks?.n ?? 0,
    oldestCallbackSeconds: secondsSince(oldest),
    storedFaces,
    sealing: sealing.map(({ state, n, oldest }) => ({
      state,
      count: n,
      oldestSeconds: secondsSince(oldest),
    })),
    log: {
      size: checkpoint?.size ?? 0,
      checkpointAgeSeconds: secondsSince(checkpoint?.publishedAt),
      entriesWaiting: waiting?.n ?? 0,
    },
  };
}
