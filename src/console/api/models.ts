// Models of the API: reading, creating, replacing, deleting, saving, activating and rolling back.
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ModelList, ModelView } from '../../contract/model.js';
import type { Preset, PresetList } from '../../contract/preset.js';
import type { VersionList } from '../../contract/version.js';
import type { Model } from '../../core/model/model.js';
import { queryClient } from './query-client.js';
import { type ApiResponse, get, request } from './request.js';

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: async ({ signal }) => (await get<ModelList>('/models', signal)).models,
});

export function useModels() {
  // A training or a colleague may change their states at any time.
  return useQuery({ ...modelsQuery, refetchInterval: 10_000 });
}

export const modelQuery = (id: string) =>
  queryOptions({ queryKey: ['model', id], queryFn: ({ signal }) => readModel(id, signal) });

export function useModel(id: string) {
  return useQuery(modelQuery(id));
}

export function readModel(id: string, signal?: AbortSignal): Promise<ApiResponse<ModelView>> {
  return request<ModelView>('GET', pathOf(id), { signal });
}

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['versions', id],
    queryFn: async ({ signal }) => (await get<VersionList>(`${pathOf(id)}/versions`, signal)).versions,
  });

export function useVersions(id: string) {
  return useQuery(versionsQuery(id));
}

export const presetsQuery = queryOptions({
  queryKey: ['presets'],
  queryFn: async ({ signal }) => (await get<PresetList>('/presets', signal)).presets,
  staleTime: Infinity,
});

export function usePresets() {
  return useQuery(presetsQuery);
}

export async function createModel(
  input: Omit<Model, 'id'> | { readonly name: string; readonly preset: Preset['id'] },
): Promise<ModelView> {
  return (await request<ModelView>('POST', '/models', { body: input })).data;
}

/** @param etag of what the edits were made from */
export async function replaceModel(config: Model, etag: string): Promise<ApiResponse<ModelView>> {
  const response = await request<ModelView>('PUT', pathOf(config.id), { body: config, ifMatch: etag });
  queryClient.setQueryData(['model', config.id], response);
  return response;
}

export async function deleteModel(id: string, etag: string): Promise<void> {
  await request('DELETE', pathOf(id), { ifMatch: etag });
}

export async function saveVersion(id: string): Promise<ModelView> {
  return (await request<ModelView>('POST', `${pathOf(id)}/save`)).data;
}

/** @param force activates a version that was judged worse, too */
export async function activateModel(id: string, force: boolean): Promise<void> {
  await request('POST', `${pathOf(id)}/activate${force ? '?force=true' : ''}`);
}

/** @param force takes a newer version that was judged worse, too */
export async function rollBack(id: string, version: number, force: boolean): Promise<void> {
  await request('POST', `${pathOf(id)}/versions/${version}/rollback${force ? '?force=true' : ''}`);
}

export function pathOf(id: string): string {
  return `/models/${encodeURIComponent(id)}`;
}
