// Reads one search body: scanned, with `ext.kindred` and `ext.ubi` read and taken out.
import { z } from 'zod';
import type { Finding } from '../../core/errors.js';
import { categoryText } from '../../core/product.js';
import { type JsonDocument, type ScanOutcome, scanDocument } from '../json/json-document.js';

export interface SearchBody {
  /** what the engine gets when nothing is personalized */
  readonly document: JsonDocument;
  readonly ext: ReadExt;
}

export type SearchBodyOutcome =
  | { readonly ok: true; readonly body: SearchBody }
  | Extract<ScanOutcome, { ok: false }>;

/**
 * No body at all is `{}`, as for the engine; a request rewritten from it needs a JSON content type.
 * @param keepsUbi the engine has the UBI plugin and is to see `ext.ubi`
 */
export function readSearchBody(received: Buffer, keepsUbi = false): SearchBodyOutcome {
  const scan = scanDocument(received.length === 0 ? Buffer.from('{}') : received);
  if (!scan.ok) return scan;
  return {
    ok: true,
    body: { document: stripExt(scan.document, keepsUbi), ext: readExt(scan.document) },
  };
}

const idSchema = z.string({ error: 'must be text' }).min(1, 'must not be empty').max(256, 'is too long');
/** A category may be a number where the catalog's are. */
const categorySchema = z.preprocess((value) => categoryText(value) ?? value, idSchema);
const flagSchema = z.boolean({ error: 'must be true or false' });

/** Every member is optional; absent means: as the request's headers and the active model say. */
const kindredExtSchema = z.strictObject({
  off: flagSchema.optional(),
  impact: z
    .number({ error: 'must be a number from 0 to 100' })
    .min(0, 'must be a number from 0 to 100')
    .max(100, 'must be a number from 0 to 100')
    .optional(),
  model: idSchema.optional(),
  explain: flagSchema.optional(),
  user_id: idSchema.optional(),
  client_id: idSchema.optional(),
  session_id: idSchema.optional(),
  category: categorySchema.optional(),
});

export type KindredExt = z.infer<typeof kindredExtSchema>;

export interface ReadExt {
  /** empty when there is none, or when `findings` say what is wrong with it */
  readonly kindred: KindredExt;
  /** `ext.ubi.client_id` (UBI 1.3: the permanent id of the device) */
  readonly ubiClientId: string | undefined;
  /** paths start at the body, e.g. `ext.kindred.impact` */
  readonly findings: readonly Finding[];
}

function readExt(body: JsonDocument): ReadExt {
  if (!body.has('ext')) return { kindred: {}, ubiClientId: undefined, findings: [] };
  const parsed = kindredExtSchema.safeParse(body.value('ext', 'kindred') ?? {});
  return {
    kindred: parsed.data ?? {},
    ubiClientId: idSchema.safeParse(body.value('ext', 'ubi', 'client_id')).data,
    findings: (parsed.error?.issues ?? []).map(({ path, message }) => ({
      path: ['ext.kindred', ...path].join('.'),
      message,
    })),
  };
}

/**
 * The body without what the engine would refuse: `ext.kindred`, `ext.ubi` unless the engine reads it, and `ext` itself
 * when nothing else is in it.
 */
export function stripExt(body: JsonDocument, keepsUbi: boolean): JsonDocument {
  if (!body.has('ext')) return body;
  const members = body.members('ext');
  const ours = new Set(keepsUbi ? ['kindred'] : ['kindred', 'ubi']);
  const kept = members.filter(({ key }) => !ours.has(key));
  if (kept.length === members.length) return body;
  return body.edited(
    kept.length === 0 ? body.removeMembers([], new Set(['ext'])) : body.removeMembers(['ext'], ours),
  );
}
