import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { bodyOf, post } from '../session';
import { readWorklistFilters } from './worklist/filters';

interface Decided {
  said: string;
  journey: string;
}

/** Claims what waits first and opens it. `data` is null if nothing more waits. */
export function useNextJourney() {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (_?: Decided) => (await bodyOf(post('/api/clerk/worklist/next', { body: {} }))) ?? null,
    onSuccess: (next, decided) =>
      next &&
      navigate({
        to: '/journeys/$id',
        params: { id: next.journey },
        search: (search) => readWorklistFilters({ ...search }),
        state: { decided },
      }),
  });
}
