// What the pickers offer: fields and values of a catalog, customers' attributes, counts of events, reach of profiles.
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { FieldList, ValueList } from '../../contract/catalog.js';
import type { EventSummary } from '../../contract/event-log.js';
import type { Reach } from '../../contract/profile-reach.js';
import { get, getIfThere } from './request.js';

const MINUTE_MS = 60_000;

function pathOf(index: string): string {
  return `/catalogs/${encodeURIComponent(index)}`;
}

export function useFields(index: string) {
  return useFieldList(index, ({ fields }) => fields);
}

/** Fields of the catalog that cannot carry an affinity, with the reasons. */
export function useRefusedFields(index: string) {
  return useFieldList(index, ({ refused }) => refused);
}

function useFieldList<T>(index: string, select: (list: FieldList) => T) {
  return useQuery({
    queryKey: ['catalog', index, 'fields'],
    queryFn: ({ signal }) => get<FieldList>(`${pathOf(index)}/fields`, signal),
    select,
    // Before a model is trained, a preview has no catalog.
    enabled: index !== '',
    staleTime: MINUTE_MS,
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
    staleTime: MINUTE_MS,
    placeholderData: keepPreviousData,
  });
}

/** Attributes of customers; null where the catalog is not configured. */
export function useCustomerFields(index: string) {
  return useQuery({
    queryKey: ['catalog', index, 'customers'],
    queryFn: async ({ signal }) =>
      (await getIfThere<FieldList>(`${pathOf(index)}/customers`, signal))?.fields ?? null,
    staleTime: MINUTE_MS,
  });
}

/** Of the whole event log. */
export const eventSummaryQuery = queryOptions({
  queryKey: ['catalog', 'events'],
  queryFn: ({ signal }) => get<EventSummary>('/events/summary', signal),
  staleTime: MINUTE_MS,
});

export function useEventSummary() {
  return useQuery(eventSummaryQuery);
}

export const reachQuery = (modelId: string) =>
  queryOptions({
    queryKey: ['reach', modelId],
    queryFn: ({ signal }) => getIfThere<Reach>(`/reach?model=${encodeURIComponent(modelId)}`, signal),
    staleTime: MINUTE_MS,
  });

export function useReach(modelId: string) {
  return useQuery(reachQuery(modelId));
}
