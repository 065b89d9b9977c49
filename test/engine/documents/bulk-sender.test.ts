// Documents on their way into an index: what a busy engine had no room for is sent again, what it refuses ends the run.
import { expect, test } from '@jest/globals';
import type { BulkItem } from '../../../src/engine/client/client.js';
import { type BulkDocument, sendBulk } from '../../../src/engine/documents/bulk-sender.js';

async function* three(): AsyncGenerator<BulkDocument[]> {
  yield ['a', 'b', 'c'].map((id) => ({ action: 'index', id, document: '{}' }));
}

/** Answers each request with the next of `statuses`, by id. */
function engine(...statuses: readonly Record<string, number>[]) {
  const asked: string[][] = [];
  const bulk = async (_: string, items: readonly BulkItem[]) => {
    const answers = statuses[asked.length] ?? {};
    asked.push(items.map(({ id }) => id));
    return Object.entries(answers).map(([id, status]) => ({ id, status, reason: 'for a reason' }));
  };
  return { asked, bulk };
}

test('a document that a busy engine had no room for is sent again, alone, and counted once', async () => {
  const busy = engine({ b: 429 });
  const told: number[] = [];
  const sent = await sendBulk(busy, 'some', three(), { onSent: (documents) => told.push(documents) });
  expect([sent, told]).toEqual([3, [3]]);
  expect(busy.asked).toEqual([['a', 'b', 'c'], ['b']]);
});

test('a document that is refused is named, and nothing is sent again', async () => {
  const refusing = engine({ a: 429, c: 400 });
  await expect(sendBulk(refusing, 'some', three())).rejects.toMatchObject({
    code: 'document-refused',
    status: 502,
    message: 'index some refused document "c": for a reason',
  });
  expect(refusing.asked).toEqual([['a', 'b', 'c']]);
});
