// What a caller asks of personalization for one request, from the `X-Kindred` header and URL parameters.
import { KindredError } from '../core/errors.js';

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
 * Takes our parameters out of a query string, leaving every other byte of it.
 * @param search raw query string with its `?`, or empty
 * @throws KindredError `invalid-directive` (400)
 */
export function takeParameters(search: string): { directives: Directives; search: string } {
  if (!search.includes('kindred')) return { directives: {}, search };
  const parts = search.slice(1).split('&');
  const ours = new URLSearchParams(parts.filter((part) => PARAMETERS.has(nameOf(part))).join('&'));
  const kept = parts.filter((part) => !PARAMETERS.has(nameOf(part))).join('&');
  const impact = ours.get('kindred_impact');
  const switchValue = ours.get('kindred');
  if (switchValue !== null && switchValue !== 'off' && switchValue !== 'on')
    throw invalid('kindred', '"off" or "on"');
  const explain = ours.get('kindred_explain');
  if (explain !== null && !['', 'true', 'false'].includes(explain))
    throw invalid('kindred_explain', '"true" or "false"');
  return {
    directives: {
      ...(switchValue === 'off' && { off: true }),
      ...(impact !== null && { impact: parseImpact(impact, 'kindred_impact') }),
      ...(ours.get('kindred_model') && { model: ours.get('kindred_model') ?? '' }),
      ...(explain !== null && explain !== 'false' && { explain: true }),
    },
    search: kept === '' ? '' : `?${kept}`,
  };
}

function nameOf(part: string): string {
  const end = part.indexOf('=');
  return end < 0 ? part : part.slice(0, end);
}
