// /api/people and /api/users: shoppers to look at, and all that is known of one.

import {
  erasedSchema,
  userDetailsSchema,
  userExportSchema,
  userListQuery,
  userListSchema,
  userQuery,
} from '../../../contract/user.js';
import type { Catalog } from '../../../core/catalog.js';
import { KindredError } from '../../../core/errors.js';
import { formatCount } from '../../../core/format-count.js';
import type { ActiveModel } from '../../../core/model/model.js';
import { sourcePath, valuesAt } from '../../../core/product.js';
import type { EngineClient } from '../../../engine/client/client.js';
import { userHash } from '../../../engine/documents/user-hash.js';
import { currentModel, requireCurrentModel } from '../../../models/lifecycle/current-version.js';
import { peopleById, samplePeople } from '../../../models/readiness/sample-users.js';
import type { Audit } from '../../../models/store/audit.js';
import { EVENTS_INDEX } from '../../../models/store/index-names.js';
import type { ModelStore } from '../../../models/store/model-store.js';
import type { SettingsStore } from '../../../models/store/settings-store.js';
import { eraseUser } from '../../../privacy/erase-user.js';
import { exportUser } from '../../../privacy/export-user.js';
import type { PreviewContext } from '../../../search/preview/preview.js';
import { readUserAffinities, type UserAffinities } from '../../../search/preview/user-affinities.js';
import { type AdminRoute, route, routeWithQuery } from '../admin-route.js';
import { checkIfMatch } from '../etag.js';

const RECENT_EVENTS = 50;
/** A person is no document with a revision: only `*` matches. */
const NO_TAG = '';

export interface PeopleDependencies {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
  readonly modelStore: ModelStore;
  readonly settingsStore: SettingsStore;
  readonly audit: Audit;
  /** told who was erased, so that this process follows before it answers */
  readonly onErased: (userId: string) => Promise<void>;
  /** what the proxy searches with */
  readonly search: PreviewContext;
}

export function peopleRoutes(deps: PeopleDependencies): AdminRoute[] {
  const { engine, catalogs, search } = deps;

  function catalogOf({ model }: ActiveModel): Catalog {
    const catalog = catalogs.find(({ index }) => index === model.catalog);
    if (catalog) return catalog;
    const message = `catalog "${model.catalog}" is not configured`;
    throw new KindredError('catalog-not-configured', message, { status: 409 });
  }

  return [
    routeWithQuery({
      method: 'get',
      path: '/people',
      summary: 'Shoppers of what serves, else of the newest trained version: with different tastes, or by id',
      query: userListQuery,
      answer: userListSchema,
      problems: [409],
      async handle({ query: { limit, q } }) {
        const active = await currentModel(deps);
        if (!active) return { body: { people: [] } };
        const { readProfiles } = search.profiles;
        const options = { engine, active, catalog: catalogOf(active), readProfiles };
        const people = q === undefined ? samplePeople(options, limit) : peopleById(options, q, limit);
        return { body: { people: await people } };
      },
    }),
    routeWithQuery({
      method: 'get',
      path: '/users/{id}',
      summary:
        'One shopper: profile, affinities by source, latest events, and what a search would be boosted by',
      query: userQuery,
      answer: userDetailsSchema,
      problems: [409],
      async handle({ param, query: { category = null } }) {
        const active = await requireCurrentModel(deps);
        const person = await readUserAffinities(search.profiles, active, param('id'), category);
        if (typeof person === 'string')
          throw new KindredError(
            person,
            'the profiles cannot be read now; train the model again if this stays',
            {
              status: 503,
            },
          );
        const recent = await recentEvents(engine, param('id'));
        if (!person.individual && recent.length === 0 && person.session.length === 0)
          throw new KindredError('profile-not-found', 'nothing is known of this user', { status: 404 });
        return {
          body: {
            user_id: param('id'),
            model: active.model.id,
            version: active.version,
            profile: person.individual,
            affinities: person.affinities,
            categories: categoriesOf(person),
            recent,
            plan: await shownPlan(engine, catalogOf(active), person),
          },
        };
      },
    }),
    route({
      method: 'delete',
      path: '/users/{id}',
      role: 'admin',
      summary: 'Erase one person: profiles, events, session, attributes; proxies and trainers follow at once',
      status: 202,
      needsIfMatch: true,
      answer: erasedSchema,
      async handle({ param, actor, ifMatch }) {
        checkIfMatch(ifMatch, NO_TAG);
        const erased = await eraseUser({ engine, catalogs, now: search.profiles.now }, param('id'));
        await deps.onErased(param('id'));
        const detail = `${formatCount(erased.events, 'event')}, ${formatCount(erased.profiles, 'profile')}`;
        await deps.audit.record({ actor, action: 'erase', resource: auditName(param('id')), detail });
        return { body: { erased, tombstone: true } };
      },
    }),
    route({
      method: 'get',
      path: '/users/{id}/export',
      role: 'admin',
      summary: 'Everything stored about one person: events, profiles of all versions, session, attributes',
      answer: userExportSchema,
      async handle({ param, actor }) {
        const stores = { engine, catalogs, readSession: search.profiles.readSession };
        const exported = await exportUser(stores, param('id'));
        const resource = auditName(param('id'));
        await deps.audit.record({ actor, action: 'export', resource, detail: '' });
        const exported_at = new Date(search.profiles.now()).toISOString();
        return { body: { ...exported, exported_at }, fileName: 'person.json' };
      },
    }),
  ];
}

/** The audit trail outlives the person. */
function auditName(userId: string): string {
  return `users/${userHash(userId).slice(0, 16)}`;
}

async function recentEvents(engine: EngineClient, userId: string): Promise<object[]> {
  const query = { term: { user_id: userId } };
  const sort = [{ timestamp: 'desc' }];
  const { hits } = await engine.search(EVENTS_INDEX, { size: RECENT_EVENTS, query, sort });
  return hits.hits.map(({ _source }) => _source);
}

function categoriesOf({ individual }: UserAffinities): string[] {
  const sizes = (individual?.scopes ?? []).flatMap(({ category, fields }) =>
    category === null ? [] : [{ category, size: Math.max(0, ...fields.map(({ total }) => total)) }],
  );
  return sizes.sort((a, b) => b.size - a.size).map(({ category }) => category);
}

/** Single products with their titles: an id tells nobody anything. */
async function shownPlan(engine: EngineClient, { index, titleField }: Catalog, { plan }: UserAffinities) {
  const ids = plan.boosts.flatMap(({ product, value }) => (product ? [value] : []));
  const path = sourcePath(titleField);
  const found = await engine.mget(index, ids, [path]);
  const titles = new Map(found.flatMap((hit) => (hit ? [[hit.id, valuesAt(hit.source, path)[0]]] : [])));
  const { category, profiles, boosts } = plan;
  const titled = boosts.map((boost) => {
    const title = boost.product && titles.get(boost.value);
    return { ...boost, ...(title !== undefined && { title }) };
  });
  return { category, profiles, boosts: titled };
}
