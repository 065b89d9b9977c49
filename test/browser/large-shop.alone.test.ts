// A large shop: 50,000 values in a field, 300 categories, 1,000 events a second; whoever clicks or types waits under 200 ms.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { admin, sendEvents } from '../demo/shop-client.js';
import { noBrowser } from '../helpers/browser.js';
import { eventually } from '../helpers/eventually.js';
import { watchedConsoles } from './support/console.js';
import { button, group, weight } from './support/gestures.js';
import { openStack, type Stack } from './support/stack.js';

const VALUES = 50_000;
const CATEGORIES = 300;
const BATCH = 5_000;
const EVENTS_PER_S = 1_000;
const EVENTS_S = 6;
/** What people feel as at once: the time from a click or a key to the next picture. */
const MOST_MS = 200;
/** Of a key that is held down. */
const KEY_REPEAT_MS = 33;

const suite = noBrowser === null ? describe : describe.skip;

suite(`a large shop${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;

  beforeAll(async () => {
    stack = await openStack();
    await stack.load('everything');
    await loadStyles(stack);
    await stack.stop();
    await stack.start();
    const model = (await admin<{ globalAffinityFields: object[] }>(stack, '/models/default')).json();
    const globalAffinityFields = [
      { field: 'brand', weight: 50 },
      { field: 'style', weight: 50 },
    ];
    const put = { method: 'PUT', body: { ...model, globalAffinityFields }, ifMatch: '*' };
    expect((await admin(stack, '/models/default', put)).status).toBe(200);
    await stack.activate('default');
  });
  afterAll(() => stack?.close());

  test('a model is configured with fields and categories of that size', async () => {
    const page = await openConsole(stack, { path: '/personalization/default' });
    const fields = group(page, 'Affinity fields');
    await weight(fields, 'style').waitFor();
    const waited = await watchWaits(page);
    const slider = page.getByRole('slider', { name: 'Weight of style', exact: true });
    await slider.focus();
    for (let press = 0; press < 10; press++) {
      await slider.press('ArrowRight');
      await page.waitForTimeout(KEY_REPEAT_MS);
    }
    await button(fields, 'Add field').click();
    await button(page.getByRole('dialog'), 'Add color').waitFor();
    await page.keyboard.press('Escape');
    await button(page, 'Add override').click();
    const categories = page.getByRole('combobox', { name: 'Categories' });
    await categories.click();
    await categories.pressSequentially('kind 29', { delay: KEY_REPEAT_MS });
    await page.getByRole('option', { name: /^kind 299/ }).click();
    expect(await waited()).toEqual([]);
  });

  test('a preview finds one of the values for a made-up shopper', async () => {
    const page = await openConsole(stack, { path: '/preview?made=' });
    await page.getByRole('region', { name: 'OFF' }).getByRole('listitem').first().waitFor();
    const waited = await watchWaits(page);
    await page.getByRole('combobox', { name: 'Tastes by' }).click();
    await page.getByRole('option', { name: 'style' }).click();
    const find = page.getByRole('combobox', { name: 'Find a value of style' });
    await find.pressSequentially('style 49999', { delay: KEY_REPEAT_MS });
    await page.getByRole('option', { name: 'style 49999' }).click();
    await page.getByRole('list', { name: 'Tastes' }).getByText('style 49999').waitFor();
    await page
      .getByRole('combobox', { name: 'Inside a category' })
      .pressSequentially('kind 7', { delay: KEY_REPEAT_MS });
    await page.getByRole('option', { name: 'kind 77' }).click();
    await page.waitForURL(/category=kind\+77/);
    await page.getByRole('checkbox', { name: 'Every reason of a product' }).check();
    expect(await waited()).toEqual([]);
  });

  test('events are watched while a thousand a second arrive', async () => {
    const page = await openConsole(stack, { path: '/events' });
    await page.getByText('No event in the last hour.').waitFor();
    const waited = await watchWaits(page);
    const sending = sendMany(stack);
    const feed = page.getByRole('list', { name: 'Events' });
    await feed.getByText('view').first().waitFor();
    await page
      .getByRole('textbox', { name: 'Only events named' })
      .pressSequentially('add_to', { delay: KEY_REPEAT_MS });
    await feed.getByText('view').first().waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Only events named' }).fill('');
    for (const which of ['Rejected', 'Accepted', 'All'])
      await page.getByRole('radiogroup', { name: 'Which events' }).getByText(which).click();
    const perSecond = await sending;
    expect(perSecond).toBeGreaterThan((EVENTS_PER_S * 0.9) / Math.max(1, await slowness(page)));
    await eventually(async () => {
      const counts = await page
        .getByRole('table', { name: 'Events of the last hour' })
        .getByRole('cell')
        .allInnerTexts();
      const total = counts.reduce((sum, text) => sum + (Number(text.replaceAll(',', '')) || 0), 0);
      expect(total).toBe(EVENTS_PER_S * EVENTS_S);
    });
    expect(await waited()).toEqual([]);
  });
});

/** One product a style, all over 300 categories. */
async function loadStyles({ client, index }: Stack): Promise<void> {
  const properties = { style: { type: 'keyword' } };
  await client.request({ method: 'PUT', path: `/${index}/_mapping`, body: { properties } });
  for (let from = 0; from < VALUES; from += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, n) => from + n);
    const failures = await client.bulk(
      index,
      batch.map((n) => ({
        action: 'index',
        id: `style-${n}`,
        document: {
          object_id: `style-${n}`,
          title: `thing of style ${n}`,
          category: `kind ${n % CATEGORIES}`,
          brand: `brand ${n % 40}`,
          style: `style ${n}`,
          popularity: 1 + (n % 10),
        },
      })),
      { refresh: from + BATCH >= VALUES },
    );
    expect(failures).toEqual([]);
  }
}

/**
 * Takes the time from every key and click to the picture after it. (Chromium's own event timing gave ten keys of a slider,
 * drawn one by one, the time of the last.)
 * @returns a function that ends it: those that took too long
 */
async function watchWaits(page: Page): Promise<() => Promise<object[]>> {
  await page.waitForLoadState('networkidle');
  const before = await slowness(page);
  await page.evaluate(`
    window.waits = [];
    for (const type of ['keydown', 'click', 'input'])
      addEventListener(type, (event) => requestAnimationFrame(() => setTimeout(() =>
        window.waits.push({ type, ms: performance.now() - event.timeStamp, on: event.target.outerHTML.slice(0, 120) })
      )), { capture: true });
  `);
  return async () => {
    await page.waitForTimeout(MOST_MS);
    const waits = await page.evaluate<{ readonly ms: number }[]>('window.waits');
    expect(waits.length).toBeGreaterThan(4);
    const most = MOST_MS * Math.max(1, before, await slowness(page));
    return waits.filter(({ ms }) => ms >= most);
  };
}

/**
 * How much longer this machine takes at this moment, while others use it too, than one on which all of this is felt as
 * at once: a plain loop takes 25 ms there.
 */
async function slowness(page: Page): Promise<number> {
  const ms = await page.evaluate<number[]>(`Array.from({ length: 6 }, () => {
    const begun = performance.now();
    let sum = 0;
    for (let n = 0; n < 1e7; n++) sum += Math.sqrt(n);
    return sum > 0 ? performance.now() - begun : 0;
  })`);
  // The first one is not compiled yet.
  return Math.max(...ms.slice(1)) / 25;
}

/** @returns how many were taken a second */
async function sendMany(stack: Stack): Promise<number> {
  const started = performance.now();
  const size = EVENTS_PER_S / 10;
  for (let batch = 0; batch < EVENTS_S * 10; batch++) {
    const sent = await sendEvents(
      stack,
      Array.from({ length: size }, (_, n) => ({
        action_name: n % 5 === 0 ? 'add_to_cart' : 'view',
        timestamp: new Date().toISOString(),
        user_id: `busy-${n}`,
        event_attributes: { object: { object_id: `style-${batch * size + n}` } },
      })),
    );
    expect(sent.json().accepted).toBe(size);
    const due = started + (batch + 1) * 100;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  return (1_000 * EVENTS_PER_S * EVENTS_S) / (performance.now() - started);
}
