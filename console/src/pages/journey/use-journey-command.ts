import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { ApiFailure } from '../../client';
import type { FailureCode, Journey } from '../../client';
import { createCommandKeys } from '../../command-keys';
import { queries, readAgain } from '../../queries';
import { queryClient } from '../../session';

// Codes by which the api says that the page is out of date. What was typed stays, and is checked against what is new.
const OUT_OF_DATE: readonly FailureCode[] = [
  'stale',
  'not_allowed_now',
  'not_for_this_cause',
  'proposal_pending',
  'proposal_unknown',
  'proposal_expired',
  'journey_closed',
];

/** Sends what a clerk decides about a journey. The page then shows where the journey stands. */
export function useJourneyCommand<Body extends object>(
  id: string,
  send: (body: Body, key: string) => Promise<{ data?: Journey; response: Response }>,
) {
  const [keys] = useState(createCommandKeys);
  return useMutation({
    mutationFn: async (body: Body) => {
      const { data, response } = await send(body, keys.keyOf(body));
      if (data) queryClient.setQueryData(queries.journey(id).queryKey, data);
      return { isTaken: response.status === 202, journey: data, body };
    },
    onSuccess() {
      keys.settle();
      readAgain('worklist');
    },
    onError(error) {
      keys.settle(error);
      if (error instanceof ApiFailure && OUT_OF_DATE.includes(error.code)) readAgain('journey', 'worklist');
    },
  });
}
