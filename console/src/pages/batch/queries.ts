import { queryOptions } from '@tanstack/react-query';
import type { SingleDecision } from '../../../../domain/decisions';
import { bodyOf, get, post } from '../../session';
import { filterForApi } from '../worklist/filters';
import type { WorklistFilters } from '../worklist/filters';

/** What the pages about batches read. */
export const batchQueries = {
  preview: (filters: WorklistFilters, decision: SingleDecision = 'retry') =>
    queryOptions({
      queryKey: ['batch-preview', filterForApi(filters), decision],
      // It shows how things are when it is opened; while it is read it stays as it is.
      staleTime: 0,
      refetchOnWindowFocus: false,
      queryFn: () =>
        bodyOf(post('/api/clerk/batch-previews', { body: { filter: filterForApi(filters), decision } })),
    }),
  batches: () => queryOptions({ queryKey: ['batches'], queryFn: () => bodyOf(get('/api/clerk/batches')) }),
  batch: (id: string) =>
    queryOptions({
      queryKey: ['batch', id],
      queryFn: () => bodyOf(get('/api/clerk/batches/{batch}', { params: { path: { batch: id } } })),
    }),
};
