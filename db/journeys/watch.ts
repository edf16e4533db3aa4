import type { Knex } from 'knex';

// As quick as a person notices, and one query for everybody who waits at this api.
const INTERVAL_MS = 1_000;

/** Waits for journeys to move or change hands, for phones that show a page which a clerk, a vendor, another phone or time will end. */
export interface JourneyWatch {
  /**
   * Waits until the journey's revision is above `revision`, another phone has it, or the time is over, whichever comes first. If the database does not answer, it waits on.
   * @param forMs at most, in milliseconds
   */
  waitForChange(journey: string, revision: number, forMs: number): Promise<void>;
}

interface Watcher {
  journey: string;
  revision: number;
  /** The token of the session that had the journey at the first look. */
  holder?: string | null;
  done: () => void;
}

/** One for an api: it asks the database for all watched journeys together, and only while there are any. */
export function createJourneyWatch(knex: Knex): JourneyWatch {
  const watchers = new Set<Watcher>();
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const ids = [...new Set([...watchers].map(({ journey }) => journey))];
    const rows = await knex('journeys AS j')
      .leftJoin('sessions AS s', 's.id', 'j.session_id')
      .whereIn('j.id', ids)
      .select<{ id: string; revision: number; holder: string | null }[]>(
        'j.id',
        'j.revision',
        's.token_hash AS holder',
      )
      .catch(() => undefined);
    const found = new Map(rows?.map((row) => [row.id, row]));
    for (const watcher of rows ? [...watchers] : []) {
      const { revision, holder } = found.get(watcher.journey) ?? {};
      watcher.holder ??= holder;
      if ((revision ?? 0) > watcher.revision || holder !== watcher.holder) watcher.done();
    }
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
