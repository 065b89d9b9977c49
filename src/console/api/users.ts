// Shoppers: a sample of them, those whose id begins so, and all that is known of one.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Erasure, UserDetails, UserList } from '../../contract/user.js';
import { get, request } from './request.js';

/** @param q the beginning of an id; empty: people with different tastes */
export function usePeople(q: string, limit: number) {
  return useQuery({
    queryKey: ['people', q, limit],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ limit: String(limit), ...(q !== '' && { q }) });
      return (await get<UserList>(`/people?${query}`, signal)).people;
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** @param category beside all products; empty: none */
export function usePerson(id: string, category: string) {
  return useQuery({
    queryKey: ['person', id, category],
    queryFn: ({ signal }) =>
      get<UserDetails>(
        `${pathOf(id)}${category === '' ? '' : `?${new URLSearchParams({ category })}`}`,
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}

/** Everything stored about them, as JSON text. */
export async function exportUser(id: string): Promise<string> {
  return JSON.stringify(await get<unknown>(`${pathOf(id)}/export`), null, 2);
}

export async function eraseUser(id: string): Promise<Erasure> {
  return (await request<Erasure>('DELETE', pathOf(id), { ifMatch: '*' })).data;
}

function pathOf(id: string): string {
  return `/users/${encodeURIComponent(id)}`;
}
