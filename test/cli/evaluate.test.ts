// `kindred evaluate`: arguments that cannot be are refused in one line, and JSON and table say the same.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { evaluateCommand } from '../../src/cli/evaluate.js';
import { modelSchema } from '../../src/core/model/model.js';
import type { Evaluation } from '../../src/evaluation/evaluation.js';
import { evaluationTable } from '../../src/evaluation/evaluation-table.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** What the command says when it refuses. */
async function refusal(over: Record<string, string>): Promise<string> {
  let said = '';
  const options = { dataset: join(dir, 'none'), cut: '2026-03-01', until: '2026-03-11', ...over };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const command = evaluateCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => (said += text) });
  return command.parseAsync(args, { from: 'user' }).then(
    () => 'accepted',
    (error) => said || error.message,
  );
}

describe('refuses', () => {
  test.each([
    [{ cut: '2026-02-30' }, /option '--cut <day>' argument '2026-02-30' is invalid. It must be a day/],
    [{ cut: '1.3.2026' }, /must be a day of the calendar/],
    [{ until: '2026-03-01T00:00:00Z' }, /option '--until <day>'/],
    [{ until: '2026-03-01' }, /^--until must be a later day than --cut$/],
    [{ history: '3' }, /^--history needs --users: /],
    [{ task: 'search' }, /Allowed choices are category, session/],
    [{ engine: 'solr' }, /option '--engine <engine>' argument 'solr' is invalid. Allowed choices are/],
    [{ engine: 'http://127.0.0.1:9200' }, /Allowed choices are elasticsearch, opensearch/],
    [{ engine: 'elasticsearch', until: '2026-03-01' }, /^--until must be a later day than --cut$/],
    [{ preset: 'bargains' }, /Allowed choices are balanced, buy_again, discovery/],
    [
      { preset: 'balanced', model: 'm.json' },
      /'--preset <name>' cannot be used with option '--model <file>'/,
    ],
    [{ users: '/nowhere' }, /^--users: \/nowhere cannot be read/],
    [{}, /none has neither products\.parquet nor products\.ndjson|none: has neither products/],
  ])('%j', async (over, message) => {
    expect(await refusal(over)).toMatch(message);
  });

  test.each([
    ['{"name": "M"', /model\.json is not JSON$/],
    ['{"name": "M", "weights": 1}', /^the model in .*model\.json is not valid: .*globalAffinityFields/],
  ])('the model %j', async (text, message) => {
    const model = join(dir, 'model.json');
    await writeFile(model, text);
    expect(await refusal({ model })).toMatch(message);
  });

  test('a file of nobody', async () => {
    const users = join(dir, 'users.txt');
    await writeFile(users, '\n \n');
    expect(await refusal({ users })).toMatch(/names nobody; write one user_id a line$/);
  });
});

test('the table fits 80 columns and shows signs', () => {
  const off = { ndcg10: 0.25, mrr: 0.2, hit10: 0.4, ci95: [0.24, 0.26], vs_off: [0, 0] } as const;
  const worse = { ...off, ndcg10: 0.2, vs_off: [-0.06, 0.001] } as const;
  const evaluation: Evaluation = {
    task: 'category',
    cut: '2026-03-01',
    until: '2026-03-11',
    people: 10,
    sets: { ALL: { queries: 20, methods: { off, model_without_individual: worse } } },
  };
  const model = modelSchema.parse({
    id: 'm',
    name: 'M',
    globalAffinityFields: [{ field: 'brand', weight: 100 }],
    eventWeights: [{ event: 'purchase', weight: 100 }],
  });
  const lines = evaluationTable(evaluation, model).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.at(-2)).toMatch(/^model_without_individual +\.200 .*−\.060 … \+\.001$/);
});
