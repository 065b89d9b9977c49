// One user as the admin API answers them: profile, affinities by source, latest events, and the boosts of a search.
import type { StoredEvent } from '../../contract/event-log.js';
import type { UserDetails } from '../../contract/user.js';
import type { BoostPlan } from '../../core/boost-plan/boost-plan.js';
import type { Catalog } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { ActiveModel } from '../../core/model/model.js';
import { valuesAt } from '../../core/product.js';
import type { ProfileDocument } from '../../core/profile/profile.js';
import type { EngineClient } from '../../engine/client/client.js';
import type { ProfileSources } from '../visitor/profile-lookup.js';
import { readUserAffinities } from './user-affinities.js';

export interface UserDetailsDependencies {
  /** the proxy's own */
  readonly profiles: ProfileSources;
  readonly engine: Pick<EngineClient, 'mget'>;
  /** the model under which users are shown, with the catalog it is for */
  readonly currentModel: () => Promise<{ readonly active: ActiveModel; readonly catalog: Catalog }>;
  /** the user's latest events, newest first */
  readonly recentEvents: (userId: string) => Promise<readonly StoredEvent[]>;
}

/**
 * @param category a scope beside all products; null: none
 * Errors: those of `currentModel`, `profile-not-found` (404), `profile-timeout` and `profile-error` (503).
 */
export async function readUserDetails(
  deps: UserDetailsDependencies,
  userId: string,
  category: string | null,
): Promise<UserDetails> {
  const { active, catalog } = await deps.currentModel();
  const [user, recent] = await Promise.all([
    readUserAffinities(deps.profiles, active, userId, category),
    deps.recentEvents(userId),
  ]);
  if (typeof user === 'string') {
    const message = 'the profiles cannot be read now; train the model again if this stays';
    throw new KindredError(user, message, { status: 503 });
  }
  if (!user.individual && recent.length === 0 && user.session.length === 0)
    throw new KindredError('profile-not-found', 'nothing is known of this user', { status: 404 });
  return {
    user_id: userId,
    model: active.model.id,
    version: active.version,
    profile: user.individual,
    affinities: user.affinities,
    categories: categoriesOf(user.individual),
    recent,
    plan: await titledPlan(deps.engine, catalog, user.plan),
  };
}

/** Categories in which the user has a history, the largest first. */
function categoriesOf(individual: ProfileDocument | null): string[] {
  const sizes = (individual?.scopes ?? []).flatMap(({ category, fields }) =>
    category === null ? [] : [{ category, size: Math.max(0, ...fields.map(({ total }) => total)) }],
  );
  return sizes.sort((a, b) => b.size - a.size).map(({ category }) => category);
}

/** Boosts of single products get their titles: an id alone is hard to recognize. */
async function titledPlan(
  engine: Pick<EngineClient, 'mget'>,
  { index, titleField }: Catalog,
  { category, profiles, boosts }: BoostPlan,
): Promise<UserDetails['plan']> {
  const ids = boosts.flatMap(({ product, value }) => (product ? [value] : []));
  // Of a sub-field (`title.raw`) the title is where its field is.
  const paths = [titleField, titleField.replace(/\.[^.]+$/, '')];
  const found = await engine.mget(index, ids, paths);
  const titleOf = (source: unknown) => paths.flatMap((path) => valuesAt(source, path))[0];
  const titles = new Map(found.flatMap((hit) => (hit ? [[hit.id, titleOf(hit.source)]] : [])));
  const titled = boosts.map((boost) => ({ ...boost, title: boost.product && titles.get(boost.value) }));
  return { category, profiles, boosts: titled };
}
