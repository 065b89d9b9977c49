// How pages load: few requests after one another, code before it is needed, and nothing that jumps. It counts and never takes
// the time, which is another on every machine: `npm run console-speed` does.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { admin, search, sendEvents, storefront } from '../demo/shop-client.js';
import { noBrowser } from '../helpers/browser.js';
import { watchedConsoles } from './support/console.js';
import { holdApi } from './support/held-api.js';
import { readShifts, watchShifts } from './support/layout-shift.js';
import { openStack, type Stack } from './support/stack.js';

const suite = noBrowser === null ? describe : describe.skip;

/** A page, and how many rounds of requests it takes: what one asks for depends on the answers to the one before. */
const PAGES: readonly (readonly [path: string, rounds: number])[] = [
  // The models, then the versions of each.
  ['/personalization', 2],
  // The model, then the fields of its catalog.
  ['/personalization/default', 2],
  ['/personalization/default/training', 1],
  // Models and shoppers, then the fields of the catalog, then the lists.
  ['/preview', 3],
  ['/preview?q=shirt&user=USER', 3],
  ['/people', 1],
  ['/people/USER', 1],
  // The frame, then the feed, which is polled.
  ['/events', 2],
  ['/overview', 1],
  ['/audit', 1],
];
const MOST_SHIFT = 0.1;

suite(`pages load${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;
  let user = '';

  beforeAll(async () => {
    stack = await openStack();
    await stack.load('everything');
    await stack.stop();
    await stack.start();
    user = await stack.busiest();
  });
  afterAll(() => stack?.close());

  /** Opens a page whose API answers one by one. @returns what was asked for in each round, and what jumped */
  async function load(page: Page, path: string, order: 'first asked first' | 'last asked first') {
    const api = await holdApi(page);
    await page.goto(stack.admin + path.replace('USER', encodeURIComponent(user)));
    const rounds: string[][] = [];
    const seen = new Set<string>();
    for (;;) {
      const asked = await api.round();
      // What is polled is asked for again.
      const first = asked.filter((each) => !seen.has(each));
      if (first.length === 0 && (await isComplete(page))) break;
      if (first.length > 0) rounds.push(first);
      for (const each of first) seen.add(each);
      await api.answer(order);
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    return { rounds, shifts: await readShifts(page) };
  }

  async function loadAll(
    width: number,
    order: 'first asked first' | 'last asked first',
    paths = PAGES,
  ): Promise<string[]> {
    const found: string[] = [];
    for (const [path, most] of paths) {
      const page = await openConsole(stack, { width, path: '/audit' });
      await watchShifts(page);
      const { rounds, shifts } = await load(page, path, order);
      if (rounds.length > most) found.push(`${path} asks ${rounds.length} times: ${rounds.join(' | ')}`);
      if (shifts.sum > MOST_SHIFT) found.push(`${path} jumps by ${shifts.sum}: ${shifts.moved}`);
      await page.close();
    }
    return found;
  }

  test('without a trained model', async () => {
    const fresh = PAGES.filter(([path]) => !path.includes('USER'));
    expect(await loadAll(1280, 'first asked first', fresh)).toEqual([]);
    expect(await loadAll(390, 'last asked first', fresh)).toEqual([]);
  });

  test.each([
    // Each width and each order once; the others are below, while it is off.
    { width: 1280, order: 'first asked first' },
    { width: 390, order: 'last asked first' },
  ] as const)('with a live model, at $width px, $order', async ({ width, order }) => {
    if (
      (await admin<{ activeVersion: number | null }>(stack, '/models/default')).json().activeVersion === null
    )
      await stack.activate('default');
    // Something for the charts and the feed to show.
    await search(stack, storefront('shirt'), { user });
    await sendEvents(stack, ['view', 'add_to_cart', 'purchase'].map(happened));
    expect(await loadAll(width, order)).toEqual([]);
  });

  test.each([
    { width: 1280, order: 'last asked first' },
    { width: 390, order: 'first asked first' },
  ] as const)('while personalization is off, at $width px', async ({ width, order }) => {
    await stack.turn(false);
    try {
      expect(await loadAll(width, order)).toEqual([]);
    } finally {
      await stack.turn(true);
    }
  });

  test('a page asks for its data before its code is there', async () => {
    for (const [path, code, data] of [
      ['/personalization/default/training', '**/training-page-*.js', '/api/readiness'],
      ['/preview', '**/preview-page-*.js', '/api/people'],
      ['/overview', '**/overview-page-*.js', '/api/overview'],
    ] as const) {
      const page = await openConsole(stack, { path: '/audit' });
      let go = () => {};
      const held = new Promise<void>((resolve) => {
        go = resolve;
      });
      await page.route(code, async (route) => {
        await held;
        await route.continue();
      });
      const asked = page.waitForRequest((request) => new URL(request.url()).pathname === data);
      await page.goto(stack.admin + path);
      await asked;
      await page.getByText('Reading the page…').filter({ visible: true }).waitFor();
      go();
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
  });

  test.each([
    { hint: 'pointing at a link', look: (page: Page, name: string) => link(page, name).hover() },
    { hint: 'focusing it', look: (page: Page, name: string) => link(page, name).focus() },
  ])('$hint loads the code of its page, and asks the API nothing', async ({ look }) => {
    const page = await openConsole(stack, { path: '/personalization' });
    await link(page, 'Configure').waitFor();
    await page.waitForLoadState('networkidle');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    for (const [name, code] of [
      ['Preview', /\/preview-page-.*\.js$/],
      ['Shoppers', /\/users-page-.*\.js$/],
      ['Configure', /\/configure-page-.*\.js$/],
    ] as const) {
      const loaded = page.waitForResponse((response) => code.test(response.url()));
      await look(page, name);
      await loaded;
    }
    await page.waitForLoadState('networkidle');
    const polled = ['/api/models'];
    expect(asked.filter((path) => path.startsWith('/api/') && !polled.includes(path))).toEqual([]);
    // Opening the page then loads no code any more.
    asked.length = 0;
    await link(page, 'Shoppers').click();
    await page.getByRole('heading', { name: 'Shoppers', level: 1 }).waitFor();
    expect(asked.filter((path) => path.endsWith('.js'))).toEqual([]);
  });

  test('events that arrive do not make the feed jump', async () => {
    const page = await openConsole(stack, { path: '/audit' });
    await watchShifts(page);
    await sendEvents(stack, ['view', 'click', 'purchase'].map(happened));
    await page.goto(`${stack.admin}/events`);
    const feed = page.getByRole('list', { name: 'Events' });
    await feed.getByRole('listitem').nth(2).waitFor();
    for (const name of ['view', 'purchase', 'click', 'view']) {
      const arrived = page.waitForResponse(async (response) => (await response.text()).includes(`"${name}"`));
      await sendEvents(stack, [name, name, name].map(happened));
      await arrived;
    }
    await page.waitForTimeout(500);
    const { sum, moved } = await readShifts(page);
    expect({ jumps: sum > MOST_SHIFT, moved }).toEqual({ jumps: false, moved });
  });

  function happened(action_name: string): object {
    return {
      action_name,
      timestamp: new Date().toISOString(),
      user_id: user,
      event_attributes: { object: { object_id: '1' } },
    };
  }
});

function link(page: Page, name: string) {
  return page.getByRole('link', { name, exact: true });
}

/** It has its heading, and says of nothing that it is still read. */
async function isComplete(page: Page): Promise<boolean> {
  const reading = page.getByText(/^Reading .+…$/).filter({ visible: true });
  return (await page.getByRole('heading', { level: 1 }).count()) > 0 && (await reading.count()) === 0;
}
