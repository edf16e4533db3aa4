import {
  closeLostJourney,
  isOverdue,
  listNeglectedMatters,
  listQuietJourneys,
  noteSwept,
} from '../db/maintenance/sweep';
import type { Dependencies } from './dependencies';

export interface SweepActivities {
  /** Reevaluates matters that their workflow neglected, and starts workflows that are gone. @returns how many */
  sweepMatters(): Promise<number>;
  /** Closes journeys whose workflow is gone. @returns how many */
  sweepJourneys(): Promise<number>;
}

// How many workflows Temporal is asked about at the same time.
const AT_ONCE = 20;

export function createSweepActivities({
  store,
  sealing,
  reevaluate,
  isRunning,
  countRepair,
  logger,
  now,
}: Dependencies): SweepActivities {
  /** Repairs all rows, some at a time. @returns how many needed a repair */
  async function forEach<T extends { id: string }>(
    rows: readonly T[],
    repair: (row: T) => Promise<boolean>,
  ): Promise<number> {
    let repaired = 0;
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const done = await Promise.all(rows.slice(at, at + AT_ONCE).map(repair));
      repaired += done.filter(Boolean).length;
    }
    return repaired;
  }

  return {
    async sweepMatters() {
      const stamps = sealing.timeStamper !== undefined;
      const matters = await listNeglectedMatters(store.knex, { stamps }, now());
      const repaired = await forEach(matters, async ({ id, neglect }) => {
        if (!isOverdue(neglect) && (await isRunning(id))) return false;
        await reevaluate(id);
        countRepair(`matter-${neglect}`);
        logger.warn('sweep_matter_reevaluated', { matter: id, cause: neglect });
        return true;
      });
      const ids = matters.map(({ id }) => id);
      await noteSwept(store.knex, 'matters', ids, now());
      return repaired;
    },

    async sweepJourneys() {
      const journeys = await listQuietJourneys(store.knex, now());
      const repaired = await forEach(journeys, async (journey) => {
        const isAlive = () => isRunning(journey.id);
        if ((await isAlive()) || !(await closeLostJourney(store, journey, isAlive, now()))) return false;
        countRepair('journey-lost');
        logger.warn('sweep_journey_closed', { journey: journey.id, step: journey.step });
        return true;
      });
      const ids = journeys.map(({ id }) => id);
      await noteSwept(store.knex, 'journeys', ids, now());
      return repaired;
    },
  };
}
