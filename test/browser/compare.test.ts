// The preview to compare by: lists on one grid, lines between places, the shop's own search, examples, and the first shopper.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { admin, search, sendEvents, storefront } from '../demo/shop-client.js';
import { noBrowser } from '../helpers/browser.js';
import { eventually } from '../helpers/eventually.js';
import { graveViolations } from './support/accessibility.js';
import { answered, watchedConsoles } from './support/console.js';
import { button } from './support/gestures.js';
import { openStack, type Stack } from './support/stack.js';

const suite = noBrowser === null ? describe : describe.skip;

suite(`comparing${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;
  let user = '';
  const four = () => `/preview?q=shirt&user=${user}&model=default&model=second&model=third`;

  beforeAll(async () => {
    stack = await openStack();
    await stack.load('everything');
    await stack.stop();
    await stack.start();
    await stack.activate('default');
    user = await stack.busiest();
    for (const [name, preset] of [
      ['Second', 'discovery'],
      ['Third', 'buy_again'],
    ]) {
      const made = await admin(stack, '/models', { body: { name, preset, catalog: stack.index } });
      expect(made.status).toBe(201);
      await stack.train(String(name).toLowerCase());
    }
  });
  afterAll(() => stack?.close());

  const list = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
  const titles = (page: Page, title: string) => list(page, title).locator('.hit-title').allInnerTexts();
  const columns = (page: Page) => page.locator('.hit-column');

  test('four lists stand beside each other at 1280 px, the same place at the same height', async () => {
    const page = await openConsole(stack, { path: four() });
    await list(page, 'Third, version 1').waitFor();
    const places = await columns(page).evaluateAll((all) =>
      all.map((each) => ({
        top: each.getBoundingClientRect().top,
        rows: [...each.querySelectorAll('.hit-list > li')].map((row) => row.getBoundingClientRect().top),
      })),
    );
    expect(places).toHaveLength(4);
    for (const place of places) expect(place).toEqual(places[0]);
    expect(places[0]?.rows).toHaveLength(24);
    expect(await graveViolations(page)).toEqual([]);
  });

  test('a product’s places are joined, for the mouse and for the keyboard', async () => {
    const page = await openConsole(stack, { path: four(), dark: true });
    await list(page, 'OFF').waitFor();
    const card = list(page, 'OFF').locator('.hit-card').first();
    const id = await card.getAttribute('data-product');
    const same = page.locator(`[data-product="${id}"]`);
    const lines = page.locator('.product-lines line');
    for (const point of [() => card.hover(), () => card.focus()]) {
      await page.mouse.move(0, 0);
      await lines.first().waitFor({ state: 'detached' });
      await point();
      await lines.first().waitFor();
      expect(await lines.count()).toBe((await same.count()) - 1);
      expect(await page.locator('.hit-card[data-marked]').count()).toBe(await same.count());
    }
    expect(await card.innerText()).toContain(`${id} · price `);
    expect(await graveViolations(page)).toEqual([]);
  });

  test('lists and controls are hidden and shown again, and a link keeps which', async () => {
    const page = await openConsole(stack, { path: four() });
    await list(page, 'OFF').waitFor();
    const narrow = await list(page, 'OFF').evaluate((each) => each.getBoundingClientRect().width);
    await button(page, 'Hide the controls').click();
    expect(await list(page, 'OFF').evaluate((each) => each.getBoundingClientRect().width)).toBeGreaterThan(
      narrow + 40,
    );
    const lists = page.getByRole('group', { name: 'Lists' });
    await lists.getByText('OFF').click();
    await list(page, 'OFF').waitFor({ state: 'detached' });
    await page.waitForURL(/hide=off/);
    await page.reload();
    await list(page, 'Third, version 1').waitFor();
    expect(await columns(page).count()).toBe(3);
    await lists.getByText('OFF').click();
    await list(page, 'OFF').waitFor();
  });

  test('it opens on a shopper of the shop, whom everything is shown for', async () => {
    const page = await openConsole(stack, { path: '/preview?q=shirt' });
    await page
      .getByText(/boosts? from their history/)
      .first()
      .waitFor();
    const sample = page.locator('input[type=radio][value^="user "]:checked');
    await sample.waitFor({ state: 'attached' });
    expect(await titles(page, 'Default, version 1 (live)')).not.toEqual(await titles(page, 'OFF'));
    await page.getByRole('radio', { name: 'An unknown shopper' }).check();
    await page.waitForURL(/visitor=/);
    await page.getByText('nobody is known to be searching').waitFor();
  });

  test('the shop’s own search is run as it is pasted, and copied for a terminal', async () => {
    const page = await openConsole(stack, { path: `/preview?user=${user}`, reports: [answered(422)] });
    await page.getByText('Your shop’s').click();
    const text = page.getByRole('textbox', { name: 'Your shop’s search' });
    await text.fill('shirt');
    await button(page, 'Run it').click();
    await page.getByText('This is not JSON').waitFor();
    await text.fill('{"query":{"no_such_query":{}}}');
    await button(page, 'Run it').click();
    await page.getByText(/The engine refuses this search.*no_such_query/).waitFor();
    await text.fill(`POST /${stack.index}/_search\n${JSON.stringify(storefront('shirt', { size: 24 }))}`);
    await button(page, 'Run it').click();
    await list(page, 'OFF').waitFor();
    const proxy = await search(stack, storefront('shirt', { size: 24 }), { user });
    const hits = proxy.json().hits.hits.map(({ _id }) => _id);
    const shown = () =>
      list(page, 'Default, version 1 (live)')
        .locator('[data-product]')
        .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-product')));
    // The lists of the search before stay until those of this one are there.
    await eventually(async () => expect(await shown()).toEqual(hits));
    await page.waitForURL(/body=/);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button(page, 'Copy Default, version 1 (live) as curl').click();
    await page
      .getByText(/^Copied/)
      .first()
      .waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain(`'X-User-Id: ${user}'`);
    expect(copied).toContain('"size":24');
    expect(copied).toContain(`curl '${stack.proxy}/${stack.index}/_search'`);
    const toast = page.getByRole('alert').filter({ hasText: 'Copied' });
    await toast.getByText('in place of SERVER_KEY').waitFor();
    expect(await toast.innerText()).not.toContain('does not know');
    await button(page, 'Back to words').click();
    await page.getByRole('textbox', { name: 'Words' }).waitFor();
  });

  test('a reason that is left out says where its product went, also behind the places that are shown', async () => {
    const page = await openConsole(stack, { path: `/preview?q=shirt&user=${user}&model=default` });
    const shown = list(page, 'Default, version 1 (live)');
    const first = shown.locator('li').first();
    const id = await first.locator('[data-product]').getAttribute('data-product');
    await first.locator('summary').click();
    await button(page, 'See without').first().click();
    const seen = page.getByRole('status', { name: 'Seen without' });
    await seen.getByText(/(was|still) at 1/).waitFor();
    const words = await seen.innerText();
    expect(words).toContain(String(id));
    const [, now = '1'] = /now at (\d+)/.exec(words) ?? [];
    if (Number(now) <= 24)
      await eventually(async () =>
        expect(
          await shown
            .locator('[data-product]')
            .nth(Number(now) - 1)
            .getAttribute('data-product'),
        ).toBe(id),
      );
    await page.getByRole('textbox', { name: 'Words' }).fill('jeans');
    await seen.waitFor({ state: 'detached' });
  });

  test('while personalization is off, no list is called live', async () => {
    await stack.turn(false);
    try {
      const page = await openConsole(stack, { path: `/preview?q=shirt&user=${user}` });
      await list(page, 'Default, version 1 (waits while off)').waitFor();
      expect(await page.getByRole('main').innerText()).not.toContain('(live)');
    } finally {
      await stack.turn(true);
    }
  });

  test('a search of the feed is one click away', async () => {
    const event = { action_name: 'search', user_query: 'blue shirt', user_id: user };
    await sendEvents(stack, [{ ...event, timestamp: new Date().toISOString() }]);
    await stack.client.refresh('ubi_events');
    const page = await openConsole(stack, { path: '/preview?visitor=' });
    await page.getByText('Your shop’s').click();
    await page
      .getByRole('group', { name: 'Latest searches of shoppers' })
      .getByText(/^blue shirt/)
      .click();
    await page.waitForURL(/q=blue\+shirt/);
    expect(await page.getByRole('textbox', { name: 'Words' }).inputValue()).toBe('blue shirt');
    expect(page.url()).toContain(`user=${user}`);
  });

  test('examples are found with progress, and open what they say', async () => {
    const page = await openConsole(stack, { path: '/preview?visitor=&model=default' });
    await button(page, 'Show me examples').click();
    const first = page.getByRole('list', { name: 'Examples' }).getByRole('button').first();
    await page.getByText(/^\d+ of \d+ lists compared/).waitFor();
    await first.waitFor();
    await button(page, 'Stop').waitFor({ state: 'detached' });
    expect(await graveViolations(page)).toEqual([]);
    await first.click();
    await page.waitForURL(/user=/);
    await page
      .getByText(/boosts? from/)
      .first()
      .waitFor();
    expect(await titles(page, 'Default, version 1 (live)')).not.toEqual(await titles(page, 'OFF'));
  });

  test('a model that was never trained says so, with the button that trains it', async () => {
    expect((await admin(stack, '/models/third', { method: 'DELETE', ifMatch: '*' })).status).toBe(204);
    const made = await admin(stack, '/models', {
      body: { name: 'Fresh', preset: 'balanced', catalog: stack.index },
    });
    expect(made.status).toBe(201);
    const page = await openConsole(stack, { path: `/preview?q=shirt&user=${user}&model=fresh`, width: 390 });
    await page.getByText('Fresh is not trained yet').waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await button(page, 'Train Fresh').click();
    await page.getByText('Fresh is not trained yet').waitFor({ state: 'detached' });
    await list(page, 'Fresh, version 1').waitFor();
  });
});
