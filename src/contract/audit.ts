// /api/audit: the entries of the audit trail.
import { z } from 'zod';
import { changeSchema } from './model.js';
import { dateTime, limitSchema, type ReadonlyDeep } from './shared-schemas.js';

const auditEntrySchema = z.strictObject({
  at: dateTime,
  actor: z.string(),
  action: z.string(),
  resource: z.string(),
  detail: z.string(),
  changes: z
    .array(changeSchema)
    .optional()
    .describe('setting by setting, where it was known what was before'),
});

export const auditQuery = z.object({ limit: limitSchema(500) });

export const auditListSchema = z.strictObject({ entries: z.array(auditEntrySchema) });

/**
 * `actor` is a short hash of the admin key, `cli`, `schedule`, or `kindred` for what a start does by itself; `action`
 * is e.g. `activate`, `resource` e.g. `models/summer`.
 */
export type AuditEntry = ReadonlyDeep<z.infer<typeof auditEntrySchema>>;
export type AuditList = ReadonlyDeep<z.infer<typeof auditListSchema>>;
