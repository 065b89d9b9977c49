// The JSON of `kindred bench` as programs rely on it.
import { z } from 'zod';

const measured = z.number().nonnegative().nullable();
const added = z.number().nullable();

export const reportSchema = z.object({
  ratios: z.strictObject({
    personalized_vs_plain: z.strictObject({
      '30': measured,
      '100': measured,
      '300': measured,
      '1000': measured,
    }),
    personalized_vs_plain_page_21: z.strictObject({ '1000': measured }),
    handwritten_vs_personalized: measured,
    proxy_vs_nginx: measured,
  }),
  added_ms: z.strictObject({ p50: added, p99: added }),
  training: z.strictObject({ events: measured, seconds: measured, peak_mib: measured }),
  intake_per_s: measured,
  machine: z.object({
    cpu: z.string().min(1),
    cores: z.number().int().min(1),
    memory_gib: z.number().int(),
    system: z.string(),
    node: z.string().regex(/^v\d+/),
    engine: z.string().nullable(),
  }),
  notes: z.array(z.string()),
  parts: z.object({
    search: z.looseObject({}).nullable(),
    proxy: z.looseObject({}).nullable(),
    training: z.looseObject({}).nullable(),
    intake: z.looseObject({}).nullable(),
    window: z.looseObject({}).nullable(),
  }),
});

export type Report = z.infer<typeof reportSchema>;

/** The figures of the contract that are null, by path. */
export function missing(report: Report): string[] {
  const { ratios, added_ms, training, intake_per_s } = report;
  const walk = (value: unknown, path: string): string[] => {
    if (value === null) return [path];
    if (typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([key, inner]) => walk(inner, path ? `${path}.${key}` : key));
  };
  return walk({ ratios, added_ms, training, intake_per_s }, '');
}
