import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ActionFilters } from './filters';
import { journeyKey, noteRead, showInDetail, WORKLIST } from './live/agreement';
import { filterForApi } from './pages/worklist/filters';
import type { WorklistFilters } from './pages/worklist/filters';
import { bodyOf, get, queryClient } from './session';

const flag = <T extends boolean | undefined>(value: T) => (value ? ('true' as const) : undefined);

/** Everything that the pages read, by one key each. */
export const queries = {
  worklist: ({ caseNumber, ...filters }: WorklistFilters) =>
    infiniteQueryOptions({
      queryKey: [WORKLIST, { ...filterForApi(filters), caseNumber }],
      queryFn: async ({ pageParam: after }) => {
        const query = { ...filterForApi(filters), caseNumber, after };
        const page = await bodyOf(get('/api/clerk/worklist', { params: { query } }));
        page.entries.forEach(showInDetail);
        return page;
      },
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next,
    }),
  counts: (authority?: string) =>
    queryOptions({
      queryKey: ['counts', { authority }],
      queryFn: () => bodyOf(get('/api/clerk/worklist/counts', { params: { query: { authority } } })),
    }),
  views: () => queryOptions({ queryKey: ['views'], queryFn: () => bodyOf(get('/api/clerk/views')) }),
  colleagues: (id: string) =>
    queryOptions({
      queryKey: ['colleagues', id],
      queryFn: () => bodyOf(get('/api/clerk/journeys/{id}/colleagues', { params: { path: { id } } })),
    }),
  journey: (id: string) =>
    queryOptions({
      queryKey: journeyKey(id),
      queryFn: async () => {
        const journey = await bodyOf(get('/api/clerk/journeys/{id}', { params: { path: { id } } }));
        noteRead(id, journey.worklist);
        return journey;
      },
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
