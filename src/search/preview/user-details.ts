// One user as the admin API answers them: profile, affinities by source, latest events, and the boosts of a search.
import type { StoredEvent } from '../../contract/event-log.js';
import type { UserDetails } from '../../contract/user.js';
import type { BoostPlan } from '../../core/boost-plan/boost-plan.js';
import type { Catalog } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { ActiveModel } from '../../core/model/model.js';
import { valuesAt } from '../../core/product.js';
import type { ProfileDocument } from '../../core/profile/profile.js';
import type { ProfileSources } from '../visitor/profile-lookup.js';
import { readUserAffinities } from './user-affinities.js';

export interface UserDetailsDependencies {
  /** the proxy's own */
  readonly profiles: ProfileSources;
  /** by id; of products that have one */
  readonly readTitles: (catalog: Catalog, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
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
  const titles = await titlesOf(deps.readTitles, catalog, user.plan, recent);
  return {
    user_id: userId,
    model: active.model.id,
    version: active.version,
    profile: user.individual,
    affinities: user.affinities,
    categories: categoriesOf(user.individual),
    recent,
    titles: Object.fromEntries(titles),
    plan: titledPlan(user.plan, titles),
  };
}

/** Categories in which the user has a history, the largest first. */
function categoriesOf(individual: ProfileDocument | null): string[] {
  const sizes = (individual?.scopes ?? []).flatMap(({ category, fields }) =>
    category === null ? [] : [{ category, size: Math.max(0, ...fields.map(({ total }) => total)) }],
  );
  return sizes.sort((a, b) => b.size - a.size).map(({ category }) => category);
}

/** Titles of the products that are boosted by themselves, and of those in events. */
async function titlesOf(
  readTitles: UserDetailsDependencies['readTitles'],
  catalog: Catalog,
  { boosts }: BoostPlan,
  recent: readonly StoredEvent[],
): Promise<ReadonlyMap<string, string>> {
  const boosted = boosts.flatMap(({ product, value }) => (product ? [value] : []));
  const named = recent.flatMap((event) => valuesAt(event, 'event_attributes.object.object_id'));
  const titles = await readTitles(catalog, [...boosted, ...named]);
  return new Map([...titles].filter(([, title]) => title !== ''));
}

function titledPlan(
  { category, profiles, boosts }: BoostPlan,
  titles: ReadonlyMap<string, string>,
): UserDetails['plan'] {
  const titled = boosts.map((boost) => ({ ...boost, title: boost.product && titles.get(boost.value) }));
  return { category, profiles, boosts: titled };
}
