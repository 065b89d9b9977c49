// /api/reach: how many users each profile of a model reaches today.
import { z } from 'zod';

export const reachQuery = z.object({ model: z.string() });

export const reachSchema = z.strictObject({
  people: z.int().describe('users with events that count inside the time decay'),
  individual: z.int().nullable().describe('with a history in the current version; null: not trained yet'),
  group: z.int().nullable().describe('in a cohort of it; null likewise'),
  session: z.strictObject({
    active_visits: z.int().describe('sessions with an event in the last half hour'),
  }),
  anonymous_share: z.number().describe('share of the events inside the time decay that belong to no user'),
});

export type Reach = z.infer<typeof reachSchema>;
