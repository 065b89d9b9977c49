// What a caller says to Kindred in one request: `X-Kindred` and URL parameters, `X-User-Id` and the other ids.
import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { KindredError } from '../../core/errors.js';
import type { Identity } from '../../core/event/identity.js';
import { joinParameters, splitParameters } from '../../query/body/url-parameters.js';

/** Absent means: as the active model says. */
export interface Directives {
  readonly off?: boolean;
  readonly impact?: number;
  readonly model?: string;
  readonly explain?: boolean;
}

/** Our own URL parameters; the engine refuses parameters it does not know, so they are taken out. */
const PARAMETERS = new Set(['kindred', 'kindred_impact', 'kindred_model', 'kindred_explain']);

function invalid(where: string, expected: string): KindredError {
  return new KindredError('invalid-directive', `${where}: expected ${expected}`, { status: 400 });
}

function parseImpact(text: string, where: string): number {
  const impact = text.trim() === '' ? Number.NaN : Number(text);
  if (!(impact >= 0 && impact <= 100)) throw invalid(where, 'a number from 0 to 100');
  return impact;
}

/**
 * `off` · `impact=80; model=ID; explain`
 * @throws KindredError `invalid-directive` (400)
 */
export function parseHeader(header: string | undefined): Directives {
  const directives: { off?: boolean; impact?: number; model?: string; explain?: boolean } = {};
  if (header === undefined) return directives;
  for (const part of header.split(';')) {
    const [name = '', value] = part.split('=', 2).map((text) => text.trim());
    if (name === '') continue;
    if (name === 'off' && value === undefined) directives.off = true;
    else if (name === 'explain' && value === undefined) directives.explain = true;
    else if (name === 'impact') directives.impact = parseImpact(value ?? '', 'X-Kindred: impact');
    else if (name === 'model' && value) directives.model = value;
    else throw invalid('X-Kindred', '"off", or "impact=0…100; model=ID; explain"');
  }
  return directives;
}

/**
 * Takes our parameters out of a query string, leaving the others as they are written.
 * @param search raw query string with its `?`, or empty
 * @throws KindredError `invalid-directive` (400)
 */
export function takeParameters(search: string): { directives: Directives; search: string } {
  if (!/kindred|%/.test(search)) return { directives: {}, search };
  const parameters = splitParameters(search);
  const ours = new Map(
    parameters.flatMap(({ name, value }) => (PARAMETERS.has(name) ? [[name, value] as const] : [])),
  );
  if (ours.size === 0) return { directives: {}, search };
  const wish = (name: string, ...expected: readonly string[]): string | undefined => {
    const value = ours.get(name);
    if (value === undefined || expected.includes(value)) return value;
    throw invalid(
      name,
      expected
        .filter(Boolean)
        .map((one) => `"${one}"`)
        .join(' or '),
    );
  };
  const off = wish('kindred', 'off', 'on') === 'off';
  const explain = ['', 'true'].includes(wish('kindred_explain', '', 'true', 'false') ?? 'false');
  const impact = ours.get('kindred_impact');
  const model = ours.get('kindred_model');
  return {
    directives: {
      ...(off && { off }),
      ...(impact !== undefined && { impact: parseImpact(impact, 'kindred_impact') }),
      ...(model && { model }),
      ...(explain && { explain }),
    },
    search: joinParameters(parameters.filter(({ name }) => !PARAMETERS.has(name))),
  };
}

/**
 * @elastic/elasticsearch sends headers that are given to the client itself, and not in lower case, twice: as given and in
 * lower case. Node joins the two by a comma.
 * @returns one of the two
 */
export function sentOnce(value: string): string {
  const end = value.length / 2 - 1;
  const twice = value.slice(end, end + 2) === ', ' && value.slice(0, end) === value.slice(end + 2);
  return twice ? value.slice(0, end) : value;
}

const MAX_ID_LENGTH = 256;

function headerId(value: string | string[] | undefined): string | undefined {
  const id = typeof value === 'string' ? sentOnce(value) : '';
  return id !== '' && id.length <= MAX_ID_LENGTH ? id : undefined;
}

/** Identity headers of a trusted request: UTF-8 where their bytes are that, else Latin-1, which `fetch` and Python send. */
export function identityFromHeaders(headers: IncomingHttpHeaders): Identity {
  return {
    userId: utf8(headerId(headers['x-user-id'])),
    clientId: utf8(headerId(headers['x-client-id'])),
    sessionId: utf8(headerId(headers['x-session-id'])),
  };
}

/** The first source that names an id wins, id by id. */
export function mergeIdentity(...sources: readonly Identity[]): Identity {
  const first = (pick: (identity: Identity) => string | undefined) => sources.map(pick).find((id) => id);
  return {
    userId: first(({ userId }) => userId),
    clientId: first(({ clientId }) => clientId),
    sessionId: first(({ sessionId }) => sessionId),
  };
}

function utf8(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : value;
}
