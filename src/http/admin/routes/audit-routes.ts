// /api/audit: the entries of the audit trail.
import { auditListSchema, auditQuery } from '../../../contract/audit.js';
import type { Audit } from '../../../models/store/audit.js';
import { type AdminRoute, routeWithQuery } from '../admin-route.js';

export function auditRoutes({ audit }: { readonly audit: Audit }): AdminRoute[] {
  return [
    routeWithQuery({
      method: 'get',
      path: '/audit',
      summary: 'Who changed what, newest first',
      query: auditQuery,
      answer: auditListSchema,
      handle: async ({ query: { limit } }) => ({ body: { entries: await audit.latest(limit) } }),
    }),
  ];
}
