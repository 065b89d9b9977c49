// Readiness checks of fields: whether those a model weighs tell products apart, and customer attributes users.
import type { ReadinessCheck } from '../../contract/readiness.js';
import { type Catalog, customersIndex } from '../../core/catalog.js';
import { mappingPaths } from '../../core/field-location.js';
import { formatCount } from '../../core/format-count.js';
import type { Model } from '../../core/model/model.js';
import type { EngineClient } from '../../engine/client/client.js';
import { attributeOf } from '../catalog/affinity-field.js';
import { customerAttributes, customerStatistics } from '../catalog/catalog-fields.js';
import { fieldStatistics } from '../catalog/field-statistics.js';
import { weightedFields } from '../catalog/weighted-fields.js';
import { readBoostFields } from '../serving/boost-fields.js';

/** Share of products below which a field says nothing of most. */
const LOW_COVERAGE = 0.5;

/** One per field of the global list and of every override. Training fails when none tells products apart. */
export async function fieldChecks(
  engine: EngineClient,
  catalog: Catalog,
  model: Model,
): Promise<ReadinessCheck[]> {
  const [mapping, { conflicting }] = await Promise.all([
    engine.getMapping(catalog.index),
    readBoostFields(engine, catalog.index),
  ]);
  const weighted = weightedFields(model);
  const named = [...new Set(weighted.map(({ field }) => field))];
  const known = named.flatMap((field) => {
    const found = attributeOf(mapping ?? { properties: {} }, catalog, field);
    return 'reason' in found ? [] : [found];
  });
  const statistics = new Map(
    (await fieldStatistics(engine, catalog.index, known)).map((each) => [each.field, each]),
  );
  const alike = known.every(({ field }) => (statistics.get(field)?.distinct ?? 0) < 2);
  return weighted.map(({ field, weight, path }) => {
    const { coverage = 0, distinct = 0 } = statistics.get(field) ?? {};
    const found = `"${field}" has ${formatCount(distinct, 'value')} on ${Math.round(100 * coverage)} % of the products`;
    const useless = distinct < 2;
    const conflicts = mappingPaths(field).some((path) => conflicting.has(path));
    const message = conflicts
      ? `"${field}" is of different types in the indices of "${catalog.index}", so searches leave it out; give it one type`
      : useless
        ? `${found}: it tells no products apart; give its weight of ${weight} to another field`
        : coverage < LOW_COVERAGE
          ? `${found}: it says nothing of the others`
          : found;
    const warning = !alike && (conflicts || useless || coverage < LOW_COVERAGE);
    return { name: 'field', path, ok: !alike, warning, message, count: distinct };
  });
}

/** The attributes of demographic cohorts; nothing while the group profile is off or behavioral. */
export async function groupChecks(
  engine: EngineClient,
  catalog: Catalog,
  { profiles, group }: Model,
): Promise<ReadinessCheck[]> {
  if (!profiles.group || group.by !== 'demographic') return [];
  const check = (path: string, warning: boolean, message: string, count: number | null): ReadinessCheck => ({
    ...{ name: 'group', path, ok: true, warning, message, count },
  });
  if (group.attributes.length === 0)
    return [
      check(
        'group.attributes',
        true,
        'the group profile is on, but no customer attributes are chosen, so nobody has a group; choose some or switch it off',
        null,
      ),
    ];
  const customers = customersIndex(catalog.index);
  const known = (await customerAttributes(engine, catalog))?.offered;
  if (!known)
    return [
      check(
        'profiles.group',
        true,
        `the group profile is on, but there are no customers (index "${customers}"), so nobody has a group; load them or switch it off`,
        0,
      ),
    ];
  const chosen = known.filter(({ field }) => group.attributes.includes(field));
  const statistics = await customerStatistics(engine, catalog, chosen);
  return statistics.map(({ field, coverage, distinct }) => {
    const path = `group.attributes.${group.attributes.indexOf(field)}`;
    const found = `"${field}" has ${formatCount(distinct, 'value')}, known of ${Math.round(100 * coverage)} % of the people with events`;
    const useless = distinct < 2;
    const message = useless
      ? `${found}: it puts all in one group`
      : coverage < LOW_COVERAGE
        ? `${found}: the others have no group`
        : found;
    return check(path, useless, message, distinct);
  });
}
