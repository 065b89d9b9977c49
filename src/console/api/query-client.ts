// The cache of what the API answered: read again when a page asks for it anew, never retried after a refusal.
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
 * What a change to a model may have changed. The catalog's fields and values are not among it.
 * @param gone the id of a model that was deleted: nothing more is asked about it
 */
export async function refreshModels(gone?: string): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [first, id] }) => first !== 'catalog' && (gone === undefined || id !== gone),
  });
}
