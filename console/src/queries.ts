import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ActionFilters, WorklistFilters } from './filters';
import { bodyOf, get, queryClient } from './session';

const flag = <T extends boolean | undefined>(value: T) => (value ? ('true' as const) : undefined);

/** Everything that the pages read, by one key each. */
export const queries = {
  worklist: ({ cause, mine, caseNumber }: WorklistFilters) =>
    infiniteQueryOptions({
      queryKey: ['worklist', { cause, mine, caseNumber }],
      queryFn: ({ pageParam: after }) =>
        bodyOf(
          get('/api/clerk/worklist', { params: { query: { cause, mine: flag(mine), caseNumber, after } } }),
        ),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next,
    }),
  journey: (id: string) =>
    queryOptions({
      queryKey: ['journey', id],
      queryFn: () => bodyOf(get('/api/clerk/journeys/{id}', { params: { path: { id } } })),
    }),
  complaints: (answered: boolean) =>
    infiniteQueryOptions({
      queryKey: ['complaints', { answered }],
      queryFn: ({ pageParam: after }) =>
        bodyOf(get('/api/clerk/complaints', { params: { query: { answered: flag(answered), after } } })),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next,
    }),
  flags: (all: boolean) =>
    infiniteQueryOptions({
      queryKey: ['flags', { all }],
      queryFn: ({ pageParam: after }) =>
        bodyOf(get('/api/clerk/flags', { params: { query: { open: flag(!all), after } } })),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ flags }) => flags.at(-1)?.id,
    }),
  actions: ({ clerk, subject }: ActionFilters) =>
    infiniteQueryOptions({
      queryKey: ['actions', { clerk, subject }],
      queryFn: ({ pageParam: before }) =>
        bodyOf(get('/api/clerk/actions', { params: { query: { clerk, subject, before } } })),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: ({ actions }) => actions.at(-1)?.id,
    }),
  accounts: () => queryOptions({ queryKey: ['accounts'], queryFn: () => bodyOf(get('/api/clerk/clerks')) }),
  factors: () => queryOptions({ queryKey: ['factors'], queryFn: () => bodyOf(get('/api/clerk/factors')) }),
  ownSessions: () =>
    queryOptions({ queryKey: ['own-sessions'], queryFn: () => bodyOf(get('/api/clerk/own-sessions')) }),
  acts: () =>
    queryOptions({ queryKey: ['acts'], queryFn: () => bodyOf(get('/api/clerk/administrative-acts')) }),
};

/** Has what is on the page read again, and the rest when it is shown next. */
export function readAgain(...keys: string[]): void {
  for (const key of keys) void queryClient.invalidateQueries({ queryKey: [key] });
}
