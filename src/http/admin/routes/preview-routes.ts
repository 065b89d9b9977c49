// /api/preview: what a search shows a user under any model, saved or not, beside what it shows without.
import {
  type ParsedPreviewInput,
  type PreviewAnswer,
  previewInputSchema,
  previewSchema,
} from '../../../contract/preview.js';
import {
  type ParsedPreviewExamplesInput,
  type PreviewExamples,
  previewExamplesInputSchema,
  previewExamplesSchema,
} from '../../../contract/preview-examples.js';
import { parseContent } from '../../../core/parse-content.js';
import { type AdminRoute, route } from '../admin-route.js';

export interface PreviewRouteDependencies {
  readonly preview: (input: ParsedPreviewInput) => Promise<PreviewAnswer>;
  readonly previewExamples: (input: ParsedPreviewExamplesInput) => Promise<PreviewExamples>;
}

export function previewRoutes(deps: PreviewRouteDependencies): AdminRoute[] {
  return [
    route({
      method: 'post',
      path: '/preview',
      role: 'viewer',
      summary: 'One search for one user, without personalization and under one to three models, with reasons',
      body: previewInputSchema,
      answer: previewSchema,
      problems: [404, 409],
      handle: async ({ body }) => ({
        body: await deps.preview(parseContent(previewInputSchema, body, 'preview')),
      }),
    }),
    route({
      method: 'post',
      path: '/preview/examples',
      role: 'viewer',
      summary:
        'Frequent searches of sample users, piece by piece: those whose lists differ most between two variants',
      body: previewExamplesInputSchema,
      answer: previewExamplesSchema,
      problems: [404, 409],
      handle: async ({ body }) => ({
        body: await deps.previewExamples(
          parseContent(previewExamplesInputSchema, body, 'choice of examples'),
        ),
      }),
    }),
  ];
}
