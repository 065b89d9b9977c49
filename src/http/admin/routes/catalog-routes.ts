// /api/catalogs: the attributes of products and customers, and their values.
import { fieldListSchema, valueListSchema, valuesQuery } from '../../../contract/catalog.js';
import type { CatalogReader } from '../../../models/catalog/catalog-reader.js';
import { type AdminRoute, route, routeWithQuery } from '../admin-route.js';

export function catalogRoutes({ catalogReader }: { readonly catalogReader: CatalogReader }): AdminRoute[] {
  return [
    route({
      method: 'get',
      path: '/catalogs/{index}/fields',
      summary: 'Attributes that can carry an affinity',
      answer: fieldListSchema,
      handle: async ({ param }) => ({ body: await catalogReader.fields(param('index')) }),
    }),
    route({
      method: 'get',
      path: '/catalogs/{index}/customers',
      summary: 'Attributes of the customers, of which groups can be made',
      answer: fieldListSchema,
      handle: async ({ param }) => ({ body: await catalogReader.customerFields(param('index')) }),
    }),
    routeWithQuery({
      method: 'get',
      path: '/catalogs/{index}/values',
      summary: 'The most frequent values of one attribute',
      query: valuesQuery,
      answer: valueListSchema,
      handle: async ({ param, query: { field, q } }) => ({
        body: await catalogReader.values(param('index'), field, q),
      }),
    }),
  ];
}
