// The OpenAPI 3.1 document of the admin API, made from the routes that are served.
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { modelInputSchema, modelViewSchema } from '../../contract/model.js';
import { problemSchema } from '../../contract/problem.js';
import { settingsSchema } from '../../contract/settings.js';
import { trainingStatusSchema } from '../../contract/training.js';
import { qualitySchema } from '../../core/model/quality-schema.js';
import { ADMIN_KEY_HEADER } from './admin-keys.js';
import { type AdminRoute, roleOf } from './admin-route.js';

type Json = Record<string, unknown>;

/** Schemas of their own in the document; operations refer to them by name. */
const NAMED_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  Settings: settingsSchema,
  Model: modelViewSchema,
  ModelInput: modelInputSchema,
  TrainingStatus: trainingStatusSchema,
  Quality: qualitySchema,
  Problem: problemSchema,
};

/** @returns a JSON-serializable document; its schemas are JSON Schema 2020-12, as OpenAPI 3.1 takes them */
export function openApiDocument(routes: readonly AdminRoute[]): Json {
  const paths: Record<string, Json> = {};
  for (const operation of routes) {
    const path = `/api${operation.path}`;
    paths[path] = { ...paths[path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kindred admin API',
      version: '1',
      description: `Every request carries a key in ${ADMIN_KEY_HEADER}; each role may do what those before it may: viewer, editor, admin. Errors are problem JSON (RFC 9457).`,
    },
    security: [{ adminKey: [] }],
    paths,
    components: {
      securitySchemes: { adminKey: { type: 'apiKey', in: 'header', name: ADMIN_KEY_HEADER } },
      schemas: Object.fromEntries(
        Object.entries(NAMED_SCHEMAS).map(([name, schema]) => [
          name,
          jsonSchema(schema, name.endsWith('Input') ? 'input' : 'output'),
        ]),
      ),
    },
  };
}

function describe(operation: AdminRoute): Json {
  const { summary, body, status = 200, answer, answersEtag, method, path } = operation;
  return {
    operationId: operationId(method, path),
    summary,
    description: `Role: ${roleOf(operation)}`,
    parameters: parameters(operation),
    requestBody: body && { required: true, content: json(body, 'input') },
    responses: {
      [status]: {
        description: STATUS_CODES[status],
        headers: answersEtag ? { ETag: { schema: { type: 'string' } } } : undefined,
        content: answer && json(answer, 'output'),
      },
      ...Object.fromEntries(problemStatuses(operation).map((each) => [each, problem(each)])),
    },
  };
}

function parameters({ path, query, needsIfMatch }: AdminRoute): Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const { properties = {}, required = [] } = query ? jsonSchema(query, 'input') : {};
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  const ifMatch = { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } };
  return [...inPath, ...inQuery, ...(needsIfMatch ? [ifMatch] : [])];
}

function problemStatuses(operation: AdminRoute): number[] {
  const { path, body, query, needsIfMatch, problems = [] } = operation;
  const statuses = [
    401,
    503,
    ...(roleOf(operation) === 'viewer' ? [] : [403]),
    ...problems,
    ...(path.includes('{') ? [404] : []),
    ...(body ? [400, 413, 415, 422] : []),
    ...(query ? [422] : []),
    ...(needsIfMatch ? [412, 428] : []),
  ];
  return [...new Set(statuses)].sort((a, b) => a - b);
}

function problem(status: number): Json {
  return {
    description: STATUS_CODES[status],
    content: { 'application/problem+json': { schema: reference('Problem') } },
  };
}

function json(schema: z.ZodType, io: 'input' | 'output'): Json {
  const name = Object.entries(NAMED_SCHEMAS).find(([, named]) => named === schema)?.[0];
  return { 'application/json': { schema: name ? reference(name) : jsonSchema(schema, io) } };
}

function reference(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): z.core.JSONSchema.BaseSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

/** e.g. `putModelsId` */
function operationId(method: string, path: string): string {
  const words = path.match(/\w+/g) ?? [];
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
