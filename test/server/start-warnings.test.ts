// What `kindred serve` warns of: settings that leave more open, or less, than one may think.
import { expect, test } from '@jest/globals';
import { readSettings } from '../../src/server/settings/settings.js';
import { startWarnings } from '../../src/server/start-warnings.js';

const KEYS = { KINDRED_SERVER_KEYS: 'server-key', KINDRED_ADMIN_KEYS: 'admin-key' };
const CLUSTER = { ELASTICSEARCH_URL: 'http://search.example:9200', ELASTICSEARCH_API_KEY: 'all-powerful' };

test.each<[string, Record<string, string>, string[]]>([
  ['nothing set', {}, ['KINDRED_SERVER_KEYS', 'KINDRED_ADMIN_KEYS']],
  ['a cluster without a credential', { ...KEYS, ES_URL: 'http://a:9200' }, ['without any credential']],
  ['no search credential', { ...KEYS, ...CLUSTER }, ["the administration's credential"]],
  [
    'the same credential twice',
    { ...KEYS, ...CLUSTER, KINDRED_SEARCH_API_KEY: 'all-powerful' },
    ["the administration's credential"],
  ],
  [
    'the credential in the URL',
    { ...KEYS, ELASTICSEARCH_URL: 'http://elastic:secret@search.example:9200' },
    ["the administration's credential"],
  ],
  ['a search credential', { ...KEYS, ...CLUSTER, KINDRED_SEARCH_API_KEY: 'reads-products' }, []],
])('%s', (_what, env, expected) => {
  const warnings = startWarnings(readSettings(env));
  expect(warnings).toEqual(expected.map((words) => expect.stringContaining(words)));
  expect(warnings.join('\n')).not.toMatch(/all-powerful|secret|server-key/);
});
