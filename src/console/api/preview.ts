// Previews: one search for one user, without personalization and under up to three models.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PreviewAnswer, PreviewInput } from '../../contract/preview.js';
import { request } from './request.js';

/** The previous lists stay on screen until the next ones are loaded. */
export function usePreview(input: PreviewInput) {
  return useQuery({
    queryKey: ['preview', input],
    queryFn: async ({ signal }) =>
      (await request<PreviewAnswer>('POST', '/preview', { body: input, signal })).data,
    enabled: input.variants.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
