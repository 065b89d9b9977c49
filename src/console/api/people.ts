// Shoppers: a sample of them, those whose id begins so, and all that is known of one.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, request } from './request.js';

export interface PersonSummary {
  readonly user_id: string;
  readonly events: number;
  /** tastes in words */
  readonly words: string;
  readonly cohort: string | null;
}

export interface PersonValue {
  readonly value: string;
  /** shares, 0–1 */
  readonly individual: number;
  readonly session: number;
  readonly group: number;
  readonly population: number;
  /** times as much as everybody's */
  readonly lift: number;
  readonly x: number;
}

export interface PersonField {
  /** null: all products */
  readonly category: string | null;
  readonly field: string;
  readonly values: readonly PersonValue[];
}

export interface PersonBoost {
  readonly field: string;
  readonly value: string;
  readonly factor: number;
  readonly profile: string;
  readonly range?: { readonly gte?: number; readonly lt?: number };
  readonly product?: 'buy_again' | 'related';
  readonly title?: string;
  readonly categories?: readonly string[];
}

export interface PersonEvent {
  readonly action_name: string;
  readonly timestamp?: string;
  readonly user_query?: string;
  readonly event_attributes?: { readonly object?: { readonly object_id?: string } };
}

export interface Person {
  readonly user_id: string;
  readonly model: string;
  readonly version: number;
  readonly profile: { readonly events: number; readonly cohort?: string | null } | null;
  readonly affinities: readonly PersonField[];
  /** most first */
  readonly categories: readonly string[];
  /** newest first */
  readonly recent: readonly PersonEvent[];
  readonly plan: { readonly profiles: readonly string[]; readonly boosts: readonly PersonBoost[] };
}

export interface Erased {
  readonly erased: { readonly events: number; readonly profiles: number; readonly customers: number };
}

/** @param q the beginning of an id; empty: people with different tastes */
export function usePeople(q: string, limit: number) {
  return useQuery({
    queryKey: ['people', q, limit],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ limit: String(limit), ...(q !== '' && { q }) });
      return (await get<{ people: PersonSummary[] }>(`/people?${query}`, signal)).people;
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
      get<Person>(`${pathOf(id)}${category === '' ? '' : `?${new URLSearchParams({ category })}`}`, signal),
    placeholderData: keepPreviousData,
  });
}

/** Everything stored about them, as JSON text. */
export async function exportUser(id: string): Promise<string> {
  return JSON.stringify(await get<unknown>(`${pathOf(id)}/export`), null, 2);
}

export async function eraseUser(id: string): Promise<Erased> {
  return (await request<Erased>('DELETE', pathOf(id), { ifMatch: '*' })).data;
}

function pathOf(id: string): string {
  return `/users/${encodeURIComponent(id)}`;
}
