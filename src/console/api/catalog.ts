// What a catalog and its events offer to choose from: fields, values, customers' attributes, counts, reach.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FieldList, ValueList } from '../../contract/catalog.js';
import type { EventSummary } from '../../contract/event-log.js';
import type { Reach } from '../../contract/profile-reach.js';
import { get, getIfThere } from './request.js';

const MINUTE = 60_000;

function pathOf(index: string): string {
  return `/catalogs/${encodeURIComponent(index)}`;
}

export function useFields(index: string) {
  return useQuery({
    queryKey: ['catalog', index, 'fields'],
    queryFn: async ({ signal }) => (await get<FieldList>(`${pathOf(index)}/fields`, signal)).fields,
    staleTime: MINUTE,
  });
}

/** The longest search that the server accepts. */
const MAX_SEARCH_LENGTH = 100;

/** @param text only values that contain it; the server looks through all of them */
export function useValues(index: string, field: string, text: string, enabled = true) {
  const q = text.slice(0, MAX_SEARCH_LENGTH);
  return useQuery({
    queryKey: ['catalog', index, 'values', field, q],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ field, q });
      return get<ValueList>(`${pathOf(index)}/values?${query}`, signal);
    },
    enabled,
    staleTime: MINUTE,
    placeholderData: keepPreviousData,
  });
}

/** Attributes that people can share; null where the server cannot tell. */
export function useCustomerFields(index: string) {
  return useQuery({
    queryKey: ['catalog', index, 'customers'],
    queryFn: async ({ signal }) =>
      (await getIfThere<FieldList>(`${pathOf(index)}/customers`, signal))?.fields ?? null,
    staleTime: MINUTE,
  });
}

export function useEventSummary(index: string) {
  return useQuery({
    queryKey: ['catalog', index, 'events'],
    queryFn: ({ signal }) =>
      getIfThere<EventSummary>(`/events/summary?catalog=${encodeURIComponent(index)}`, signal),
    staleTime: MINUTE,
  });
}

export function useReach(modelId: string) {
  return useQuery({
    queryKey: ['reach', modelId],
    queryFn: ({ signal }) => getIfThere<Reach>(`/reach?model=${encodeURIComponent(modelId)}`, signal),
    staleTime: MINUTE,
  });
}
