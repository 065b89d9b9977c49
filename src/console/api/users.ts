// Users: a sample of them or those by the beginning of their id, everything known about one, exporting and erasing.
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { Erasure, UserDetails, UserList } from '../../contract/user.js';
import { get, request } from './request.js';

/** Of the preview. */
export const SAMPLE_SIZE = 6;
/** Of the page of shoppers. */
export const SHOWN_USERS = 24;

/** @param q the beginning of an id; empty: a sample of users with different affinities */
export const usersQuery = (q: string, limit: number) =>
  queryOptions({
    queryKey: ['users', q, limit],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ limit: String(limit), ...(q !== '' && { q }) });
      return (await get<UserList>(`/people?${query}`, signal)).people;
    },
    staleTime: 60_000,
  });

export function useUsers(q: string, limit: number) {
  return useQuery({ ...usersQuery(q, limit), placeholderData: keepPreviousData });
}

/** @param category whose affinities are read beside those in all products; empty: none */
export const userQuery = (id: string, category: string) =>
  queryOptions({
    queryKey: ['user', id, category],
    queryFn: ({ signal }) =>
      get<UserDetails>(
        `${pathOf(id)}${category === '' ? '' : `?${new URLSearchParams({ category })}`}`,
        signal,
      ),
  });

export function useUser(id: string, category: string) {
  return useQuery({ ...userQuery(id, category), placeholderData: keepPreviousData });
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
