// After a version went live, or personalization off, there is one way back, also by keyboard; and the focus never gets lost.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { admin } from '../demo/shop-client.js';
import { noBrowser } from '../helpers/browser.js';
import { eventually } from '../helpers/eventually.js';
import { watchedConsoles } from './support/console.js';
import { button, group, notice, type, weight } from './support/gestures.js';
import { openStack, type Stack } from './support/stack.js';

const TRAINING = '/personalization/default/training';
const suite = noBrowser === null ? describe : describe.skip;

suite(`the way back${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;

  beforeAll(async () => {
    stack = await openStack(undefined, []);
    await stack.load('everything');
    await stack.stop();
    await stack.start();
    await stack.activate('default');
    await stack.train('default');
    await stack.findWorse('default');
  });
  afterAll(() => stack?.close());

  const active = async () =>
    (await admin<{ activeVersion: number | null }>(stack, '/models/default')).json().activeVersion;
  const focused = (page: Page) =>
    page.evaluate<string>(
      'document.activeElement.tagName + (document.activeElement.getAttribute("aria-label") ?? "")',
    );
  const hasFocus = (place: Locator) => place.and(place.page().locator(':focus')).waitFor();
  const banner = (page: Page) => page.getByRole('region', { name: 'Alerts', exact: true }).first();

  test('what was live before a worse version is kept, and the message offers it', async () => {
    const page = await openConsole(stack, { path: TRAINING });
    await button(page, 'Save version 2').click();
    await button(page, 'Make version 2 live').first().click();
    const dialog = page.getByRole('dialog', { name: 'Version 2 is worse' });
    await dialog.getByText('Version 1 is kept: you can go back to it at any time.').waitFor();
    await dialog.getByRole('checkbox', { name: /want it all the same/ }).check();
    await button(dialog, 'Make live anyway').press('Enter');
    await notice(page, 'Default, version 2, is live').waitFor();
    expect(await active()).toBe(2);
    // The alert is of the version that is live now, at once.
    await banner(page)
      .getByText(/^Version 2 of “Default” is live, though it was judged worse/)
      .waitFor();
    expect(await banner(page).getByText('version 1').count()).toBe(0);
    const back = button(page, 'Back to version 1').first();
    await hasFocus(button(notice(page, 'is live'), 'Back to version 1'));
    expect(await button(page, 'Close this message').count()).toBeGreaterThan(0);
    await back.waitFor();
    await page.keyboard.press('Enter');
    await notice(page, 'Default, version 1, is live again').waitFor();
    expect(await active()).toBe(1);
    expect(await focused(page)).not.toMatch(/^BODY/);
  });

  test('without the message the versions offer it, in words that say what was live', async () => {
    const page = await openConsole(stack, { path: TRAINING });
    const second = page.getByRole('article', { name: 'Version 2' });
    await second.getByText('Live before').waitFor();
    await button(second, 'Back to version 2').click();
    await button(page.getByRole('dialog', { name: 'Back to version 2?' }), 'Go back').click();
    await notice(page, 'Default is at version 2').waitFor();
    await button(page.getByRole('article', { name: 'Version 1' }), 'Back to version 1').click();
    await button(page.getByRole('dialog'), 'Go back').click();
    await eventually(async () => expect(await active()).toBe(1));
    const text = await page.getByRole('main').innerText();
    expect(text).not.toMatch(/Settings are from it|Roll back|Return to version/);
    await page.goto(`${stack.admin}/audit`);
    await page.getByText('version 2, forced, instead of version 1, which is kept').waitFor();
  });

  test('off, no alert calls a version live; by keyboard Undo has the focus, and the switch has it afterwards', async () => {
    const page = await openConsole(stack, { path: '/personalization' });
    await banner(page)
      .getByText(/is live, though/)
      .waitFor();
    await group(page, 'What it is worth').getByRole('link', { name: 'See all figures' }).waitFor();
    const toggle = page.getByRole('switch', { name: 'Personalization' });
    await toggle.press('Space');
    await button(page.getByRole('dialog'), 'Turn off').press('Enter');
    const message = notice(page, 'Personalization is off').last();
    await hasFocus(button(message, 'Undo'));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await hasFocus(button(message, 'Undo'));
    await banner(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await notice(page, 'Personalization is on').waitFor();
    await hasFocus(toggle);
    await toggle.press('Space');
    await button(page.getByRole('dialog'), 'Cancel').press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await hasFocus(toggle);
    // By the banner, which then goes.
    await stack.turn(false);
    await page.reload();
    await button(page, 'Turn on').press('Enter');
    await notice(page, 'Personalization is on').waitFor();
    await button(page, 'Turn on').waitFor({ state: 'detached' });
    expect(await focused(page)).not.toMatch(/^BODY/);
  });

  test('a message stays while it is pointed at, and is not over what says that personalization is off', async () => {
    const page = await openConsole(stack, { path: '/personalization', width: 390 });
    await page.clock.install();
    // The word on it is what a pointer hits.
    await page.getByRole('switch', { name: 'Personalization' }).click({ force: true });
    await button(page.getByRole('dialog'), 'Turn off').click();
    const undo = button(page, 'Undo');
    await undo.hover();
    await page.clock.runFor(60_000);
    expect(await undo.isVisible()).toBe(true);
    const off = page.getByRole('status').filter({ hasText: 'Personalization is off.' });
    const [above, below] = [await off.boundingBox(), await notice(page, 'Undo').last().boundingBox()];
    expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
    await page.mouse.move(0, 0);
    await page.clock.runFor(30_000);
    await undo.waitFor({ state: 'detached' });
    await stack.turn(true);
  });

  test.each([390, 1280])(
    'at %i px what has the focus is above the bar, and stays near when it goes',
    async (width) => {
      const page = await openConsole(stack, { path: '/personalization/default', width });
      const fields = group(page, 'Affinity fields');
      await type(weight(fields, 'brand'), '95');
      const balance = button(fields, 'Balance the rest');
      await balance.waitFor();
      await page.evaluate('window.scrollTo(0, 0)');
      await balance.focus();
      const [button_, bar] = [await balance.boundingBox(), await page.locator('.save-bar').boundingBox()];
      expect((button_?.y ?? 0) + (button_?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
      await page.keyboard.press('Enter');
      await balance.waitFor({ state: 'detached' });
      expect(await fields.evaluate((place) => place.contains(place.ownerDocument.activeElement))).toBe(true);
      await button(page, 'Discard').click();
    },
  );

  test('closed, the menu of a phone is no tab stop; open, Escape closes it and Tab stays in it', async () => {
    const page = await openConsole(stack, { path: '/overview', width: 390 });
    const menu = button(page, 'Navigation');
    await menu.focus();
    const stops: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate<string>('String(document.activeElement.closest("nav") !== null)'));
    }
    expect(stops).not.toContain('true');
    await menu.press('Enter');
    await page.getByRole('link', { name: 'Audit log' }).focus();
    await page.keyboard.press('Escape');
    await hasFocus(menu);
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    await menu.press('Enter');
    expect(await page.evaluate('document.querySelector("main").inert')).toBe(true);
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.waitForURL('**/audit');
    expect(await page.evaluate('document.querySelector("main").inert')).toBe(false);
  });
});
