// Previews: one search for one user, without personalization and under up to three models.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PreviewAnswer, PreviewInput } from '../../contract/preview.js';
import type { PreviewExamples, PreviewExamplesInput } from '../../contract/preview-examples.js';
import { request } from './request.js';

/** The previous lists stay on screen until the next ones are loaded. */
export function usePreview(input: PreviewInput, enabled: boolean) {
  return useQuery({
    queryKey: ['preview', input],
    queryFn: async ({ signal }) =>
      (await request<PreviewAnswer>('POST', '/preview', { body: input, signal })).data,
    enabled: enabled && input.variants.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** One piece of the examples. */
export async function findExamples(
  input: PreviewExamplesInput,
  signal: AbortSignal,
): Promise<PreviewExamples> {
  return (await request<PreviewExamples>('POST', '/preview/examples', { body: input, signal })).data;
}
