// /api/readiness and /api/reach: whether a model can be trained, and how many users its profiles reach.
import { type Reach, reachQuery, reachSchema } from '../../../contract/profile-reach.js';
import { type Readiness, readinessQuery, readinessSchema } from '../../../contract/readiness.js';
import { type AdminRoute, routeWithQuery } from '../admin-route.js';

export interface ReadinessRouteDependencies {
  /**
   * @param modelId the catalog's default model where it is undefined
   * @param catalog the first one where it is undefined
   * Errors: `model-not-found`, `catalog-not-found` (404).
   */
  readonly checkReadiness: (modelId: string | undefined, catalog: string | undefined) => Promise<Readiness>;
  /** Error: `model-not-found` (404). */
  readonly readReach: (modelId: string) => Promise<Reach>;
}

export function readinessRoutes(deps: ReadinessRouteDependencies): AdminRoute[] {
  return [
    routeWithQuery({
      method: 'get',
      path: '/readiness',
      summary: 'What is missing before a model can be trained',
      query: readinessQuery,
      answer: readinessSchema,
      problems: [404],
      handle: async ({ query: { model, catalog } }) => ({ body: await deps.checkReadiness(model, catalog) }),
    }),
    routeWithQuery({
      method: 'get',
      path: '/reach',
      summary: 'How many users each profile of a model reaches today',
      query: reachQuery,
      answer: reachSchema,
      problems: [404],
      handle: async ({ query: { model } }) => ({ body: await deps.readReach(model) }),
    }),
  ];
}
