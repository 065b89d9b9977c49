// The personalization model: what merchandisers configure, and every rule its content must satisfy.
import { z } from 'zod';
import { canonicalEventName, weightingProblem } from '../event/event-names.js';
import { totalFinding } from './weights-total-100.js';

export { affinityFields } from './affinity-fields.js';

const MODEL_ID_PATTERN = /^[a-z][a-z0-9_]{0,39}$/;

const weightSchema = z
  .number({ error: 'must be a number' })
  .min(0, 'must be between 0 and 100')
  .max(100, 'must be between 0 and 100')
  .refine(
    (weight) => Math.abs(weight * 100 - Math.round(weight * 100)) < 1e-6,
    'must have at most two decimals',
  );

const strengthSchema = z
  .number({ error: 'must be a number' })
  .min(0, 'must be between 0 and 100')
  .max(100, 'must be between 0 and 100');

function nameSchema(longest: number) {
  return z
    .string({ error: 'must be text' })
    .regex(/\S/, 'must not be empty')
    .max(longest, `must have at most ${longest} characters`);
}

const fieldWeightSchema = z.strictObject({ field: nameSchema(256), weight: weightSchema });
const eventWeightSchema = z.strictObject({ event: nameSchema(100).trim(), weight: weightSchema });

/** How far back events count: days, or everything. */
export const timeDecaySchema = z.enum(['7d', '14d', '30d', '60d', '90d', '180d', '365d', 'all']);

export type TimeDecay = z.infer<typeof timeDecaySchema>;

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, position) => names.indexOf(name) !== position))];
}

type Issues = { addIssue(issue: { code: 'custom'; path: PropertyKey[]; message: string }): void };

function checkList(
  ctx: Issues,
  path: PropertyKey[],
  list: readonly { weight: number }[],
  names: readonly string[],
): void {
  const wrong = totalFinding(list);
  if (wrong) ctx.addIssue({ code: 'custom', path, message: wrong });
  for (const name of duplicates(names))
    ctx.addIssue({ code: 'custom', path, message: `"${name}" is listed more than once` });
}

export const modelSchema = z
  .strictObject({
    id: z.string().regex(MODEL_ID_PATTERN, 'must match ^[a-z][a-z0-9_]{0,39}$'),
    name: z.string().trim().min(1, 'must not be empty').max(100, 'must have at most 100 characters'),
    kind: z.enum(['default', 'custom']).default('custom'),
    catalog: z.string().min(1).default('products'),
    globalAffinityFields: z.array(fieldWeightSchema).min(1, 'must name at least one field'),
    categoryOverrides: z
      .array(
        z.strictObject({
          categories: z.array(nameSchema(512)).min(1, 'must name at least one category'),
          fields: z.array(fieldWeightSchema),
        }),
      )
      .default([]),
    profiles: z
      .strictObject({
        inSession: z.boolean().default(true),
        sessionProfile: z.boolean().default(true),
        individual: z.boolean().default(true),
        group: z.boolean().default(true),
      })
      .prefault({}),
    group: z
      .strictObject({
        by: z.enum(['demographic', 'behavioral']).default('demographic'),
        attributes: z.array(nameSchema(256).trim()).default([]),
      })
      .prefault({}),
    products: z
      .strictObject({ buyAgain: strengthSchema.default(0), related: strengthSchema.default(0) })
      .prefault({}),
    eventWeights: z.array(eventWeightSchema).min(1, 'must name at least one event'),
    timeDecay: timeDecaySchema.default('180d'),
    impact: strengthSchema.default(50),
  })
  .superRefine((model, ctx) => {
    checkList(
      ctx,
      ['globalAffinityFields'],
      model.globalAffinityFields,
      model.globalAffinityFields.map(({ field }) => field),
    );
    checkList(
      ctx,
      ['eventWeights'],
      model.eventWeights,
      model.eventWeights.map(({ event }) => canonicalEventName(event)),
    );
    model.eventWeights.forEach(({ event }, position) => {
      const message = weightingProblem(event);
      if (message) ctx.addIssue({ code: 'custom', path: ['eventWeights', position, 'event'], message });
    });
    for (const attribute of duplicates(model.group.attributes))
      ctx.addIssue({
        code: 'custom',
        path: ['group', 'attributes'],
        message: `"${attribute}" is listed more than once`,
      });
    model.categoryOverrides.forEach(({ fields }, position) => {
      if (fields.length > 0)
        checkList(
          ctx,
          ['categoryOverrides', position, 'fields'],
          fields,
          fields.map(({ field }) => field),
        );
    });
    for (const category of duplicates(model.categoryOverrides.flatMap(({ categories }) => categories)))
      ctx.addIssue({
        code: 'custom',
        path: ['categoryOverrides'],
        message: `category "${category}" is in more than one override`,
      });
  });

export type Model = z.infer<typeof modelSchema>;
export type FieldWeight = z.infer<typeof fieldWeightSchema>;
export type EventWeight = z.infer<typeof eventWeightSchema>;

/** An id made from a name: lower case, runs of anything else become one underscore. */
export function modelIdFromName(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  return (slug || 'model').slice(0, 40).replace(/_+$/, '');
}

/** A trained, activated version: what the proxy serves from. */
export interface ActiveModel {
  readonly model: Model;
  readonly version: number;
  /** Concrete profile index of this version (not the alias), so that a swap never mixes two versions. */
  readonly profileIndex: string;
  /** Fields in which a product can have several values: only the strongest matching one counts. */
  readonly multiValuedFields: readonly string[];
}
