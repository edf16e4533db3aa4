import { MAX_LOST_TIME_MS } from '../../domain/limits';
import { ownTimeCauses, timeCovered } from '../../domain/lost-time';
import { deadlinesOf } from '../../domain/matter-states';
import { lockMatter } from './locks';
import type { Db, Store } from '../store/store';
import type { MatterRow } from '../tables';

/**
 * Until when a matter is listed, and when it expires: so long after the push, and later by the time that vendors or clerks kept its
 * persons from it, until now where they still do (docs/adr/0030).
 * @param matter locked
 * @returns the matter with the deadlines that hold, which are written where they are others
 */
export async function enforceDeadlines(db: Db, matter: MatterRow, now: Date): Promise<MatterRow> {
  const { listedUntil, expiresAt } = deadlinesOf(matter.pushed_at, await timeLost(db, matter, now));
  const deadlines = { listed_until: listedUntil, expires_at: expiresAt };
  if (deadlines.expires_at.getTime() !== matter.expires_at.getTime()) {
    await db('matters').where({ id: matter.id }).update(deadlines);
  }
  return { ...matter, ...deadlines };
}

/**
 * Anybody who knows a person's name and number can begin a journey that gets stuck. So a period counts only if its visit has passed
 * the first face check, or if two clerks have accepted the person, and only until the person has decided.
 */
async function timeLost(db: Db, { id, pushed_at }: MatterRow, now: Date): Promise<number> {
  const passed = db('attempts AS a')
    .whereRaw('a.journey_id = s.journey_id AND a.started_at >= s.visit_began_at')
    .where({ 'a.purpose': 'identity-face', 'a.state': 'passed' })
    .select('a.id');
  const accepted = db('decisions AS d')
    .whereRaw('d.journey_id = s.journey_id AND d.decided_at >= s.visit_began_at')
    .whereRaw('(d.to_do_id IS NULL OR d.to_do_id = s.to_do_id)')
    .where({ 'd.decision': 'accept', 'd.state': 'approved' })
    .select('d.id');
  const rows = await db('stuck_periods AS s')
    .join('confirmations AS c', 'c.person_key', 's.person_key')
    .where('c.matter_id', id)
    .whereNotIn('s.cause', ownTimeCauses)
    .whereRaw('(s.to_do_id IS NULL OR s.to_do_id = c.to_do_id)')
    .whereRaw('(s.left_at IS NULL OR s.left_at > ?)', [pushed_at])
    .where((proven) => void proven.whereExists(passed).orWhereExists(accepted))
    .distinct()
    .select({ entered_at: 's.entered_at', left_at: 's.left_at', settled_at: 'c.settled_at' });
  const periods = rows.map(({ entered_at, left_at, settled_at }) => ({
    from: entered_at.getTime(),
    until: Math.min((left_at ?? now).getTime(), (settled_at ?? now).getTime()),
  }));
  return timeCovered(periods, { since: pushed_at.getTime(), most: MAX_LOST_TIME_MS });
}

/**
 * Gives the time back that a journey has lost, to all matters that wait for its person. Each under a lock of its own, and outside
 * of the journey's transaction: a matter is locked before a journey.
 */
export async function extendDeadlines(store: Store, journey: string, now: Date): Promise<void> {
  const matters = await store
    .knex('stuck_periods AS s')
    .join('confirmations AS c', 'c.person_key', 's.person_key')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .where({ 's.journey_id': journey, 'c.state': 'pending', 'm.state': 'open' })
    .whereNotIn('s.cause', ownTimeCauses)
    .whereRaw('(s.left_at IS NULL OR s.left_at > m.pushed_at)')
    .distinct()
    .select({ id: 'm.id' });
  for (const { id } of matters) {
    await store.knex.transaction(async (db) => {
      const matter = await lockMatter(db, id);
      if (matter?.state === 'open') await enforceDeadlines(db, matter, now);
    });
  }
}
