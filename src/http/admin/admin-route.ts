// One operation of the admin API as data: the router and the OpenAPI document are both made from it.
import type { z } from 'zod';
import type { Role } from '../../contract/admin-session.js';
import type { ReadonlyDeep } from '../../contract/shared-schemas.js';
import { parseContent } from '../../core/parse-content.js';

export interface AdminRequest<Query> {
  /** a path parameter, decoded */
  param(name: string): string;
  readonly query: Query;
  readonly body: unknown;
  /** as the audit trail records it */
  readonly actor: string;
  readonly role: Role;
  readonly ifMatch: string | undefined;
}

export interface AdminAnswer<Body = unknown> {
  readonly body?: Body;
  /** with quotes */
  readonly etag?: string;
  readonly location?: string;
  /** makes browsers save the answer under this name */
  readonly fileName?: string;
}

interface Operation<Answer extends z.ZodType = z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** under `/api`, with OpenAPI's `{parameters}` */
  readonly path: string;
  readonly summary: string;
  /** the least role; absent: a viewer to read, an editor to change */
  readonly role?: Role;
  /** for the document; the stores check a body, so that commands and requests share one check */
  readonly body?: z.ZodType;
  readonly status?: 200 | 201 | 202 | 204;
  /** absent with 204 */
  readonly answer?: Answer;
  readonly answersEtag?: boolean;
  readonly needsIfMatch?: boolean;
  /** problem statuses beside the ones every operation of its kind has */
  readonly problems?: readonly number[];
}

export interface AdminRoute extends Operation {
  readonly query?: z.ZodObject;
  /** @param request its query as the listener got it */
  run(request: AdminRequest<unknown>): Promise<AdminAnswer>;
}

export function roleOf({ role, method }: Pick<Operation, 'role' | 'method'>): Role {
  return role ?? (method === 'get' ? 'viewer' : 'editor');
}

/** What a handler answers: of the type of its operation's schema. */
type Handled<Answer extends z.ZodType> = Promise<AdminAnswer<ReadonlyDeep<z.infer<Answer>>>>;

/** An operation without query parameters. */
export function route<Answer extends z.ZodType>(
  operation: Operation<Answer> & { handle(request: AdminRequest<unknown>): Handled<Answer> },
): AdminRoute {
  return { ...operation, run: (request) => operation.handle(request) };
}

/** An operation whose query parameters are parsed before it runs. */
export function routeWithQuery<Answer extends z.ZodType, Query extends z.ZodObject>(
  operation: Operation<Answer> & {
    query: Query;
    handle(request: AdminRequest<z.infer<Query>>): Handled<Answer>;
  },
): AdminRoute {
  return {
    ...operation,
    run: (request) =>
      operation.handle({ ...request, query: parseContent(operation.query, request.query, 'query') }),
  };
}
