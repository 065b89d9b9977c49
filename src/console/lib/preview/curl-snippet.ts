// The line that asks the proxy for one list of a preview, and what of the preview such a line cannot say.
import type { PreviewAnswer, PreviewVariant } from '../../../contract/preview.js';
import type { Identity } from './preview-address.js';

const PROXY = 'http://localhost:9280';

export interface CurlOptions {
  readonly request: PreviewAnswer['request'];
  readonly identity: Identity;
  /** null: OFF */
  readonly variant: PreviewVariant | null;
  /** clicks of the simulated session */
  readonly clicks: number;
}

export function curlSnippet({ request, identity, variant }: CurlOptions): string {
  const headers = ['X-Kindred-Key: SERVER_KEY', 'Content-Type: application/json'];
  if (identity.kind === 'user') headers.push(`X-User-Id: ${identity.id}`);
  headers.push(`X-Kindred: ${directives(variant)}`);
  const lines = headers.map((header) => `  -H ${quoted(header)} \\\n`).join('');
  return `curl ${quoted(`${PROXY}/${request.index}/_search`)} \\\n${lines}  -d ${quoted(request.body)}`;
}

/** What the proxy would answer otherwise than the preview; null: nothing. */
export function curlCaveat({ identity, variant, clicks }: CurlOptions): string | null {
  const missing = [
    ...(identity.kind === 'persona' ? ['the made-up tastes'] : []),
    ...(clicks > 0 ? ['the clicks'] : []),
    ...(variant?.configuration ? ['the unsaved changes'] : []),
    ...(variant?.model && variant.state !== 'active' ? ['a version that is not active'] : []),
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
