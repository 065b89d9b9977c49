// Warnings at the start about settings that are allowed but seldom intended.
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from './settings/settings.js';

/** One line each. */
export function startWarnings(
  settings: Pick<Settings, 'engine' | 'searchCredential' | 'serverKeys' | 'adminKeys'>,
): string[] {
  const { engine, searchCredential, serverKeys, adminKeys } = settings;
  return [
    ...(serverKeys.length === 0
      ? ['KINDRED_SERVER_KEYS is not set: no request is trusted, so none is personalized']
      : []),
    ...(adminKeys.length === 0 ? ['KINDRED_ADMIN_KEYS is not set: the admin API refuses every request'] : []),
    ...(engine.url !== null && isDeepStrictEqual(searchCredential, engine.credential)
      ? [sharedCredential(searchCredential)]
      : []),
  ];
}

function sharedCredential(credential: Settings['searchCredential']): string {
  const used =
    credential === null
      ? 'searches reach the cluster without any credential'
      : "searches use the administration's credential";
  return `${used}: what public requests can read, only the cluster limits; set KINDRED_SEARCH_API_KEY to a key that reads the catalogs alone`;
}
