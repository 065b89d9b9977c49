// Parses input by a zod schema: a value of its type, or one 422 that lists every finding with its path.
import type { z } from 'zod';
import { type Finding, KindredError } from './errors.js';

/**
 * @param what names the input in the message, e.g. `model`
 * @throws KindredError `invalid-content` (422) with every finding
 */
export function parseContent<S extends z.ZodType>(schema: S, input: unknown, what: string): z.infer<S> {
  // Without its input an issue cannot tell what is missing from what is of the wrong type.
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidContent(what, parsed.error.issues.flatMap(findings));
}

/** The 422 that all content errors share; its message names the first finding. */
export function invalidContent(what: string, errors: readonly Finding[]): KindredError {
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const place = first?.path ? `${first.path}: ` : '';
  return new KindredError('invalid-content', `the ${what} is not valid: ${place}${first?.message}${more}`, {
    status: 422,
    errors,
  });
}

function findings(issue: z.core.$ZodIssue): Finding[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is not known here' }));
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  const required = path.length > 0 ? 'is required' : 'a JSON object is required';
  return [{ path: path.join('.'), message: missing ? required : issue.message }];
}
