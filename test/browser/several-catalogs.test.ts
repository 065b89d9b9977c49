// Two catalogs in one console: each with its models and its switch, chosen at the top of every page.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { admin } from '../demo/shop-client.js';
import { noBrowser } from '../helpers/browser.js';
import { graveViolations } from './support/accessibility.js';
import { answered, watchedConsoles } from './support/console.js';
import { openStack, type Stack } from './support/stack.js';

const suite = noBrowser === null ? describe : describe.skip;

suite(`several catalogs${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;

  beforeAll(async () => {
    stack = await openStack(undefined, undefined, ['garden']);
    await stack.load('everything');
    await stack.stop();
    await stack.start();
    await stack.activate('default');
  });
  afterAll(() => stack?.close());

  const choice = (page: Page) => page.getByLabel('Catalog', { exact: true });
  const isOn = async (catalog: string) => {
    const { personalization } = (
      await admin<{ personalization: { enabled: boolean } }>(stack, `/settings?catalog=${catalog}`)
    ).json();
    return personalization.enabled;
  };

  test.each([
    { width: 1280, dark: false },
    { width: 390, dark: true },
  ])('one is switched off and not the other, at $width px', async ({ width, dark }) => {
    const page = await openConsole(stack, { width, dark });
    await page.getByText('Version 1').first().waitFor();
    expect(await choice(page).locator('option').allTextContents()).toEqual([stack.index, 'garden']);
    await choice(page).selectOption('garden');
    // Its own default model, never trained.
    await page.getByText('Draft').first().waitFor();
    expect(await page.getByText('Version 1').count()).toBe(0);
    await page.getByRole('switch', { name: 'Personalization', exact: true }).click({ force: true });
    await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click();
    await page.getByText('Personalization is off').first().waitFor();
    expect([await isOn(stack.index), await isOn('garden')]).toEqual([true, false]);
    // It stays chosen when the page is loaded again.
    await page.reload();
    await page.getByText('Personalization is off').first().waitFor();
    expect(await graveViolations(page)).toEqual([]);
    expect(await choice(page).inputValue()).toBe('garden');
    await choice(page).selectOption(stack.index);
    await page.getByText('Version 1').first().waitFor();
    expect(await page.getByText('Personalization is off').count()).toBe(0);
    await choice(page).selectOption('garden');
    await page.getByRole('switch', { name: 'Personalization', exact: true }).click({ force: true });
    await page.getByText('Personalization is off').first().waitFor({ state: 'detached' });
    await choice(page).selectOption(stack.index);
    await page.close();
  });

  test('a catalog that is configured no more is forgotten', async () => {
    // What is asked for before the catalogs are known is asked of none.
    const page = await openConsole(stack, { reports: [answered(404)] });
    await page.getByText('Version 1').first().waitFor();
    await page.evaluate("localStorage.setItem('kindred-catalog', 'gone')");
    await page.reload();
    await page.getByText('Version 1').first().waitFor();
    expect(await choice(page).inputValue()).toBe(stack.index);
    await page.close();
  });
});
