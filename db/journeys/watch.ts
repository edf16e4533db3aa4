import type { Knex } from 'knex';

// As quick as a person notices, and one query for everybody who waits at this api.
const INTERVAL_MS = 1_000;

/** Waits for journeys to move, for phones that show a page which a clerk, a vendor or time will end. */
export interface JourneyWatch {
  /**
   * Waits until the journey's revision is above `revision`, or the time is over, whichever comes first. If the database does not answer, it waits on.
   * @param forMs at most, in milliseconds
   */
  waitForChange(journey: string, revision: number, forMs: number): Promise<void>;
}

interface Watcher {
  journey: string;
  revision: number;
  done: () => void;
}

/** One for an api: it asks the database for all watched journeys together, and only while there are any. */
export function createJourneyWatch(knex: Knex): JourneyWatch {
  const watchers = new Set<Watcher>();
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const ids = [...new Set([...watchers].map(({ journey }) => journey))];
    const rows = await knex('journeys')
      .whereIn('id', ids)
      .select('id', 'revision')
      .catch(() => []);
    const revisions = new Map(rows.map(({ id, revision }) => [id, revision]));
    for (const watcher of [...watchers])
      if ((revisions.get(watcher.journey) ?? 0) > watcher.revision) watcher.done();
    timer = watchers.size > 0 ? setTimeout(() => void look(), INTERVAL_MS) : undefined;
  }

  return {
    waitForChange: (journey, revision, forMs) =>
      new Promise((resolve) => {
        const watcher: Watcher = {
          journey,
          revision,
          done() {
            watchers.delete(watcher);
            clearTimeout(end);
            resolve();
          },
        };
        const end = setTimeout(watcher.done, forMs);
        watchers.add(watcher);
        timer ??= setTimeout(() => void look(), 0);
      }),
  };
}
