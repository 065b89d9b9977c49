// What a body asks of Kindred under `ext.kindred`, who `ext.ubi` says is asking, and how both are taken out.
import { z } from 'zod';
import type { Finding } from '../../core/errors.js';
import { isObject, memberValue } from '../json/json-value.js';
import { scanObject } from '../json/scan.js';
import { findMember, type ObjectSpan } from '../json/span.js';
import { type Edit, removeMembers } from '../json/splice.js';

const idSchema = z.string({ error: 'must be text' }).min(1, 'must not be empty').max(256, 'is too long');
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
  category: idSchema.optional(),
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

/** @param object top level of a scanned search body */
export function readExt(bytes: Buffer, object: ObjectSpan): ReadExt {
  const ext = memberValue(bytes, object, 'ext');
  if (!isObject(ext)) return { kindred: {}, ubiClientId: undefined, findings: [] };
  const ubi = isObject(ext.ubi) ? idSchema.safeParse(ext.ubi.client_id) : undefined;
  const parsed = kindredExtSchema.safeParse(ext.kindred ?? {});
  return {
    kindred: parsed.data ?? {},
    ubiClientId: ubi?.data,
    findings: (parsed.error?.issues ?? []).map(({ path, message }) => ({
      path: ['ext.kindred', ...path].join('.'),
      message,
    })),
  };
}

/**
 * The edits that take out what the engine would refuse: `ext.kindred`, `ext.ubi` unless the engine reads it, and `ext`
 * itself when nothing else is in it.
 */
export function stripExt(bytes: Buffer, object: ObjectSpan, keepsUbi: boolean): Edit[] {
  const member = findMember(object, 'ext');
  if (!member) return [];
  const scan = scanObject(bytes, { start: member.valueStart, end: member.valueEnd });
  if (!scan.ok) return [];
  const ours = new Set(keepsUbi ? ['kindred'] : ['kindred', 'ubi']);
  const left = scan.object.members.filter(({ key }) => !ours.has(key));
  if (left.length === scan.object.members.length) return [];
  return left.length === 0 ? removeMembers(object, new Set(['ext'])) : removeMembers(scan.object, ours);
}
