// Facts that agree on every page: measures by one name, what an empty list blames, titles of events, what an entry of the audit changed.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { MEASURES } from '../../src/core/model/measures.js';
import { admin, sendEvents } from '../demo/shop-client.js';
import { noBrowser } from '../helpers/browser.js';
import { eventually } from '../helpers/eventually.js';
import { graveViolations } from './support/accessibility.js';
import { watchedConsoles } from './support/console.js';
import { button } from './support/gestures.js';
import { JUDGED, openStack, type Stack } from './support/stack.js';

const suite = noBrowser === null ? describe : describe.skip;
const LONG = 'unbreakable'.repeat(28).slice(0, 300);
const WIDTHS = [1280, 390];

suite(`agreeing facts${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;

  beforeAll(async () => {
    stack = await openStack(JUDGED);
    await stack.load('everything');
    const products = Array.from({ length: 8 }, (_, n) => ({
      ...{ object_id: `long-${n}`, title: `shirt ${n} ${LONG}`, category: 'shirts' },
      ...{ brand: n % 2 === 0 ? LONG : `${LONG} ${n}`, color: LONG.slice(0, 200), price: 20 + n },
    }));
    await stack.client.bulk(
      stack.index,
      products.map((document) => ({ action: 'index', id: document.object_id, document })),
      { refresh: true },
    );
    await stack.stop();
    await stack.start();
    await sendEvents(
      stack,
      products.flatMap(({ object_id }) =>
        ['view', 'purchase'].map((action_name) => ({
          action_name,
          timestamp: new Date().toISOString(),
          user_id: 'longy',
          event_attributes: { object: { object_id } },
        })),
      ),
    );
    await stack.client.refresh('ubi_events');
  });
  afterAll(() => stack?.close());

  const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

  test('before a training, every page tells the same number of shoppers, and no history', async () => {
    const { people, individual, group } = (await admin<Reach>(stack, '/reach?model=default')).json();
    expect([individual, group]).toEqual([null, null]);
    const counted = people.toLocaleString('en');
    const page = await openConsole(stack, { path: '/personalization/default' });
    await page.getByText(`${counted} shoppers have events that count: a training makes`).waitFor();
    await page.getByText('A training forms the groups.').waitFor();
    await page.goto(`${stack.admin}/personalization/default/training`);
    await page.getByText(`${people} people have events that count`, { exact: false }).waitFor();
  });

  test('clicks that count as views are told on both pages', async () => {
    await stack.activate('default');
    const event = {
      action_name: 'click',
      user_id: 'longy',
      event_attributes: { object: { object_id: 'long-1' } },
    };
    await sendEvents(stack, [{ ...event, timestamp: new Date().toISOString() }]);
    await stack.client.refresh('ubi_events');
    const { eventWeights } = (await admin<Weights>(stack, '/models/default')).json();
    const page = await openConsole(stack, { path: '/personalization/default' });
    const told = page.getByRole('group', { name: 'Event weights' }).getByText(/clicks? among them/);
    if (eventWeights.some(({ event: name }) => name === 'click')) expect(await told.count()).toBe(0);
    else await told.waitFor();
    const reach = (await admin<Reach>(stack, '/reach?model=default')).json();
    await page
      .getByText(`in the trained version, ${reach.individual} shoppers have a history`, { exact: false })
      .waitFor();
    await page.goto(`${stack.admin}/personalization/default/training`);
    await page.getByText(/"view": [\d,]+ events/).waitFor();
    const readiness = await page.getByText(/"view": [\d,]+ events/).innerText();
    expect(/clicks? among them/.test(readiness)).toBe(
      !eventWeights.some(({ event: name }) => name === 'click'),
    );
  });

  test('after it, Training says every measure by its name with what it asks; the schedule is called so', async () => {
    const page = await openConsole(stack, { path: '/personalization/default/training' });
    for (const id of ['ALL', 'NEW', 'NEWFULL'] as const) {
      const { name, asks } = MEASURES[id];
      const shown = name.charAt(0).toUpperCase() + name.slice(1);
      await page.getByText(shown, { exact: true }).waitFor();
      await page.getByText(asks).waitFor();
    }
    expect(await page.getByText(/^From 0\.\d{3} without personalization to 0\.\d{3}: it /).count()).toBe(3);
    await region(page, 'Schedule').waitFor();
    expect(await graveViolations(page)).toEqual([]);
  });

  test.each(WIDTHS)('a value of 300 characters never lies over its bars, at %i px', async (width) => {
    const page = await openConsole(stack, { path: '/people/longy', width });
    await page.locator('.value-bars').first().waitFor();
    expect(
      await page
        .locator('.value-bars dt')
        .filter({ hasText: LONG.slice(0, 40) })
        .count(),
    ).toBeGreaterThan(0);
    const overlaps = await page.locator('.value-bars').evaluateAll((rows) =>
      rows.flatMap((row) => {
        const [name, bars] = [row.querySelector('dt'), row.querySelector('dd')];
        if (!name || !bars) return ['no bars'];
        const [a, b] = [name.getBoundingClientRect(), bars.getBoundingClientRect()];
        const apart = a.right <= b.left + 0.5 || a.bottom <= b.top + 0.5;
        // What it draws beyond its own box lies over what stands beside it.
        return apart && name.scrollWidth <= name.clientWidth ? [] : [`${a.right} > ${b.left}`];
      }),
    );
    expect(overlaps).toEqual([]);
    const latest = page.getByRole('table', { name: 'Latest events' });
    await latest
      .getByText(/^shirt \d unbreakable/)
      .first()
      .waitFor();
    expect(await graveViolations(page)).toEqual([]);
  });

  test.each([
    ['a category half typed', 'category=shir', '“shir” is no category of this catalog. These contain it:'],
    ['one that is none', 'category=xyzzy', '“xyzzy” is no category of this catalog, and none contains it.'],
    ['words that are too many', 'q=no+such+words', 'No product of the catalog has all these words.'],
    [
      'words in a category',
      'q=no+such&category=shirts',
      'No product of the category “shirts” has all these words.',
    ],
    ['words in half a category', 'q=shirt&category=shir', '“shir” is no category of this catalog.'],
    [
      'a search of the shop',
      `body=${encodeURIComponent('{"query":{"match_none":{}}}')}`,
      'Your shop’s search finds no',
    ],
  ])('an empty preview blames what is to blame: %s', async (_, search, words) => {
    const page = await openConsole(stack, { path: `/preview?visitor=&${search}` });
    await page.getByText(words).waitFor();
    expect(await page.getByText(/has all these words/).count()).toBe(words.includes('has all') ? 1 : 0);
    if (!search.includes('category=shir&') && !search.endsWith('category=shir')) return;
    await button(page, 'shirts').click();
    await page.waitForURL(/category=shirts/);
    await page.getByText(/^\d+ products?, ranked/).waitFor();
  });

  test('causes that are switched off are in the address, and outlive a reload', async () => {
    const page = await openConsole(stack, { path: '/preview?q=shirt&user=longy&without=product:related' });
    await page.getByText('without “goes with what they did”').first().waitFor();
    await page.getByRole('group', { name: 'What counts in this preview' }).getByText('their history').click();
    await page.waitForURL(/without=product%3Arelated&without=profile%3Aindividual/);
    await page.reload();
    await page.getByText('without “goes with what they did”').first().waitFor();
    const history = page.getByRole('checkbox', { name: 'their history' });
    await eventually(async () => expect(await history.isChecked()).toBe(false));
    await button(page, 'Count goes with what they did again').click();
    await page.waitForURL((url) => !url.search.includes('related'));
  });

  test('the example names a product of the catalog, and is accepted as it stands; an unknown one warns', async () => {
    const page = await openConsole(stack, { path: '/events' });
    const product = page.getByRole('textbox', { name: 'Product’s id' });
    await eventually(async () => expect(await product.inputValue()).toBe('long-1'));
    expect(await page.getByRole('main').locator('pre').innerText()).toContain('"object_id":"long-1"');
    await button(page, 'Send it now').click();
    await page.getByText('Accepted and stored.').waitFor();
    const feed = page.getByRole('list', { name: 'Events' });
    await feed
      .getByText(/product long-1 shirt 1 unbreakable/)
      .first()
      .waitFor();
    await product.fill('no-such-product');
    await button(page, 'Send it now').click();
    const row = feed.getByRole('listitem').filter({ hasText: 'no-such-product' });
    await row.getByText('accepted', { exact: true }).waitFor();
    await row.getByText(/^No catalog has this product/).waitFor();
    // The receipt says it, too, and is of this event alone.
    const receipt = page.getByRole('region', { name: 'Send an event' }).getByRole('status');
    await receipt.getByText(/^No catalog has this product/).waitFor();
    expect(await receipt.innerText()).not.toContain('appears in the feed');
    await product.fill('another');
    await receipt.waitFor({ state: 'detached' });
    for (const empty of ['', '   ']) {
      await product.fill(empty);
      await page.getByText('Which product?').waitFor();
      expect(await button(page, 'Send it now').isDisabled()).toBe(true);
    }
    expect(await page.getByRole('main').locator('pre').innerText()).toContain(`curl ${stack.proxy}/_kindred`);
    expect(await graveViolations(page)).toEqual([]);
  });

  test.each(WIDTHS)('entries of the audit open what was changed, at %i px', async (width) => {
    const read = (await admin<object>(stack, '/models/default')).json();
    const put = (path: string, body: object) => admin(stack, path, { method: 'PUT', body, ifMatch: '*' });
    await put('/models/default', { ...read, impact: width === 390 ? 31 : 32 });
    const settings = (await admin<object>(stack, '/settings')).json();
    await put('/settings', { ...settings, personalization: { enabled: width === 390 } });
    const page = await openConsole(stack, { path: '/audit', width });
    const entry = (text: string) => page.getByRole('listitem').filter({ hasText: text }).first();
    const turned = `turned personalization ${width === 390 ? 'on' : 'off'}`;
    expect(await entry(turned).innerText()).toMatch(/\d{1,2} \w{3,4} \d{4}, \d\d:\d\d/);
    await button(entry(turned), 'Show 1 change').click();
    const shown = page.getByRole('table', { name: 'What was changed in settings' });
    expect(await shown.innerText()).toMatch(
      width === 390 ? /Personalization\s+off\s+on/ : /Personalization\s+on\s+off/,
    );
    await button(entry('edited the model Default'), 'Show 1 change').click();
    const model = page.getByRole('table', { name: 'What was changed in models/default' });
    expect(await model.innerText()).toMatch(width === 390 ? /Impact\s+32\s+31/ : /Impact\s+\d+\s+32/);
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await graveViolations(page)).toEqual([]);
    await button(entry(turned), 'Hide 1 change').click();
    await shown.waitFor({ state: 'detached' });
  });
});

interface Reach {
  readonly people: number;
  readonly individual: number | null;
  readonly group: number | null;
}

interface Weights {
  readonly eventWeights: readonly { readonly event: string }[];
}
