import { randomBytes } from 'node:crypto';
import { REVIEWER_RETENTION_MS } from '../../domain/limits';
import { pickReviewer, REVIEWER_RULE } from '../../domain/reviewers';
import type { EarlierLot } from '../../domain/reviewers';
import { lockOwners } from '../attempts/attempts';
import type { Db } from '../store/store';

/** How the reviewer of one proposal was picked. */
export interface ReviewerLot {
  proposal: string;
  rule: number;
  /** Ids of all clerks who might review it, in ascending order. */
  candidates: string[];
  seed: string;
  picked: string;
  /** The earlier proposal whose reviewer was kept. */
  keptFrom: string | null;
  drawnAt: Date;
}

/** The subject of a lot: a person and, if there is one, the matter in all its versions. */
interface Subject {
  person_key: string;
  registry: string | null;
  external_id: string | null;
}

interface LotRow extends Subject {
  id: number;
  proposal: string;
  rule: number;
  candidates: string;
  seed: string;
  picked: string;
  kept_from: string | null;
  drawn_at: Date;
}

/**
 * Picks who is to review a proposal, and records how. Two proposals about one person wait for each other here,
 * so that proposing in two journeys at once gives no second lot.
 * @param drawing `candidates` as listReviewers returns them, never empty
 */
export async function drawReviewer(
  db: Db,
  drawing: { proposal: string; personKey: string; toDo?: string; candidates: readonly string[] },
  now: Date,
): Promise<string> {
  const { proposal, personKey, toDo, candidates } = drawing;
  await lockOwners(db, [personKey]);
  const subject = await subjectOf(db, personKey, toDo);
  const earlier = (await lotsSince(db, subject, now)).filter(({ kept_from }) => kept_from === null);
  const seed = randomBytes(32).toString('hex');
  const drawn = pickReviewer({ candidates, seed, earlier: earlier.map(asEarlier), now: now.getTime() });
  if (!drawn) throw new Error('A lot among nobody.');
  const { picked, keptFrom } = drawn;
  await db('reviewer_lots').insert({
    ...subject,
    ...{ proposal, rule: REVIEWER_RULE, seed, picked, kept_from: keptFrom ?? null, drawn_at: now },
    candidates: JSON.stringify(candidates),
  });
  return picked;
}

/** Of a proposal, and before it those of the same person and matter that bear upon it, in the order in which they were drawn. */
export async function listReviewerLots(db: Db, proposal: string): Promise<ReviewerLot[]> {
  const lot = await db('reviewer_lots').where({ proposal }).first();
  if (!lot) return [];
  const { id: last, person_key, registry, external_id, drawn_at } = lot;
  const lots = await lotsSince(db, { person_key, registry, external_id }, drawn_at);
  return lots
    .filter(({ id }) => id <= last)
    .map(({ rule, seed, picked, kept_from: keptFrom, drawn_at: drawnAt, ...row }) => ({
      ...{ proposal: row.proposal, rule, seed, picked, keptFrom, drawnAt },
      candidates: JSON.parse(row.candidates) as string[],
    }));
}

async function subjectOf(db: Db, personKey: string, toDo?: string): Promise<Subject> {
  const matter =
    toDo === undefined
      ? undefined
      : await db('confirmations AS c')
          .join('matters AS m', 'm.id', 'c.matter_id')
          .where('c.to_do_id', toDo)
          .first({ registry: 'm.registry', external_id: 'm.external_id' });
  return { person_key: personKey, registry: null, external_id: null, ...matter };
}

/** From a day before this moment on, in the order in which they were drawn. */
async function lotsSince(db: Db, subject: Subject, moment: Date): Promise<LotRow[]> {
  return await db('reviewer_lots')
    .where(subject)
    .where('drawn_at', '>', new Date(moment.getTime() - REVIEWER_RETENTION_MS))
    .orderBy('id');
}

function asEarlier({ proposal, picked, drawn_at }: LotRow): EarlierLot {
  return { proposal, picked, drawnAt: drawn_at.getTime() };
}
