// What people look at when they ask why: readiness, events, reach, the audit trail.
import { auditListSchema, auditQuery } from '../../../contract/audit.js';
import { eventListQuery, eventListSchema, eventSummarySchema } from '../../../contract/event-log.js';
import { reachQuery, reachSchema } from '../../../contract/profile-reach.js';
import { readinessQuery, readinessSchema } from '../../../contract/readiness.js';
import type { Catalog } from '../../../core/catalog.js';
import type { EngineClient } from '../../../engine/client/client.js';
import { summarizeEvents } from '../../../models/readiness/event-summary.js';
import { readReach } from '../../../models/readiness/profile-reach.js';
import { checkReadiness } from '../../../models/readiness/readiness.js';
import type { Audit } from '../../../models/store/audit.js';
import { EVENTS_INDEX } from '../../../models/store/index-names.js';
import type { ModelStore } from '../../../models/store/model-store.js';
import { type AdminRoute, route, routeWithQuery } from '../admin-route.js';

export function insightRoutes(deps: {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
  readonly modelStore: ModelStore;
  readonly audit: Audit;
}): AdminRoute[] {
  const { engine, catalogs, modelStore, audit } = deps;
  return [
    routeWithQuery({
      method: 'get',
      path: '/readiness',
      summary: 'What is missing before a model can be trained',
      query: readinessQuery,
      answer: readinessSchema,
      problems: [404],
      async handle({ query: { model: id } }) {
        const model =
          id === undefined
            ? (await modelStore.list()).map((record) => record.model)[0]
            : (await modelStore.get(id)).source.model;
        return { body: await checkReadiness(engine, catalogs, model ?? null) };
      },
    }),
    routeWithQuery({
      method: 'get',
      path: '/events/recent',
      summary: 'The latest events, newest first, as they are stored',
      query: eventListQuery,
      answer: eventListSchema,
      async handle({ query: { limit } }) {
        const answer = await engine.search(EVENTS_INDEX, { size: limit, sort: [{ timestamp: 'desc' }] });
        return { body: { events: answer.hits.hits.map(({ _source }) => _source) } };
      },
    }),
    route({
      method: 'get',
      path: '/events/summary',
      summary: 'How many events of which kind there are, since when, and how many each time decay looks at',
      answer: eventSummarySchema,
      handle: async () => ({ body: await summarizeEvents(engine) }),
    }),
    routeWithQuery({
      method: 'get',
      path: '/reach',
      summary: 'How many shoppers each profile of a model reaches today',
      query: reachQuery,
      answer: reachSchema,
      problems: [404],
      async handle({ query: { model: id } }) {
        const { model, versions } = (await modelStore.get(id)).source;
        const [newest = null] = [...versions].sort((a, b) => b.version - a.version);
        return { body: await readReach(engine, model, newest) };
      },
    }),
    routeWithQuery({
      method: 'get',
      path: '/audit',
      summary: 'Who changed what, newest first',
      query: auditQuery,
      answer: auditListSchema,
      handle: async ({ query: { limit } }) => ({ body: { entries: await audit.latest(limit) } }),
    }),
  ];
}
