// Checks a model's content against its rules and against the live mapping of its catalog.
import { type Catalog, customersIndex } from '../../core/catalog.js';
import type { Finding } from '../../core/errors.js';
import { type Model, modelSchema } from '../../core/model/model.js';
import { invalidContent, parseContent } from '../../core/parse-content.js';
import type { EngineClient, IndexMapping } from '../../engine/client/client.js';
import { propertyAt } from '../../engine/indices/mapping-property.js';
import { attributeOf } from '../catalog/affinity-field.js';
import { weightedFields } from '../catalog/weighted-fields.js';

/**
 * A complete, valid model.
 * @throws KindredError `invalid-content` (422): rules first; then an unknown or missing catalog; then fields
 * that are not in the catalog's mapping (group attributes: in its customers' mapping, when there is one)
 */
export async function checkModel(
  engine: EngineClient,
  catalogs: readonly Catalog[],
  input: unknown,
): Promise<Model> {
  const model = parseContent(modelSchema, input, 'model');
  const catalog = catalogs.find(({ index }) => index === model.catalog);
  if (!catalog) {
    const known = catalogs.map(({ index }) => index).join(', ');
    throw wrongCatalog(`"${model.catalog}" is not a configured catalog; configured: ${known}`);
  }
  const [mapping, customers] = await Promise.all([
    engine.getMapping(catalog.index),
    engine.getMapping(customersIndex(catalog.index)),
  ]);
  if (!mapping) throw wrongCatalog(`index "${catalog.index}" does not exist yet; load the catalog first`);
  const errors = [
    ...fieldFindings(model, catalog, mapping),
    ...(customers ? attributeFindings(model, customers.properties) : []),
  ];
  if (errors.length > 0) throw invalidContent('model', errors);
  return model;
}

function wrongCatalog(message: string) {
  return invalidContent('model', [{ path: 'catalog', message }]);
}

function fieldFindings(model: Model, catalog: Catalog, mapping: IndexMapping): Finding[] {
  return weightedFields(model).flatMap(({ field, path }) => {
    const found = attributeOf(mapping, catalog, field);
    return 'reason' in found ? [{ path: `${path}.field`, message: wordsOf(field, found.reason) }] : [];
  });
}

function wordsOf(field: string, reason: string): string {
  return reason.startsWith('is not')
    ? `"${field}" ${reason}`
    : `"${field}" cannot carry an affinity: it ${reason}`;
}

/** Behavioral cohorts need no attributes. */
function attributeFindings(model: Model, properties: IndexMapping['properties']): Finding[] {
  if (model.group.by !== 'demographic') return [];
  return model.group.attributes.flatMap((attribute, position) =>
    propertyAt(properties, attribute)
      ? []
      : [
          {
            path: `group.attributes.${position}`,
            message: `"${attribute}" is not an attribute of the customers of catalog "${model.catalog}"`,
          },
        ],
  );
}
