// The full Elasticsearch image: what the embedded engine lacks. Runs where a container runtime is reachable.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ElasticsearchContainer, type StartedElasticsearchContainer } from '@testcontainers/elasticsearch';
import { getContainerRuntimeClient } from 'testcontainers';
import type { BoostPlan } from '../../src/core/boost-plan.js';
import { bootstrapIndices } from '../../src/engine/bootstrap.js';
import type { EngineClient } from '../../src/engine/client.js';
import { connectEngine } from '../../src/engine/connect-engine.js';
import { rewriteSearch } from '../../src/query/rewrite.js';
import { scanObject } from '../../src/query/scan.js';

const IMAGE = 'elasticsearch:9.2.0';
const runtime = await getContainerRuntimeClient().catch(() => null);
const suite = runtime ? describe : describe.skip;
const reason = runtime ? '' : ' (skipped: no container runtime such as Docker is reachable from here)';
if (reason) process.stderr.write(`the full image ${IMAGE}${reason}\n`);

suite(`the full image ${IMAGE}${reason}`, () => {
  let container: StartedElasticsearchContainer;
  let engine: EngineClient;

  beforeAll(async () => {
    container = await new ElasticsearchContainer(IMAGE).withPassword('test-only-password').start();
    engine = await connectEngine({
      url: container.getHttpUrl(),
      username: container.getUsername(),
      password: container.getPassword(),
    });
    const mappings = {
      properties: { title: { type: 'text', analyzer: 'english' }, brand: { type: 'keyword' } },
    };
    await engine.createIndex('products', { settings: { number_of_replicas: 0 }, mappings });
    await engine.bulk(
      'products',
      ['Acme', 'Best', 'Cosy'].map((brand) => ({
        action: 'index',
        id: brand,
        document: { title: 'yogurts', brand },
      })),
      { refresh: true },
    );
  }, 300_000);
  afterAll(async () => {
    await engine?.close();
    await container?.stop();
  });

  const ranking = async (body: object) =>
    (await engine.search('products', body)).hits.hits.map(({ _id }) => _id);

  test('every index is created; creating them again changes nothing', async () => {
    await bootstrapIndices(engine);
    const before = await engine.getMapping('ubi_events');
    await bootstrapIndices(engine);
    expect(await engine.getMapping('ubi_events')).toEqual(before);
    expect(await engine.indexExists('kindred-models')).toBe(true);
  });

  test('a personalized rescore ranks by the boosts, over stemmed text', async () => {
    const bytes = Buffer.from('{"query":{"match":{"title":"yogurt"}}}');
    const scan = scanObject(bytes);
    if (!scan.ok) throw new Error('the search was not scanned');
    const plan: BoostPlan = {
      category: null,
      profiles: ['individual'],
      boosts: [
        { field: 'brand', value: 'Cosy', factor: 3, profile: 'individual' },
        { field: 'brand', value: 'Acme', factor: 0.5, profile: 'individual' },
      ],
      overridden: [],
      maxBoost: 30,
    };
    const personalized = rewriteSearch({
      bytes,
      object: scan.object,
      placement: { placement: 'rescore', window: 500, filterOnly: false },
      plan,
      categoryField: 'category',
      multiValuedFields: [],
      names: false,
    });
    expect(await ranking(JSON.parse(personalized.toString()))).toEqual(['Cosy', 'Best', 'Acme']);
  });

  test('a stored Painless script reads boosts from a map, in a rescore window', async () => {
    const source = "params.boosts.getOrDefault(doc['brand'].value, 1.0)";
    const stored = await engine.request({
      method: 'PUT',
      path: '/_scripts/kindred-container-test',
      body: { script: { lang: 'painless', source } },
    });
    expect(stored.status).toBe(200);
    const script = { id: 'kindred-container-test', params: { boosts: { Best: 4, Cosy: 2 } } };
    const rescoreQuery = { function_score: { script_score: { script }, boost_mode: 'replace' } };
    const rescore = { window_size: 500, query: { rescore_query: rescoreQuery, score_mode: 'multiply' } };
    expect(await ranking({ query: { match: { title: 'yogurt' } }, rescore })).toEqual([
      'Best',
      'Cosy',
      'Acme',
    ]);
  });
});
