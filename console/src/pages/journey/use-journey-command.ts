import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { ApiFailure, isOutcomeUnknown } from '../../client';
import type { Journey } from '../../client';
import { createCommandKeys } from '../../command-keys';
import { noteRead } from '../../live/agreement';
import { queries, readAgain } from '../../queries';
import { queryClient } from '../../session';

/** Sends what a clerk decides about a journey. The page then shows where the journey stands. */
export function useJourneyCommand<Body extends object>(
  id: string,
  send: (body: Body, key: string) => Promise<{ data?: Journey; response: Response }>,
) {
  const [keys] = useState(createCommandKeys);
  return useMutation({
    mutationFn: async (body: Body) => {
      const { data, response } = await send(body, keys.keyOf(body));
      if (data) {
        queryClient.setQueryData(queries.journey(id).queryKey, data);
        noteRead(id, data.worklist);
      }
      return { isTaken: response.status === 202 };
    },
    onSuccess() {
      keys.settle();
      readAgain('worklist', 'counts');
    },
    async onError(error) {
      keys.settle(error);
      // A refusal too can have changed the journey, such as by a wrong code. What was typed stays, beside what is new.
      const isSignedOut = error instanceof ApiFailure && error.code === 'not_signed_in';
      if (isSignedOut || isOutcomeUnknown(error)) return;
      readAgain('worklist', 'counts');
      await queryClient.invalidateQueries(queries.journey(id));
    },
  });
}
