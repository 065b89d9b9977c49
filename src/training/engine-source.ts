// Training from the engine: copies events, catalog and customers into tables of a dataset's shape.
import { DOUBLE, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { type Catalog, customersIndex, sourcePath } from '../core/catalog.js';
import { KindredError } from '../core/errors.js';
import { affinityFields, type Model } from '../core/model.js';
import { valuesAt } from '../core/product-values.js';
import type { EngineClient } from '../engine/client.js';
import { copyIndex } from './copy-index.js';
import { sqlName } from './duckdb.js';
import { surveyEventIndex } from './event-survey.js';
import { eventTime } from './event-time.js';
import { createRowWriter } from './row-writer.js';
import type { SqlSteps } from './sql-steps.js';
import type { TrainingSource } from './training-source.js';

export interface EngineSourceOptions {
  readonly engine: EngineClient;
  readonly model: Model;
  readonly catalog: Catalog;
  readonly eventsIndex: string;
  readonly signal?: AbortSignal;
}

interface StoredEvent {
  readonly timestamp?: unknown;
  readonly user_id?: unknown;
  readonly client_id?: unknown;
  readonly session_id?: unknown;
  readonly action_name?: unknown;
  readonly user_query?: unknown;
  readonly event_attributes?: { readonly object?: { readonly object_id?: unknown } };
}

/** Reads the events of the window, of whatever type and of whomever. Errors: `no-events`, `no-catalog` (422), and the engine's own. */
export function createEngineSource(
  { connection, run }: SqlSteps,
  { engine, model, catalog, eventsIndex, signal }: EngineSourceOptions,
): TrainingSource {
  const paths = [...new Set(affinityFields(model).map(sourcePath))];
  const { attributes } = model.group;
  const customers = customersIndex(catalog.index);
  let hasCustomers = false;

  async function requireIndex(index: string, code: string, cure: string): Promise<void> {
    if (await engine.indexExists(index)) return;
    throw new KindredError(code, `there is no index "${index}"; ${cure}`, { status: 422 });
  }

  async function readCustomers(): Promise<void> {
    await copyIndex(
      connection,
      engine,
      {
        index: customers,
        sourceIncludes: ['user_id', ...attributes],
        table: 'dataset_customers',
        columns: { user_id: VARCHAR, ...numbered('attribute', attributes, VARCHAR) },
        row: ({ id, source }) => [
          valuesAt(source, 'user_id')[0] ?? id,
          ...attributes.map((attribute) => valuesAt(source, attribute)[0] ?? null),
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
      const filter = since === null ? [] : [{ range: { timestamp: { gte: since, format: 'epoch_millis' } } }];
      await copyIndex<StoredEvent>(
        connection,
        engine,
        {
          index: eventsIndex,
          query: { bool: { filter } },
          sourceIncludes: [
            'timestamp',
            'user_id',
            'client_id',
            'session_id',
            'action_name',
            'user_query',
            'event_attributes.object.object_id',
          ],
          table: 'engine_events',
          columns: {
            time: DOUBLE,
            user_id: VARCHAR,
            client_id: VARCHAR,
            session_id: VARCHAR,
            action_name: VARCHAR,
            object_id: VARCHAR,
            query: VARCHAR,
          },
          row: ({ source }) => [
            eventTime(source.timestamp),
            idText(source.user_id),
            idText(source.client_id),
            idText(source.session_id),
            idText(source.action_name),
            idText(source.event_attributes?.object?.object_id),
            idText(source.user_query),
          ],
          onShare,
        },
        signal,
      );
      await run('engine-events');
    },

    async readCatalog(onShare) {
      await requireIndex(catalog.index, 'no-catalog', 'load the catalog first');
      const category = sourcePath(catalog.categoryField);
      await copyIndex(
        connection,
        engine,
        {
          index: catalog.index,
          sourceIncludes: [category, ...paths],
          table: 'dataset_products',
          columns: { object_id: VARCHAR, category: VARCHAR, ...numbered('values', paths, LIST(VARCHAR)) },
          row: ({ id, source }) => [
            id,
            valuesAt(source, category)[0] ?? null,
            ...paths.map((path) => listValue(valuesAt(source, path))),
          ],
          onShare,
        },
        signal,
      );
      hasCustomers = attributes.length > 0 && (await engine.indexExists(customers));
      if (hasCustomers) await readCustomers();
      else (await createRowWriter(connection, 'dataset_customers', { user_id: VARCHAR })).close();
    },

    productValues: (field) => sqlName(`values_${paths.indexOf(sourcePath(field))}`),
    customerValue: (attribute) =>
      hasCustomers ? sqlName(`attribute_${attributes.indexOf(attribute)}`) : null,
  };
}

/** Columns named by place, as paths can hold anything. */
function numbered<T>(prefix: string, names: readonly string[], type: T): Record<string, T> {
  return Object.fromEntries(names.map((_, place) => [`${prefix}_${place}`, type]));
}

function idText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}
