// /api/alerts: what fires and what resolved lately, and a message to try the webhook with.
import {
  type AlertList,
  alertListSchema,
  type WebhookTest,
  webhookTestSchema,
} from '../../../contract/alert.js';
import { type AdminRoute, route } from '../admin-route.js';

export interface AlertRouteDependencies {
  /** as of the latest check; never waits */
  readonly list: () => AlertList;
  readonly test: (actor: string) => Promise<WebhookTest>;
}

export function alertRoutes({ list, test }: AlertRouteDependencies): AdminRoute[] {
  return [
    route({
      method: 'get',
      path: '/alerts',
      summary: 'The alerts that fire, those that resolved in the last seven days, and the webhook',
      answer: alertListSchema,
      handle: async () => ({ body: list() }),
    }),
    route({
      method: 'post',
      path: '/alerts/test',
      summary: 'Send the webhook a message to try it, once',
      answer: webhookTestSchema,
      problems: [409],
      handle: async ({ actor }) => ({ body: await test(actor) }),
    }),
  ];
}
