// Binds the reads and use cases of the admin API to the engine and to the proxy's own search.
import type { AdminDependencies } from '../http/admin/admin-app.js';
import { createCatalogReader } from '../models/catalog/catalog-reader.js';
import { currentModel, requireCurrentModel } from '../models/lifecycle/current-model.js';
import { previewedModel } from '../models/lifecycle/previewed-model.js';
import { checkReadinessOf } from '../models/readiness/readiness.js';
import { recentEvents, summarizeEvents } from '../models/statistics/event-summary.js';
import { readReach } from '../models/statistics/profile-reach.js';
import { createUserRequests } from '../privacy/user-requests.js';
import { sampleUsers, usersById } from '../profiles/sample-users.js';
import { type PreviewDependencies, preview } from '../search/preview/preview.js';
import { readUserDetails } from '../search/preview/user-details.js';
import type { Services } from './create-services.js';

/** Of a user, those that are shown. */
const RECENT_EVENTS = 50;

export interface AdminQueryOptions extends Pick<PreviewDependencies, 'search' | 'products'> {
  readonly services: Omit<Services, 'lifecycle' | 'schedules'>;
  /** told who was erased, so that this process follows before it answers */
  readonly onErased: (userId: string) => Promise<void>;
}

export type AdminQueries = Pick<
  AdminDependencies,
  | 'catalogReader'
  | 'checkReadiness'
  | 'readReach'
  | 'recentEvents'
  | 'summarizeEvents'
  | 'preview'
  | 'listUsers'
  | 'readUser'
  | 'userRequests'
>;

export function createAdminQueries(options: AdminQueryOptions): AdminQueries {
  const { services, search, products, onErased } = options;
  const { engine, catalogs, modelStore, audit } = services;
  const { profiles } = search;
  const { readSession, now } = profiles;
  return {
    catalogReader: createCatalogReader(engine, catalogs),
    checkReadiness: (modelId) => checkReadinessOf(services, modelId),
    readReach: async (modelId) => readReach(engine, (await modelStore.get(modelId)).source),
    recentEvents: (limit) => recentEvents(engine, limit),
    summarizeEvents: () => summarizeEvents(engine),
    preview: (input) =>
      preview(
        { search, engine, catalogs, products, findModel: (selection) => previewedModel(services, selection) },
        input,
      ),
    async listUsers(limit, start) {
      const current = await currentModel(services);
      if (!current) return [];
      const sample = { engine, readProfiles: profiles.readProfiles, ...current };
      return start === undefined ? sampleUsers(sample, limit) : usersById(sample, start, limit);
    },
    readUser: (userId, category) =>
      readUserDetails(
        {
          profiles,
          engine,
          currentModel: () => requireCurrentModel(services),
          recentEvents: (id) => recentEvents(engine, RECENT_EVENTS, id),
        },
        userId,
        category,
      ),
    userRequests: createUserRequests({ engine, catalogs, audit, readSession, onErased, now }),
  };
}
