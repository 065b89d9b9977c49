// The cache of API responses: refetched when a page is opened again, retried only when the API cannot be reached.
import { type FetchQueryOptions, QueryClient, type QueryKey } from '@tanstack/react-query';
import { ApiError } from './request.js';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.status === 0,
    },
  },
});

/**
 * Refetches what a change to a model may have changed: everything but the catalog's fields and values.
 * @param gone the id of a model that was deleted, whose resources are not read again
 */
export async function refreshModels(gone?: string): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [first, id] }) => first !== 'catalog' && (gone === undefined || id !== gone),
  });
}

/** Begins a read that a page is about to show, unless it is under way or fresh. An error is told where it is shown. */
export function readAhead<Data, Kept, Key extends QueryKey>(
  query: FetchQueryOptions<Data, Error, Kept, Key>,
): void {
  void queryClient.prefetchQuery(query);
}
