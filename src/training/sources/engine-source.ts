// Training from the engine: brings events, catalog and customers into the shape of a dataset.
import { LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { type Catalog, customersIndex } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import { locatedValues, membersFor, withComputed } from '../../core/field-location.js';
import { affinityFields, type Model } from '../../core/model/model.js';
import { categoriesOf, valuesAt } from '../../core/product.js';
import { sqlName, sqlString } from '../../duckdb/duckdb.js';
import { createRowWriter } from '../../duckdb/row-writer.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { EngineClient } from '../../engine/client/client.js';
import { isSeveral } from '../../engine/documents/several-indices.js';
import {
  fieldType,
  type MappedField,
  mappedFields,
  resolveField,
} from '../../engine/indices/mapped-fields.js';
import type { EventArchive } from './archive/event-archive.js';
import { syncEvents } from './archive/sync-events.js';
import { copyIndex } from './copy-index.js';
import { surveyEventIndex } from './event-survey.js';
import type { TrainingSource } from './training-source.js';

const SQL = readSqlFile(new URL('engine-source.sql', import.meta.url));

export interface EngineSourceOptions {
  readonly engine: EngineClient;
  /** the fields and attributes of all of these are read */
  readonly models: readonly Model[];
  readonly catalog: Catalog;
  readonly eventsIndex: string;
  readonly archive: EventArchive;
  /** a folder of this run */
  readonly folder: string;
  readonly signal?: AbortSignal;
}

/** milliseconds since the epoch */
const BEFORE_ALL_TIME = -8.64e15;

/** Reads the events of the window, of whatever type and of whomever. Errors: `no-events`, `no-catalog` (422), and the engine's own. */
export function createEngineSource(
  steps: SqlSteps,
  { engine, models, catalog, eventsIndex, archive, folder, signal }: EngineSourceOptions,
): TrainingSource {
  const { connection } = steps;
  const fields = [...new Set(models.flatMap(affinityFields))];
  const attributes = [...new Set(models.flatMap(({ group }) => group.attributes))];
  const customers = customersIndex(catalog.name);
  let hasCustomers = false;
  let mapped: readonly MappedField[] = [];

  async function requireIndex(index: string, code: string, cure: string): Promise<void> {
    if (await engine.indexExists(index)) return;
    throw new KindredError(code, `there is no index "${index}"; ${cure}`, { status: 422 });
  }

  async function readCustomers(): Promise<void> {
    const known = mappedFields((await engine.getMapping(customers)) ?? { properties: {} });
    const paths = attributes.map((name) => resolveField(known, name)?.location.source ?? name);
    await copyIndex(
      connection,
      engine,
      {
        index: customers,
        sourceIncludes: ['user_id', ...paths],
        table: 'customer_rows',
        columns: { user_id: VARCHAR, ...numbered('attribute', attributes, VARCHAR) },
        row: ({ id, source }) => [
          valuesAt(source, 'user_id')[0] ?? id,
          ...paths.map((path) => valuesAt(source, path)[0] ?? null),
        ],
      },
      signal,
    );
  }

  return {
    async survey() {
      await requireIndex(eventsIndex, 'no-events', 'send events to Kindred or load a dataset');
      return surveyEventIndex(engine, eventsIndex);
    },

    async readEvents({ since }, onShare) {
      const { files, read, archived } = await syncEvents(steps, {
        engine,
        index: eventsIndex,
        archive,
        folder,
        since,
        onShare,
        signal,
      });
      await steps.run(SQL, 'events', {
        text: { files: files.map(sqlString).join(', '), since: String(since ?? BEFORE_ALL_TIME) },
      });
      return { read, archived };
    },

    async readCatalog(onShare) {
      await requireIndex(catalog.index, 'no-catalog', 'load the catalog first');
      mapped = mappedFields((await engine.getMapping(catalog.index)) ?? { properties: {} });
      const locate = (field: string) => resolveField(mapped, field)?.location ?? { source: field };
      const category = locate(catalog.categoryField);
      const locations = fields.map(locate);
      const members = membersFor([category, ...locations]);
      await copyIndex(
        connection,
        engine,
        {
          index: catalog.index,
          sourceIncludes: members._source,
          fields: members.fields,
          docvalueFields: members.docvalue_fields,
          table: 'dataset_products',
          columns: {
            object_id: VARCHAR,
            categories: LIST(VARCHAR),
            ...numbered('values', fields, LIST(VARCHAR)),
          },
          row(hit) {
            const document = withComputed(hit.source, hit.fields);
            return [
              hit.id,
              listValue(categoriesOf(locatedValues(document, category))),
              ...locations.map((location) => listValue(locatedValues(document, location))),
            ];
          },
          onShare,
        },
        signal,
      );
      if (isSeveral(catalog.index)) await steps.run(SQL, 'products', { text: { values: unions(fields) } });
      hasCustomers = attributes.length > 0 && (await engine.indexExists(customers));
      if (hasCustomers) await readCustomers();
      else (await createRowWriter(connection, 'customer_rows', { user_id: VARCHAR })).close();
      await steps.run(SQL, 'customers');
    },

    categories: 'categories',
    productValues: (field) => sqlName(`values_${fields.indexOf(field)}`),
    isNumber(field) {
      const property = resolveField(mapped, field)?.property;
      return property !== undefined && fieldType(property) === 'number';
    },
    customerValue: (attribute) =>
      hasCustomers ? sqlName(`attribute_${attributes.indexOf(attribute)}`) : null,
  };
}

/** Of the rows of one product, each value once. */
function unions(fields: readonly string[]): string {
  return ['categories', ...fields.map((_, place) => `values_${place}`)]
    .map((name) => `list_distinct(flatten(list(${name}))) AS ${name}`)
    .join(', ');
}

/** Columns named by place, as paths can hold anything. */
function numbered<T>(prefix: string, names: readonly string[], type: T): Record<string, T> {
  return Object.fromEntries(names.map((_, place) => [`${prefix}_${place}`, type]));
}
