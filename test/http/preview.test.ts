// Previews: the proxy's own order and reasons, for people, personas and sessions, under saved and unsaved models.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { storefrontSearch } from '../../src/query/body/storefront-search.js';
import { engines } from '../helpers/engines.js';
import { problem } from './admin-shop.js';
import { CATALOG, MODEL, openTrainedShop, type TrainedShop } from './trained-shop.js';

interface Hit {
  readonly id: string;
  readonly rank: number;
  readonly rank_without: number | null;
  readonly boost: number;
  readonly relative: number;
  readonly reasons: readonly { readonly factor: number; readonly evidence?: object }[];
  readonly sentence?: string;
  readonly fields: Record<string, string>;
  readonly affinities: readonly {
    readonly field: string;
    readonly value: string;
    readonly profile: string;
  }[];
}
const ids = (hits: readonly { readonly id: string }[]) => hits.map(({ id }) => id);
const tastes = { model: 'tastes' };

describe.each(engines())('$kind', ({ kind }) => {
  let shop: TrainedShop;
  beforeAll(async () => {
    shop = await openTrainedShop(kind);
    await shop.modelStore.create(MODEL, 'test');
    await shop.activate('tastes');
  });
  afterAll(() => shop.close());

  const preview = async (body: object) =>
    (
      await shop
        .agent()
        .post('/api/preview')
        .send({ query: 'summer', ...body })
        .expect(200)
    ).body;
  const proxyOrder = async (body: object, headers: Record<string, string>) => {
    const search = { ...CATALOG, text: 'summer', size: 24, popularity: true, ...body };
    const answer = await shop.ask(storefrontSearch(search), headers).expect(200);
    const reasons: Record<string, object> = Object.fromEntries(
      answer.body.ext.kindred.hits.map(({ _id, ...reason }: { _id: string }) => [_id, reason]),
    );
    return {
      header: answer.headers['x-personalization'],
      hits: answer.body.hits.hits.map(({ _id, _score }: { _id: string; _score: number }) => ({
        id: _id,
        score: _score,
        ...reasons[_id],
      })),
    };
  };

  test.each([null, 'shoes'])(
    'ON is what the proxy answers, OFF is the plain answer; category %j',
    async (category) => {
      const shown = await preview({ category, who: { user_id: 'ann' }, variants: [tastes] });
      const [variant] = shown.variants;
      const on = await proxyOrder({ category }, { 'x-user-id': 'ann' });
      const plain = ({
        id,
        score,
        rank,
        rank_without,
        boost,
        affinities,
        relative,
        reasons,
        sentence,
      }: Hit & { score: number }) => ({
        id,
        score,
        rank,
        rank_without,
        boost,
        affinities,
        relative,
        reasons,
        sentence,
      });
      expect(variant.hits.map(plain)).toEqual(on.hits);
      expect(`applied; model=tastes@1; profile=${variant.profiles.join('+')}; boosts=${variant.boosts}`).toBe(
        on.header,
      );
      const nobody = await proxyOrder({ category }, {});
      expect(nobody.header).toBe('skipped; reason=no-identity');
      expect(ids(shown.off.hits)).toEqual(ids(nobody.hits));
      expect(shown.off.hits[0]).toMatchObject({ score: nobody.hits[0].score });
      expect(ids(variant.hits)).not.toEqual(ids(shown.off.hits));
      expect(shown.total).toBe(category ? 24 : 48);
      expect(shown.base).toContain('√popularity');
      expect(shown.base.includes('"shoes"')).toBe(category !== null);
    },
  );

  test('hits carry what a shopper sees, and the values the model speaks about', async () => {
    const { off, variants } = await preview({ who: { user_id: 'ann' }, size: 3, variants: [tastes] });
    expect(off.hits).toHaveLength(3);
    const [first] = variants[0].hits;
    expect(first).toMatchObject({
      title: expect.stringMatching(/^Summer/),
      image: `/${first.id}.png`,
      category: expect.any(String),
      fields: { brand: 'Velda', color: expect.any(String) },
      rank: 1,
    });
    expect(first.affinities).toContainEqual(
      expect.objectContaining({ field: 'brand', value: 'Velda', profile: 'individual' }),
    );
  });

  test('reasons are signed against the average of the list, and count what they rest on', async () => {
    const { variants } = await preview({ who: { user_id: 'ann' }, variants: [tastes] });
    const hits: Hit[] = variants[0].hits;
    const logs = hits.map(({ relative }) => Math.log(relative));
    expect(logs.reduce((sum, log) => sum + log, 0)).toBeCloseTo(0, 6);
    expect([Math.min(...logs) < 0, Math.max(...logs) > 0]).toEqual([true, true]);
    for (const { reasons, relative, sentence } of hits) {
      const product = reasons.reduce((all, { factor }) => all * factor, 1);
      expect(product).toBeCloseTo(relative, 6);
      expect(sentence).toMatch(/^Because .*\.$/);
    }
    // Ann bought every Velda there is: twelve products, once each.
    expect(hits[0]?.reasons).toContainEqual(
      expect.objectContaining({ field: 'brand', value: 'Velda', evidence: { count: 12, of: 'purchase' } }),
    );
  });

  test.each<[string, object[], (hit: Hit) => boolean]>([
    ['a field', [{ field: 'brand' }], ({ affinities }) => affinities.every(({ field }) => field !== 'brand')],
    ['another', [{ field: 'color' }], ({ affinities }) => affinities.every(({ field }) => field !== 'color')],
    [
      'a kind of product',
      [{ product: 'buy_again' }, { product: 'related' }],
      ({ affinities }) => affinities.every(({ field }) => field !== '_id'),
    ],
    [
      'a profile',
      [{ profile: 'individual' }],
      ({ affinities }) => affinities.every(({ profile }) => profile === 'group'),
    ],
  ])('%s is switched off, and the list says what it did', async (_what, without, holds) => {
    const configuration = { ...MODEL, products: { buyAgain: 40 } };
    const ask = (more: object) =>
      preview({ who: { user_id: 'ann' }, variants: [{ configuration }], ...more });
    const [whole, part] = [await ask({}), await ask({ without })];
    expect(part.variants[0].hits.every(holds)).toBe(true);
    expect(whole.variants[0].hits.every(holds)).toBe(false);
    expect(part.off).toEqual(whole.off);
    // What is served stays as it is.
    expect((await ask({})).variants).toEqual(whole.variants);
  });

  test('with everything switched off nothing is personalized', async () => {
    const without = ['individual', 'session', 'group'].map((profile) => ({ profile }));
    const { off, variants } = await preview({ who: { user_id: 'ann' }, without, variants: [tastes] });
    expect(variants[0]).toMatchObject({ outcome: 'skipped', reason: 'no-profile' });
    expect(ids(variants[0].hits)).toEqual(ids(off.hits));
  });

  test('other fields are shown where they are asked for, and nothing where there is no such field', async () => {
    const titles = async (fields: object) => {
      const { off, variants } = await preview({ variants: [tastes], who: { user_id: 'ann' }, ...fields });
      return [off.hits[0], variants[0].hits[0]];
    };
    for (const hit of await titles({ title_field: 'brand', image_field: 'color' }))
      expect(hit).toMatchObject({ title: hit.fields.brand, image: hit.fields.color });
    for (const hit of await titles({ title_field: 'no.such', image_field: 'no such' }))
      expect(hit).toMatchObject({ title: '', image: null });
  });

  test('unsaved weights change the order; what only a training brings in is named', async () => {
    const configuration = (changes: object) => ({ configuration: { ...MODEL, ...changes } });
    const fields = [
      { field: 'brand', weight: 0 },
      { field: 'color', weight: 100 },
    ];
    const { variants } = await preview({
      who: { user_id: 'bob' },
      variants: [
        tastes,
        { ...configuration({ globalAffinityFields: fields }), label: 'colours alone' },
        configuration({
          globalAffinityFields: [{ field: 'material', weight: 100 }],
          timeDecay: '30d',
          group: { ...MODEL.group, by: 'behavioral' },
          products: { related: 40 },
        }),
      ],
    });
    expect(variants.map(({ label }: { label: string }) => label)).toEqual([
      'Tastes',
      'colours alone',
      'Tastes',
    ]);
    expect(ids(variants[1].hits)).not.toEqual(ids(variants[0].hits));
    expect(variants[1].hits[0].fields.color).toBe('blue');
    expect(variants.map(({ needs_training }: { needs_training: object[] }) => needs_training)).toEqual([
      [],
      [],
      [
        {
          path: 'globalAffinityFields.material.weight',
          message: expect.stringContaining('no profile knows'),
        },
        { path: 'group.by', message: expect.any(String) },
        { path: 'products.related', message: expect.any(String) },
        { path: 'timeDecay', message: expect.stringContaining('running session at once') },
      ],
    ]);
    expect(variants[2]).toMatchObject({ outcome: 'skipped', reason: 'no-profile', boosts: 0 });
  });

  test('impact 0 is OFF, more of it moves more', async () => {
    const { off, variants } = await preview({
      who: { user_id: 'ann' },
      variants: [0, 20, 100].map((impact) => ({ ...tastes, impact })),
    });
    expect(variants[0]).toMatchObject({ outcome: 'skipped', reason: 'off', profiles: [], boosts: 0 });
    expect(ids(variants[0].hits)).toEqual(ids(off.hits));
    expect(
      variants[0].hits.every(({ rank, rank_without, boost }: Hit) => rank === rank_without && boost === 1),
    ).toBe(true);
    const boost = (at: number) => Math.max(...variants[at].hits.map((hit: Hit) => hit.boost));
    expect(boost(2)).toBeGreaterThan(boost(1));
  });

  test('a persona likes what it was given, twice as often a step, in any scope', async () => {
    const persona = (strength: number) => ({
      who: { persona: { affinities: [{ field: 'brand', value: 'Quill', strength }] } },
      variants: [{ ...tastes, impact: 50 }],
    });
    for (const category of [null, 'shirts']) {
      const { variants } = await preview({ ...persona(2), category });
      const [first] = variants[0].hits;
      expect(variants[0]).toMatchObject({ outcome: 'applied', profiles: ['individual'] });
      expect(first.affinities).toEqual([
        expect.objectContaining({ field: 'brand', value: 'Quill', factor: expect.closeTo(4 ** 0.6, 6) }),
      ]);
    }
    const hardly = { persona: { affinities: [{ field: 'brand', value: 'Nobody makes this', strength: 5 }] } };
    expect((await preview({ who: hardly, variants: [tastes] })).variants[0]).toMatchObject({
      reason: 'no-profile',
    });
    const cohort = { persona: { affinities: [], attributes: { age: '45-54' } } };
    expect((await preview({ who: cohort, variants: [tastes] })).variants[0].profiles).toEqual(['group']);
  });

  test('what a session does moves the list; stored sessions and shoppers stay as they were', async () => {
    const list = async (session: object[]) => (await preview({ session, variants: [tastes] })).variants[0];
    expect(await list([])).toMatchObject({ outcome: 'skipped', reason: 'no-identity' });
    const clicked = await list([{ action: 'click', object_id: 'p4' }]);
    expect(clicked).toMatchObject({ outcome: 'applied', profiles: ['session'] });
    const blue = await list([{ action: 'search', query: 'blue nordin' }]);
    expect(blue.hits[0].affinities.map(({ value }: { value: string }) => value).sort()).toEqual([
      'Nordin',
      'blue',
    ]);
    const both = await preview({
      who: { user_id: 'ann' },
      session: [{ action: 'view', object_id: 'p4' }],
      variants: [tastes],
    });
    expect(both.variants[0].profiles).toEqual(['individual', 'session']);
  });

  test('a model by its state: what serves, what is saved, the draft on top of the newest profiles', async () => {
    const draft = { ...MODEL, impact: 5, eventWeights: [{ event: 'view', weight: 100 }] };
    await shop.modelStore.update('tastes', draft, 'test');
    const { variants } = await preview({
      who: { user_id: 'ann' },
      variants: ['active', 'saved', 'draft'].map((state) => ({ ...tastes, state })),
    });
    expect(ids(variants[0].hits)).toEqual(ids(variants[1].hits));
    const most = (at: number) => Math.max(...variants[at].hits.map(({ boost }: Hit) => boost));
    expect(most(2)).toBeLessThan(most(0));
    expect(variants[2].needs_training.map(({ path }: { path: string }) => path)).toEqual([
      'eventWeights.view.weight',
      'eventWeights.purchase.weight',
      'eventWeights.search.weight',
    ]);
    await shop.modelStore.update('tastes', MODEL, 'test');
  });

  test('a model that was never trained is a 409 in words', async () => {
    await shop.modelStore.create({ ...MODEL, id: 'fresh', name: 'Fresh' }, 'test');
    for (const variant of [
      { model: 'fresh' },
      { model: 'fresh', state: 'draft' },
      { configuration: { ...MODEL, id: 'fresh' } },
    ]) {
      const answer = await shop
        .agent()
        .post('/api/preview')
        .send({ variants: [variant] });
      expect(answer).toEqual(problem(409, 'not-trained'));
      expect(answer.body.detail).toContain('train it');
    }
    for (const [state, code] of [
      ['active', 'not-active'],
      ['saved', 'not-saved'],
    ])
      expect(
        await shop
          .agent()
          .post('/api/preview')
          .send({ variants: [{ model: 'fresh', state }] }),
      ).toEqual(problem(409, code ?? ''));
    const unknown = await shop
      .agent()
      .post('/api/preview')
      .send({ variants: [{ model: 'nope' }] });
    expect(unknown).toEqual(problem(404, 'model-not-found'));
  });

  const wrong: [string, object, string[]][] = [
    ['nothing', {}, ['variants']],
    ['no variant', { variants: [] }, ['variants']],
    ['four variants', { variants: [tastes, tastes, tastes, tastes] }, ['variants']],
    ['a variant of nothing', { variants: [{ label: 'x' }] }, ['variants.0.model']],
    ['a variant twice', { variants: [{ ...tastes, configuration: MODEL }] }, ['variants.0.configuration']],
    ['a state alone', { variants: [{ configuration: MODEL, state: 'draft' }] }, ['variants.0.state']],
    ['no id', { variants: [{ configuration: {} }] }, ['variants.0.configuration.id']],
    [
      'a configuration that totals 99 on an unknown field',
      {
        variants: [
          tastes,
          { configuration: { ...MODEL, globalAffinityFields: [{ field: 'brand', weight: 99 }], impact: -1 } },
        ],
      },
      ['variants.1.configuration.impact'],
    ],
    [
      'a field that is not in the catalog',
      {
        variants: [{ configuration: { ...MODEL, globalAffinityFields: [{ field: 'smell', weight: 100 }] } }],
      },
      ['variants.0.configuration.globalAffinityFields.0.field'],
    ],
    ['another catalog', { catalog: '.security', variants: [tastes] }, ['catalog']],
    ['too many hits', { size: 101, variants: [tastes] }, ['size']],
    ['a long query', { query: 'x'.repeat(2000), variants: [tastes] }, ['query']],
    ['a title of no field', { title_field: '', variants: [tastes] }, ['title_field']],
    ['a picture of no field', { image_field: 7, variants: [tastes] }, ['image_field']],
    ['two people', { who: { user_id: 'a', persona: {} }, variants: [tastes] }, ['who.persona']],
    ['a list of people', { who: { user_id: ['a'] }, variants: [tastes] }, ['who.user_id']],
    [
      'a persona that is too fond',
      { who: { persona: { affinities: [{ field: 'brand', value: 'x', strength: 6 }] } }, variants: [tastes] },
      ['who.persona.affinities.0.strength'],
    ],
    ['what is no cause', { without: [{ hat: 'x' }], variants: [tastes] }, ['without.0']],
    ['an unknown event', { session: [{ action: 'hack' }], variants: [tastes] }, ['session.0.action']],
    ['a click on nothing', { session: [{ action: 'click' }], variants: [tastes] }, ['session.0.object_id']],
    ['a search for nothing', { session: [{ action: 'search' }], variants: [tastes] }, ['session.0.query']],
    [
      'a product that is not there',
      { session: [{ action: 'view', object_id: '../../_security' }], variants: [tastes] },
      ['session.0.object_id'],
    ],
    ['what nobody knows', { script: 'x', variants: [tastes] }, ['script']],
  ];
  test.each(wrong)('%s is refused by its path', async (_what, body, paths) => {
    const answer = await shop.agent().post('/api/preview').send(body);
    expect(answer).toEqual(problem(422, 'invalid-content'));
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(paths),
    );
  });

  test('hostile text is text', async () => {
    const hostile = [
      '<img src=x onerror=alert(1)>',
      '"}}],"x":{"',
      '\u202e\u0000\ud800',
      '*:* OR _id:p1',
      '__proto__',
    ];
    for (const text of hostile) {
      const shown = await preview({
        query: text,
        category: text,
        who: {
          persona: { affinities: [{ field: text, value: text, strength: 1 }], attributes: { [text]: text } },
        },
        session: [{ action: 'search', query: text }],
        variants: [{ ...tastes, label: text }],
      });
      expect(shown).toMatchObject({ total: 0, off: { hits: [] }, variants: [{ label: text, hits: [] }] });
    }
    const polluted = await shop
      .agent()
      .post('/api/preview')
      .set('content-type', 'application/json')
      .send('{"__proto__":{"size":1},"variants":[{"model":"tastes"}]}');
    expect(polluted).toEqual(problem(422, 'invalid-content'));
  });
});
