// Every control of a model, moved in the browser: the API has it, and once trained so does a search at the proxy.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { admin, ids, plain, search, sendEvents, storefront } from '../demo/shop-client.js';
import { noBrowser } from '../helpers/browser.js';
import { watchedConsoles } from './support/console.js';
import { CONTROLS, type Control, FROM } from './support/controls.js';
import { save } from './support/gestures.js';
import type { Seen } from './support/seen.js';
import { openStack, type Stack } from './support/stack.js';

/** Dresses may be shirts in name. */
const SHIRTS = storefront('shirt', { size: 100, post_filter: { term: { category: 'shirts' } } });
const SESSION = 'controls';
const suite = noBrowser === null ? describe : describe.skip;

suite(`the controls of a model${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;
  let user = '';
  let before: Seen;

  beforeAll(async () => {
    stack = await openStack();
    await stack.load('everything');
    user = await stack.busiest();
    const made = await admin(stack, '/models', { body: { ...FROM, name: 'Lab', catalog: stack.index } });
    expect(made.status).toBe(201);
    const clicked = ids(await plain(stack, SHIRTS)).slice(-2);
    const sent = await sendEvents(
      stack,
      clicked.map((object_id) => ({
        action_name: 'click',
        timestamp: new Date().toISOString(),
        session_id: SESSION,
        event_attributes: { object: { object_id } },
      })),
    );
    expect(sent.json()).toEqual({ accepted: 2, rejected: [] });
    await stack.activate('lab');
    before = await see();
  });
  afterAll(() => stack?.close());

  async function see(): Promise<Seen> {
    const answer = await search(stack, SHIRTS, { user, session: SESSION, kindred: 'explain' });
    const { plan = [], hits = [] } = answer.json().ext?.kindred ?? {};
    return {
      outcome: answer.header('x-personalization'),
      plan,
      moved: hits.flatMap(({ affinities }) => affinities),
      ids: ids(answer),
      plain: ids(await plain(stack, SHIRTS)),
    };
  }

  test.each(CONTROLS)('$name', async ({ from, change, makes, effect }: Control) => {
    const body = { ...FROM, ...from, name: 'Lab', catalog: stack.index };
    const put = await admin(stack, '/models/lab', { method: 'PUT', body, ifMatch: '*' });
    expect(put.status).toBe(200);
    const page = await openConsole(stack, { path: '/personalization/lab' });
    await page.getByText('Everything is saved.').waitFor();
    await change(page);
    await save(page);
    expect((await admin(stack, '/models/lab')).json()).toMatchObject({ state: 'draft', ...makes });
    if (!effect) return;
    await stack.activate('lab');
    effect(await see(), before);
  });
});
