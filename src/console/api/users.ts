// Users: a sample of them or those by the beginning of their id, everything known about one, exporting and erasing.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Erasure, UserDetails, UserList } from '../../contract/user.js';
import { get, request } from './request.js';

/** @param q the beginning of an id; empty: a sample of users with different affinities */
export function useUsers(q: string, limit: number) {
  return useQuery({
    queryKey: ['users', q, limit],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ limit: String(limit), ...(q !== '' && { q }) });
      return (await get<UserList>(`/people?${query}`, signal)).people;
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** @param category whose affinities are read beside those in all products; empty: none */
export function useUser(id: string, category: string) {
  return useQuery({
    queryKey: ['user', id, category],
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
