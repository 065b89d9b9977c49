// /api/reach: how many users each profile of a model reaches today.
import { z } from 'zod';

export const reachQuery = z.object({ model: z.string() });

export const reachSchema = z.strictObject({
  people: z.int().describe('users with an event that counts inside the time decay'),
  individual: z.int().describe('with a history in the newest trained version'),
  group: z.int().describe('in a cohort of it'),
  session: z.strictObject({
    active_visits: z.int().describe('sessions with an event in the last half hour'),
  }),
  anonymous_share: z.number().describe('share of the events inside the time decay that belong to no user'),
});

export type Reach = z.infer<typeof reachSchema>;
