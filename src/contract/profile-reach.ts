// /api/reach: how many users each profile of a model reaches today.
import { z } from 'zod';

export const reachQuery = z.object({ model: z.string() });

export const reachSchema = z.strictObject({
  people: z.int().describe('with an event that counts inside the time decay'),
  individual: z.int().describe('with a history in the newest trained version'),
  group: z.int().describe('in a cohort of it'),
  session: z.strictObject({ active_visits: z.int().describe('with an event in the last half hour') }),
  anonymous_share: z.number().describe("of the events inside the time decay, those that are nobody's"),
});

export type Reach = z.infer<typeof reachSchema>;
