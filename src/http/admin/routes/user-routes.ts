// /api/people and /api/users: users to look at, all that is known of one, their export and their erasure.
import {
  erasedSchema,
  type UserDetails,
  type UserSummary,
  userDetailsSchema,
  userExportSchema,
  userListQuery,
  userListSchema,
  userQuery,
} from '../../../contract/user.js';
import type { UserRequests } from '../../../privacy/user-requests.js';
import { type AdminRoute, route, routeWithQuery } from '../admin-route.js';
import { checkIfMatch } from '../etag.js';

/** A user is no document with a revision: only `*` matches. */
const NO_TAG = '';

export interface UserRouteDependencies {
  /** @param start of an id; undefined: users with different preferences. None before a model is trained. */
  readonly listUsers: (
    catalog: string | undefined,
    limit: number,
    start: string | undefined,
  ) => Promise<UserSummary[]>;
  /** Errors: `no-active-model` (409), `profile-not-found` (404), `profile-timeout` and `profile-error` (503). */
  readonly readUser: (
    catalog: string | undefined,
    userId: string,
    category: string | null,
  ) => Promise<UserDetails>;
  readonly userRequests: UserRequests;
}

export function userRoutes({ listUsers, readUser, userRequests }: UserRouteDependencies): AdminRoute[] {
  return [
    routeWithQuery({
      method: 'get',
      path: '/people',
      summary:
        'Users of the active version, else of the newest trained one: a sample with different preferences, or by id',
      query: userListQuery,
      answer: userListSchema,
      problems: [409],
      handle: async ({ query: { catalog, limit, q } }) => ({
        body: { people: await listUsers(catalog, limit, q) },
      }),
    }),
    routeWithQuery({
      method: 'get',
      path: '/users/{id}',
      summary:
        'One user: profile, affinities by source, latest events, and what a search would be boosted by',
      query: userQuery,
      answer: userDetailsSchema,
      problems: [409],
      handle: async ({ param, query: { catalog, category = null } }) => ({
        body: await readUser(catalog, param('id'), category),
      }),
    }),
    route({
      method: 'delete',
      path: '/users/{id}',
      role: 'admin',
      summary: 'Erase one user: profiles, events, session, attributes; proxies and trainers follow at once',
      status: 202,
      needsIfMatch: true,
      answer: erasedSchema,
      async handle({ param, actor, ifMatch }) {
        checkIfMatch(ifMatch, NO_TAG);
        return { body: await userRequests.erase(param('id'), actor) };
      },
    }),
    route({
      method: 'get',
      path: '/users/{id}/export',
      role: 'admin',
      summary: 'Everything stored about one user: events, profiles of all versions, session, attributes',
      answer: userExportSchema,
      handle: async ({ param, actor }) => ({
        body: await userRequests.export(param('id'), actor),
        fileName: 'person.json',
      }),
    }),
  ];
}
