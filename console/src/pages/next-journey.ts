import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { post } from '../session';
import { readWorklistFilters } from './worklist/filters';

interface Decided {
  said: string;
  journey: string;
}

/** Claims what waits first and opens it. `data` is null if nothing more waits. */
export function useNextJourney() {
  const navigate = useNavigate();
  return useMutation<{ journey: string } | null, Error, Decided | undefined>({
    mutationFn: async () => (await post('/api/clerk/worklist/next', { body: {} })).data ?? null,
    async onSuccess(next, decided) {
      if (!next) return;
      await navigate({
        to: '/journeys/$id',
        params: { id: next.journey },
        search: (search) => readWorklistFilters({ ...search }),
        state: { decided },
      });
    },
  });
}
