import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ActionFilters, FigureDays, MatterFilters } from './filters';
import { journeyKey, noteRead, showInDetail, WORKLIST } from './live/agreement';
import { filterForApi } from './pages/worklist/filters';
import type { WorklistFilters } from './pages/worklist/filters';
import { bodyOf, get, queryClient } from './session';

const flag = <T extends boolean | undefined>(value: T) => (value ? ('true' as const) : undefined);

const DAY = 24 * 3_600_000;
const dayInChina = (day: string) => Date.parse(`${day}T00:00:00+08:00`);

/** A search of actions as the api has it; the days of the page are days in China, both included. */
export function actionQuery({ from, until, ...filters }: ActionFilters) {
  return {
    ...filters,
    from: from && new Date(dayInChina(from)).toISOString(),
    until: until && new Date(dayInChina(until) + DAY).toISOString(),
  };
}

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
      getNextPageParam: ({ next }) => next,
    }),
  actions: (filters: ActionFilters) =>
    infiniteQueryOptions({
      queryKey: ['actions', filters],
      queryFn: ({ pageParam: after }) =>
        bodyOf(get('/api/clerk/actions', { params: { query: { ...actionQuery(filters), after } } })),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next,
    }),
  unusualUse: () =>
    queryOptions({ queryKey: ['unusual-use'], queryFn: () => bodyOf(get('/api/clerk/unusual-use')) }),
  checkFigures: (days: FigureDays) =>
    queryOptions({
      queryKey: ['figures', 'checks', days],
      placeholderData: keepPreviousData,
      queryFn: () =>
        bodyOf(get('/api/clerk/figures/checks', { params: { query: { days: `${days}` as const } } })),
    }),
  waitingFigures: () =>
    queryOptions({
      queryKey: ['figures', 'waiting'],
      queryFn: () => bodyOf(get('/api/clerk/figures/waiting')),
    }),
  decisionFigures: (days: FigureDays) =>
    queryOptions({
      queryKey: ['figures', 'decisions', days],
      placeholderData: keepPreviousData,
      queryFn: () =>
        bodyOf(get('/api/clerk/figures/decisions', { params: { query: { days: `${days}` as const } } })),
    }),
  vendorFigures: (days: FigureDays) =>
    queryOptions({
      queryKey: ['figures', 'vendors', days],
      placeholderData: keepPreviousData,
      queryFn: () =>
        bodyOf(get('/api/clerk/figures/vendors', { params: { query: { days: `${days}` as const } } })),
    }),
  authorities: () =>
    queryOptions({
      queryKey: ['authorities'],
      queryFn: () => bodyOf(get('/api/clerk/authorities')),
      staleTime: Infinity,
    }),
  matters: (filters: MatterFilters) =>
    infiniteQueryOptions({
      queryKey: ['matters', filters],
      queryFn: ({ pageParam: after }) => {
        const { olderThanDays, ...others } = filters;
        const query = { ...others, olderThanDays: olderThanDays?.toString(), after };
        return bodyOf(get('/api/clerk/matters', { params: { query } }));
      },
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next,
    }),
  matter: (registry: string, externalId: string) =>
    queryOptions({
      queryKey: ['matter', registry, externalId],
      queryFn: () =>
        bodyOf(
          get('/api/clerk/matters/{registry}/{externalId}', { params: { path: { registry, externalId } } }),
        ),
    }),
  flag: (flag: string) =>
    queryOptions({
      queryKey: ['flag', flag],
      queryFn: () => bodyOf(get('/api/clerk/flags/{flag}', { params: { path: { flag } } })),
    }),
  sessionsOf: (clerkId: string) =>
    queryOptions({
      queryKey: ['sessions-of', clerkId],
      queryFn: () => bodyOf(get('/api/clerk/clerks/{clerkId}/sessions', { params: { path: { clerkId } } })),
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
