// /api/session: what a key may do, the engine, and the catalogs there are. Roles of admin keys.
import { z } from 'zod';

/** Each may do what those before it may. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;

export type Role = (typeof ROLES)[number];

export const adminSessionSchema = z.strictObject({
  role: z.enum(ROLES),
  actor: z.string().describe('how the audit trail knows the key'),
  engine: z.strictObject({ kind: z.enum(['elasticsearch', 'opensearch']), version: z.string() }),
  version: z.string(),
  proxyUrl: z.string().describe('of the proxy, as it is reached on the machine that Kindred runs on'),
  catalogs: z.array(
    z.strictObject({
      name: z.string(),
      index: z.string().describe('what its searches are sent to: an index, an alias, a pattern, or several'),
      idField: z.string(),
      titleField: z.string(),
      categoryField: z.string(),
      imageField: z.string().nullable(),
    }),
  ),
  warnings: z.array(z.string()).describe('of the settings, in words'),
});

export type AdminSession = z.infer<typeof adminSessionSchema>;
