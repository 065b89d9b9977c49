// Entries of the audit log in words for merchandisers.
import { expect, test } from '@jest/globals';
import { auditWords } from '../../src/console/lib/words/audit-words.js';

const names = new Map([['autumn_sale', 'Autumn sale']]);
const enabled = { path: 'personalization.enabled', before: true, after: false };
const order = { path: 'models', before: [], after: ['default'] };

test.each([
  ['create', 'models/autumn_sale', 'Autumn sale', 'made the model Autumn sale'],
  ['update', 'models/autumn_sale', 'Autumn sale', 'edited the model Autumn sale'],
  ['delete', 'models/gone', '', 'deleted the model gone'],
  ['save', 'models/autumn_sale', 'version 3', 'saved version 3 of Autumn sale'],
  ['activate', 'models/autumn_sale', 'version 2', 'made version 2 of Autumn sale live'],
  [
    'activate',
    'models/autumn_sale',
    'version 2, forced',
    'made version 2 of Autumn sale live, though it was judged worse',
  ],
  ['rollback', 'models/autumn_sale', 'version 1', 'switched Autumn sale to version 1'],
  ['training cancel', 'models/autumn_sale', '', 'cancelled the training of Autumn sale'],
  ['training start', 'models/autumn_sale', 'version 2', 'started a training of Autumn sale'],
  ['training completed', 'models/autumn_sale', 'version 2', 'trained Autumn sale: version 2'],
  ['training failed', 'models/autumn_sale', 'no events', 'training of Autumn sale failed: no events'],
  [
    'scheduled training skipped',
    'models/autumn_sale',
    'it ran',
    'scheduled training of Autumn sale skipped: it ran',
  ],
  [
    'schedule',
    'models/autumn_sale',
    '0 3 * * * (UTC)',
    'set when Autumn sale is trained: Every night at 3:00 (UTC)',
  ],
  ['unschedule', 'models/autumn_sale', '', 'stopped training Autumn sale by the clock'],
  [
    'erase',
    'users/0f3a',
    '2 events, 1 profile',
    'erased a shopper (known here as 0f3a): 2 events, 1 profile',
  ],
  ['export', 'users/0f3a', '', 'exported a shopper (known here as 0f3a)'],
  ['alert firing', 'alerts/quality', 'it fell', 'an alert began: it fell'],
  ['something-new', 'things/1', 'so', 'something new things/1: so'],
])('%s %s (%s) is %s', (action, resource, detail, words) =>
  expect(auditWords({ action, resource, detail }, names)).toBe(words),
);

test.each([
  [[enabled], 'turned personalization off in products'],
  [[order], 'edited the settings in products'],
  [[enabled, order], 'turned personalization off and edited the settings in products'],
])('settings: what was changed is told, not how they stand', (changes, words) =>
  expect(
    auditWords(
      { action: 'update', resource: 'settings/products', detail: 'personalization off', changes },
      names,
    ),
  ).toBe(words),
);
