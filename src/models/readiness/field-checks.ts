// Whether the fields and attributes a model names tell products and people apart.
import type { ReadinessCheck } from '../../contract/readiness.js';
import type { Catalog } from '../../core/catalog.js';
import { formatCount } from '../../core/format-count.js';
import type { Model } from '../../core/model/model.js';
import type { EngineClient } from '../../engine/client/client.js';
import { affinityFieldsOf } from '../catalog/affinity-field.js';
import { CUSTOMER_IDS, fieldStatistics } from '../catalog/catalog-fields.js';
import { readBoostFields } from '../serving/boost-fields.js';

/** Share of products below which a field says nothing of most. */
const LOW_COVERAGE = 0.5;

/** One per field of the global list and of every override. Training fails when none tells products apart. */
export async function fieldChecks(
  engine: EngineClient,
  catalog: Catalog,
  model: Model,
): Promise<ReadinessCheck[]> {
  const mapping = await engine.getMapping(catalog.index);
  const lists = [
    { path: 'globalAffinityFields', fields: model.globalAffinityFields },
    ...model.categoryOverrides.map(({ fields }, position) => ({
      path: `categoryOverrides.${position}.fields`,
      fields,
    })),
  ];
  const named = new Set(lists.flatMap(({ fields }) => fields.map(({ field }) => field)));
  const known = affinityFieldsOf(mapping?.properties ?? {}, catalog).filter(({ field }) => named.has(field));
  const statistics = new Map(
    (await fieldStatistics(engine, catalog.index, known)).map((each) => [each.field, each]),
  );
  const { conflicting } = await readBoostFields(engine, catalog.index);
  const alike = known.every(({ field }) => (statistics.get(field)?.distinct ?? 0) < 2);
  return lists.flatMap(({ path, fields }) =>
    fields.map(({ field, weight }, position) => {
      const { coverage = 0, distinct = 0 } = statistics.get(field) ?? {};
      const found = `"${field}" has ${formatCount(distinct, 'value')} on ${Math.round(100 * coverage)} % of the products`;
      const useless = distinct < 2;
      const message = conflicting.has(field)
        ? `"${field}" is of different types in the indices of "${catalog.index}", so searches leave it out; give it one type`
        : useless
          ? `${found}: it tells no products apart; give its weight of ${weight} to another field`
          : coverage < LOW_COVERAGE
            ? `${found}: it says nothing of the others`
            : found;
      return {
        name: 'field',
        path: `${path}.${position}`,
        ok: !alike,
        warning: !alike && (conflicting.has(field) || useless || coverage < LOW_COVERAGE),
        message,
        count: distinct,
      };
    }),
  );
}

/** What demographic cohorts are made of; nothing while the group profile is off or made otherwise. */
export async function groupCheck(
  engine: EngineClient,
  customers: string,
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
  const mapping = await engine.getMapping(customers);
  if (!mapping)
    return [
      check(
        'profiles.group',
        true,
        `the group profile is on, but there are no customers (index "${customers}"), so nobody has a group; load them or switch it off`,
        0,
      ),
    ];
  const known = affinityFieldsOf(mapping.properties, CUSTOMER_IDS);
  const counts = await fieldStatistics(
    engine,
    customers,
    known.filter(({ field }) => group.attributes.includes(field)),
  );
  return counts.map(({ field, coverage, distinct }) => {
    const path = `group.attributes.${group.attributes.indexOf(field)}`;
    const found = `"${field}" has ${formatCount(distinct, 'value')} for ${Math.round(100 * coverage)} % of the customers`;
    const useless = distinct < 2;
    return check(path, useless, useless ? `${found}: it puts all in one group` : found, distinct);
  });
}
