import { useEffect } from 'react';
import type { Journey } from './api-contract';
import { apiRequest } from './api-request';
import { useJourney } from './journey';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Looks again by itself while a page waits for a clerk, a vendor or time, and shows the journey as soon as it has moved. The API answers when
 * it moves, or after 15 seconds; if it does not answer, the pauses become longer.
 */
export function useJourneyUpdates({ id, revision }: Journey): void {
  const { read, observe } = useJourney();
  useEffect(() => {
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (pause: number): Promise<void> => {
      let next = FIRST_PAUSE_MS;
      try {
        const query = { after: String(revision) };
        const view = await read(apiRequest('GET', '/api/journeys/{id}', { path: { id }, query }));
        if (isWanted) observe(view);
      } catch {
        next = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
      if (isWanted) timer = setTimeout(() => void look(next), next);
    };
    void look(FIRST_PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [id, revision, read, observe]);
}
