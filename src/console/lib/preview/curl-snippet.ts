// The line that asks the proxy for one list of a preview, and what of the preview such a line cannot say.
import type { PreviewAnswer, PreviewVariant } from '../../../contract/preview.js';
import type { Identity } from './preview-address.js';

/** What stands in lines to copy instead of a key, and what to put there. */
export const KEY_WORDS = 'Put one of KINDRED_SERVER_KEYS in place of SERVER_KEY.';

export interface CurlOptions {
  /** address of the proxy */
  readonly proxy: string;
  readonly request: PreviewAnswer['request'];
  readonly identity: Identity;
  /** null: OFF */
  readonly variant: PreviewVariant | null;
  /** clicks of the simulated session */
  readonly clicks: number;
  /** causes that are switched off in the preview */
  readonly without: number;
  /** personalization is on */
  readonly on: boolean;
}

export function curlSnippet({ proxy, request, identity, variant }: CurlOptions): string {
  const headers = ['X-Kindred-Key: SERVER_KEY', 'Content-Type: application/json'];
  if (identity.kind === 'user') headers.push(`X-User-Id: ${identity.id}`);
  headers.push(`X-Kindred: ${directives(variant)}`);
  const lines = headers.map((header) => `  -H ${quoted(header)} \\\n`).join('');
  return `curl ${quoted(`${proxy}/${request.index}/_search`)} \\\n${lines}  -d ${quoted(request.body)}`;
}

/** What the proxy would answer otherwise than the preview; null: nothing. */
export function curlCaveat({ identity, variant, clicks, without, on }: CurlOptions): string | null {
  if (!variant) return null;
  if (!on) return 'While personalization is off the proxy answers this as the list OFF.';
  const missing = [
    ...(identity.kind === 'persona' ? ['the made-up tastes'] : []),
    ...(clicks > 0 ? ['the clicks'] : []),
    ...(without > 0 ? ['what is left out here'] : []),
    ...(variant.configuration ? ['the unsaved changes'] : []),
    ...(variant.model && variant.state !== 'active' ? ['a version that is not live'] : []),
  ];
  return missing.length > 0 ? `The proxy does not know ${missing.join(', ')}.` : null;
}

function directives(variant: PreviewVariant | null): string {
  if (!variant) return 'off';
  const { model, impact } = variant;
  return [
    ...(model ? [`model=${model}`] : []),
    ...(impact === undefined ? [] : [`impact=${impact}`]),
    'explain',
  ].join('; ');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
