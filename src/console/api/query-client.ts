// The cache of API responses: refetched when a page is opened again, retried only when the API cannot be reached.
import { QueryClient } from '@tanstack/react-query';
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
