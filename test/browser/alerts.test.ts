// What fires stands on top of every page, says where it is mended, is put away until it changes, and can be tried.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { noBrowser } from '../helpers/browser.js';
import { graveViolations } from './support/accessibility.js';
import { watchedConsoles } from './support/console.js';
import { button } from './support/gestures.js';
import { openStack, type Stack } from './support/stack.js';

const suite = noBrowser === null ? describe : describe.skip;
const WORSE = /^Version 1 of “Default” is live, though it was judged worse\./;

suite(`alerts${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;

  beforeAll(async () => {
    stack = await openStack(undefined, []);
    await stack.load('everything');
    await stack.stop();
    await stack.start();
    await stack.activate('default');
    await stack.findWorse('default');
    await stack.refresh();
  });
  afterAll(() => stack?.close());

  const banner = (page: Page) => page.getByRole('region', { name: 'Alerts', exact: true }).first();

  test.each([
    { width: 1280, dark: false },
    { width: 1280, dark: true },
    { width: 390, dark: false },
    { width: 390, dark: true },
  ])('are on top of every page, at $width px, dark: $dark', async ({ width, dark }) => {
    const page = await openConsole(stack, { width, dark });
    await page.addInitScript(`window.shifted = 0;
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) window.shifted += value;
      }).observe({ type: 'layout-shift', buffered: true })`);
    const found: string[] = [];
    for (const path of [
      '/personalization',
      '/preview?q=shirt',
      '/people',
      '/events',
      '/overview',
      '/audit',
    ]) {
      await page.goto(stack.admin + path);
      await banner(page).getByText(WORSE).waitFor();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page
        .getByText(/^Reading .+…$/)
        .filter({ visible: true })
        .first()
        .waitFor({ state: 'detached' });
      found.push(...(await graveViolations(page)).map((line) => `${path} ${line}`));
      const wide = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (wide > 0) found.push(`${path} is ${wide} px wider than the window`);
      const shifted = await page.evaluate<number>('window.shifted');
      if (shifted > 0.1) found.push(`${path} shifted by ${shifted}`);
      await keep(page, `alerts-${path.slice(1).split('?')[0]}-${width}${dark ? '-dark' : ''}`);
    }
    expect(found).toEqual([]);
  });

  test('lead to where they are mended; put away, they are gone until the alert is another', async () => {
    const page = await openConsole(stack, { path: '/people' });
    await banner(page).getByRole('link', { name: 'Open the training' }).click();
    await page.waitForURL('**/personalization/default/training');
    await banner(page)
      .getByRole('button', { name: /^Dismiss: Version 1/ })
      .click();
    await banner(page).waitFor({ state: 'detached' });
    await page.goto(`${stack.admin}/overview`);
    await page.getByRole('region', { name: 'Alerts' }).getByText(WORSE).waitFor();
    expect(await page.getByRole('button', { name: /^Dismiss/ }).count()).toBe(0);
    // Mended, it is over; broken again, it is another.
    await stack.activate('default');
    await stack.refresh();
    await page.reload();
    await page.getByText('over', { exact: true }).waitFor();
    await stack.findWorse('default');
    await stack.refresh();
    await page.reload();
    await page.getByRole('button', { name: /^Dismiss: Version 2/ }).waitFor();
  });

  test('without a webhook the overview says so', async () => {
    const page = await openConsole(stack, { path: '/overview' });
    await page.getByText('They are shown here alone: no webhook is set.').waitFor();
    expect(await button(page, 'Send a test').count()).toBe(0);
  });
});

/** A picture of the page, where `KINDRED_PICTURES` names a folder for them. */
async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env.KINDRED_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}
