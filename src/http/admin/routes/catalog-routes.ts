// /api/catalogs: what the pickers of the console offer, from the live mapping, the products and the customers.
import { fieldListSchema, valueListSchema, valuesQuery } from '../../../contract/catalog.js';
import type { Catalog } from '../../../core/catalog.js';
import { KindredError } from '../../../core/errors.js';
import type { EngineClient } from '../../../engine/client/client.js';
import {
  catalogFields,
  customerFields,
  fieldStatistics,
  fieldValues,
} from '../../../models/catalog/catalog-fields.js';
import { type AdminRoute, route, routeWithQuery } from '../admin-route.js';

export function catalogRoutes(deps: {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
}): AdminRoute[] {
  const { engine, catalogs } = deps;

  /** Configured catalogs only: other indices are none of the console's business. */
  function configured(index: string): Catalog {
    const catalog = catalogs.find((candidate) => candidate.index === index);
    if (catalog) return catalog;
    throw new KindredError('catalog-not-found', `"${index}" is not a configured catalog`, { status: 404 });
  }

  return [
    route({
      method: 'get',
      path: '/catalogs/{index}/fields',
      summary: 'Attributes that can carry an affinity',
      answer: fieldListSchema,
      async handle({ param }) {
        const catalog = configured(param('index'));
        const fields = await catalogFields(engine, catalog);
        return { body: { fields: await fieldStatistics(engine, catalog.index, fields) } };
      },
    }),
    route({
      method: 'get',
      path: '/catalogs/{index}/customers',
      summary: 'Attributes of the customers, of which groups can be made',
      answer: fieldListSchema,
      handle: async ({ param }) => ({
        body: { fields: await customerFields(engine, configured(param('index'))) },
      }),
    }),
    routeWithQuery({
      method: 'get',
      path: '/catalogs/{index}/values',
      summary: 'The most frequent values of one attribute',
      query: valuesQuery,
      answer: valueListSchema,
      async handle({ param, query: { field, q } }) {
        const catalog = configured(param('index'));
        const known = (await catalogFields(engine, catalog)).find((candidate) => candidate.field === field);
        if (!known)
          throw new KindredError('field-not-found', `"${field}" is not an attribute of "${catalog.index}"`, {
            status: 404,
          });
        return { body: { field, ...(await fieldValues(engine, catalog.index, known, q)) } };
      },
    }),
  ];
}
