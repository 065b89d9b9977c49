// The full Elasticsearch image: what the embedded engine lacks. Runs where a container runtime is reachable.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ElasticsearchContainer, type StartedElasticsearchContainer } from '@testcontainers/elasticsearch';
import { getContainerRuntimeClient } from 'testcontainers';
import type { BoostPlan } from '../../src/core/boost-plan/boost-plan.js';
import { storeBoostScript } from '../../src/engine/capabilities/stored-script.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { connectEngine } from '../../src/engine/client/connect-engine.js';
import { bootstrapIndices } from '../../src/engine/indices/bootstrap.js';
import { readBoostFields } from '../../src/models/serving/boost-fields.js';
import type { BoostScript } from '../../src/query/boosts/boost-script.js';
import { rewriteSearch } from '../../src/query/boosts/rewrite.js';
import { readSearchFacts } from '../../src/query/facts/search-facts.js';
import { scanDocument } from '../../src/query/json/json-document.js';
import { choosePlacement } from '../../src/query/placement/placement.js';

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

  function personalized(text: string, options: { script?: BoostScript } = {}): object {
    const scan = scanDocument(Buffer.from(text));
    if (!scan.ok) throw new Error('the search was not scanned');
    const { document } = scan;
    const capabilities = { painless: null, rescorerRetriever: true, maxWindow: 10_000 };
    const placement = choosePlacement(readSearchFacts(document), {
      kind: 'elasticsearch',
      ...capabilities,
    });
    if ('skip' in placement) throw new Error(placement.skip);
    const fields = { plan, categoryField: 'category', multiValuedFields: [], names: false };
    return JSON.parse(rewriteSearch({ body: document, placement, ...fields, ...options }).toString());
  }

  test('a personalized rescore ranks by the boosts, over stemmed text', async () => {
    const body = personalized('{"query":{"match":{"title":"yogurt"}}}');
    expect(await ranking(body)).toEqual(['Cosy', 'Best', 'Acme']);
  });

  test('the boost script is stored, and says the same as the functions', async () => {
    const { id, refusal } = await storeBoostScript(engine, ['products']);
    expect([id, refusal]).toEqual([expect.stringMatching(/^kindred-boost-/), null]);
    const { script: fields } = await readBoostFields(engine, 'products');
    const search = '{"query":{"match":{"title":"yogurt"}}}';
    const scripted = personalized(search, { script: { id: id ?? '', fields, idField: 'brand' } });
    expect(JSON.stringify(scripted)).toContain('script_score');
    const scores = async (body: object) =>
      (await engine.search('products', body)).hits.hits.map(({ _id, _score }) => [_id, _score?.toFixed(5)]);
    expect(await scores(scripted)).toEqual(await scores(personalized(search)));
  });

  // Each ranks by titles, or by who is first; what is personalized inside of it shows.
  const standard = { standard: { query: { match: { title: 'yogurt' } } } };
  test.each<[string, object]>([
    ['rrf', { retriever: { rrf: { retrievers: [standard, standard] } } }],
    ['linear', { retriever: { linear: { retrievers: [{ retriever: standard, weight: 2 }] } } }],
  ])('%s fuses personalized lists', async (_what, body) => {
    // Fused retrievers need a licence; a trial's is enough.
    await engine.request({
      method: 'POST',
      path: '/_license/start_trial',
      querystring: { acknowledge: true },
    });
    expect(await ranking(personalized(JSON.stringify({ ...body, size: 3 })))).toEqual([
      'Cosy',
      'Best',
      'Acme',
    ]);
  });

  test.each<[string, object]>([
    ['query', { query: { pinned: { ids: ['Acme'], organic: { match: { title: 'yogurt' } } } } }],
    ['retriever', { retriever: { pinned: { ids: ['Acme'], retriever: standard } } }],
  ])('a pinned %s keeps its pins on top of personalized hits', async (_what, body) => {
    expect(await ranking(personalized(JSON.stringify({ ...body, size: 3 })))).toEqual([
      'Acme',
      'Cosy',
      'Best',
    ]);
  });
});
