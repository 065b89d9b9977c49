// A merchandiser's first day, from an empty shop to ranked searches and back, in a real browser on the real thing.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { admin, ids, plain, search, storefront } from '../demo/shop-client.js';
import { noBrowser } from '../helpers/browser.js';
import { eventually } from '../helpers/eventually.js';
import { watchedConsoles } from './support/console.js';
import { addFields, button, choose, group, notice, save, type, weight } from './support/gestures.js';
import { JUDGED, openStack, type Stack } from './support/stack.js';

const SHIRTS = storefront('shirt', { size: 60 });
const suite = noBrowser === null ? describe : describe.skip;

suite(`a first day${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;
  let user = '';
  const orders: Record<string, string[]> = {};

  beforeAll(async () => {
    stack = await openStack(JUDGED);
  });
  afterAll(() => stack?.close());

  const order = async () => ids(await search(stack, SHIRTS, { user }));
  const served = (words: string) =>
    eventually(async () =>
      expect((await search(stack, SHIRTS, { user })).header('x-personalization')).toContain(words),
    );
  const model = async <T = Record<string, unknown>>(id: string) =>
    (await admin<T>(stack, `/models/${id}`)).json();

  /** Starts a training and follows it to its end. */
  async function train(page: Page, version: number): Promise<void> {
    await button(page, 'Train and judge').click();
    await page.getByText(`Version ${version} was finished`).waitFor();
  }

  test('nothing is there: the page says what to do', async () => {
    const page = await openConsole(stack);
    await page.getByText('There is no default model yet').waitFor();
    expect(new URL(page.url()).pathname).toBe('/personalization');
  });

  test('a catalog without events: readiness says what is missing, and so does a training that fails', async () => {
    await stack.load('catalog');
    await stack.stop();
    await stack.start();
    const page = await openConsole(stack, { path: '/personalization/default/training' });
    await page.getByText('Not ready').waitFor();
    const missing = page.getByRole('listitem').filter({ has: page.getByRole('img', { name: 'Missing' }) });
    expect(await missing.allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^No event of the weighted types/)]),
    );
    await button(page, 'Train and judge').click();
    const failed = page.getByRole('alert').filter({ hasText: 'The last training failed' });
    await failed.waitFor();
    expect(await failed.innerText()).toMatch(/event/i);
    await button(page, 'Train and judge').waitFor();
  });

  test('with events the default model is trained, saved and made live', async () => {
    await stack.load('everything');
    user = await stack.busiest();
    const page = await openConsole(stack, { path: '/personalization/default/training' });
    await button(page, 'Check again').click();
    await page.getByText('Ready to train').waitFor();
    await train(page, 1);
    await button(page, 'Save version 1').click();
    await notice(page, 'Version 1 is saved').waitFor();
    await button(page, 'Make version 1 live').click();
    await button(page.getByRole('dialog'), 'Make live').click();
    await notice(page, 'Default, version 1, is live').waitFor();
    await served('applied; model=default@1');
    orders.default = await order();
    expect(orders.default).not.toEqual(ids(await plain(stack, SHIRTS)));
  });

  test('a model of their own: fields to 100, an override, events, decay; no save at 99', async () => {
    const page = await openConsole(stack);
    await button(page, 'Add model').first().click();
    const dialog = page.getByRole('dialog');
    await type(dialog.getByRole('textbox', { name: 'Name' }), 'Colour first');
    await button(dialog, 'Add model').click();
    await page.waitForURL('**/personalization/colour_first');

    const fields = group(page, 'Affinity fields');
    for (const name of (
      await model<{ globalAffinityFields: { field: string }[] }>('colour_first')
    ).globalAffinityFields.map(({ field }) => field))
      if (name !== 'color' && name !== 'brand') await button(fields, `Remove ${name}`).click();
    await type(weight(fields, 'color'), '79');
    await type(weight(fields, 'brand'), '20');
    await fields.getByText('Total 99 of 100: 1 left').waitFor();
    expect(await button(page, 'Save draft').isDisabled()).toBe(true);
    await type(weight(fields, 'color'), '85');
    await fields.getByText('5 too much').waitFor();
    expect(await button(page, 'Save draft').isDisabled()).toBe(true);
    await addFields(fields, 'size');
    await type(weight(fields, 'color'), '70');
    await button(fields, 'Balance the rest').click();
    await fields.getByText('Total 100 of 100').waitFor();

    await button(page, 'Add override').click();
    await choose(page, 'Categories', 'shoes', 'sho');
    await page.keyboard.press('Escape');
    await addFields(group(page, 'Fields of shoes'), 'brand');

    const events = group(page, 'Event weights');
    await type(weight(events, 'purchase'), '60');
    await button(events, 'Balance the rest').click();
    await choose(page, 'Events count from', 'Last 90 days');
    await save(page);
    expect(await model('colour_first')).toMatchObject({
      globalAffinityFields: expect.arrayContaining([{ field: 'color', weight: 70 }]),
      categoryOverrides: [{ categories: ['shoes'], fields: [{ field: 'brand', weight: 100 }] }],
      eventWeights: expect.arrayContaining([{ event: 'purchase', weight: 60 }]),
      timeDecay: '90d',
      state: 'draft',
    });
  });

  /** Tries weights that nobody saved on a real shopper, and goes back to the training. */
  async function previewUnsaved(page: Page): Promise<void> {
    await page.goto(`${stack.admin}/personalization/colour_first`);
    await type(page.getByRole('textbox', { name: 'Impact as a number' }), '100');
    await page.getByRole('link', { name: 'Preview changes' }).click();
    await page.getByRole('radio', { name: 'A shopper by their id' }).check();
    await type(page.getByRole('textbox', { name: 'Shopper’s id' }), user);
    await type(page.getByRole('textbox', { name: 'Words' }), 'shirt');
    const titles = (list: string) =>
      page.getByRole('region', { name: list, exact: true }).locator('.hit-title').allInnerTexts();
    await eventually(async () => {
      const unsaved = await titles('Colour first, not saved');
      expect(unsaved).toHaveLength(24);
      expect(unsaved).not.toEqual(await titles('Colour first, version 1'));
    });
    await page.goto(`${stack.admin}/personalization/colour_first`);
    await button(page, 'Discard').click();
    await button(page.getByRole('dialog'), 'Discard').click();
    await page.getByText('Everything is saved.').waitFor();
    await page.getByRole('link', { name: 'Training', exact: true }).click();
  }

  test('its training shows the stage it is in, is saved and made live, and searches change', async () => {
    const go = stack.holdTrainings();
    const page = await openConsole(stack, { path: '/personalization/colour_first' });
    await page.getByRole('link', { name: 'Training', exact: true }).click();
    await button(page, 'Train and judge').click();
    const stage = page.getByRole('listitem').filter({ hasText: 'Reading events' });
    await stage.filter({ hasText: 'under way' }).waitFor();
    await page.getByRole('progressbar', { name: 'Progress of the training' }).waitFor();
    expect(await order()).toEqual(orders.default);
    go();
    await page.getByText('Version 1 was finished').waitFor();
    await page.getByRole('heading', { name: 'What version 1 is worth' }).waitFor();
    await page.getByText('Without personalization', { exact: true }).waitFor();
    await previewUnsaved(page);
    expect(await order()).toEqual(orders.default);
    await button(page, 'Save version 1').click();
    await notice(page, 'Version 1 is saved').waitFor();
    await makeLive(page, 1);
    await served('applied; model=colour_first@1');
    orders.first = await order();
    expect(orders.first).not.toEqual(orders.default);
  });

  test('OFF is the plain order, ON the one before; a keyboard is enough', async () => {
    const page = await openConsole(stack);
    const toggle = page.getByRole('switch', { name: 'Personalization' });
    await toggle.focus();
    await page.keyboard.press('Space');
    const asked = page.getByRole('dialog', { name: 'Turn personalization off?' });
    await asked.getByText('Version 1 of Colour first stops ranking').waitFor();
    await served('applied; model=colour_first@1');
    await button(asked, 'Cancel').press('Enter');
    expect(await toggle.isChecked()).toBe(true);
    await toggle.press('Space');
    await button(asked, 'Turn off').press('Enter');
    await notice(page, 'Personalization is off').waitFor();
    await page.getByText('Every search goes to the engine as your storefront sent it').waitFor();
    await served('skipped; reason=off');
    expect(await order()).toEqual(ids(await plain(stack, SHIRTS)));
    const card = page.getByRole('article', { name: 'Colour first', exact: true });
    await card.getByText('Off: version 1 waits').waitFor();
    expect(await page.getByRole('main').innerText()).not.toMatch(
      /^Live|version \d+ is live|, live$|\bserv(es|ing)\b/m,
    );
    for (const path of EVERY_PAGE) {
      await page.goto(`${stack.admin}${path}`);
      await page.getByRole('status').filter({ hasText: 'Personalization is off.' }).waitFor();
    }
    await page.goto(`${stack.admin}/personalization`);
    await toggle.press('Space');
    await notice(page, 'Personalization is on').waitFor();
    await served('applied; model=colour_first@1');
    expect(await order()).toEqual(orders.first);
    // Undone at once.
    await toggle.press('Space');
    await button(asked, 'Turn off').click();
    await served('skipped; reason=off');
    await button(page, 'Undo').click();
    await served('applied; model=colour_first@1');
    expect(await toggle.isChecked()).toBe(true);
  });

  test('a second version, and back to the first', async () => {
    const page = await openConsole(stack, { path: '/personalization/colour_first' });
    const fields = group(page, 'Affinity fields');
    await type(weight(fields, 'brand'), '95');
    await button(fields, 'Balance the rest').click();
    await type(page.getByRole('textbox', { name: 'Impact as a number' }), '90');
    await save(page);
    await served('applied; model=colour_first@1');
    expect(await order()).toEqual(orders.first);
    await page.goto(`${stack.admin}/personalization/colour_first/training`);
    await train(page, 2);
    await button(page, 'Save version 2').click();
    await notice(page, 'Version 2 is saved').waitFor();
    await makeLive(page, 2);
    await served('applied; model=colour_first@2');
    expect(await order()).not.toEqual(orders.first);

    const versions = page.getByRole('article', { name: 'Version 2' });
    await button(versions, /settings? changed since version 1/).click();
    await versions.getByRole('cell', { name: 'Impact' }).waitFor();
    await button(page.getByRole('article', { name: 'Version 1' }), 'Back to version 1').click();
    await button(page.getByRole('dialog'), 'Go back').click();
    await notice(page, 'Colour first is at version 1').waitFor();
    await served('applied; model=colour_first@1');
    expect(await order()).toEqual(orders.first);
  });

  test('a copy is made, and goes again', async () => {
    const page = await openConsole(stack);
    await button(page, 'More for Colour first').click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await button(page.getByRole('dialog'), 'Add model').click();
    await page.waitForURL('**/personalization/colour_first_copy');
    const [copy, original] = [await model('colour_first_copy'), await model('colour_first')];
    expect(copy.globalAffinityFields).toEqual(original.globalAffinityFields);
    expect(copy.categoryOverrides).toEqual(original.categoryOverrides);

    await page.getByRole('link', { name: 'Personalization', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Colour first copy', level: 3 }).waitFor();
    expect(await button(page, 'Add model').count()).toBe(0);
    await button(page, 'More for Colour first copy').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await button(page.getByRole('dialog'), 'Delete').click();
    await notice(page, 'Colour first copy is deleted').waitFor();
    await button(page, 'Add model').waitFor();
    expect((await admin(stack, '/models/colour_first_copy')).status).toBe(404);
  });
});

const EVERY_PAGE = [
  '/personalization/colour_first',
  '/personalization/colour_first/training',
  '/preview',
  '/people',
  '/events',
  '/overview',
  '/audit',
];

/** Insists where the version was found worse than what is live. */
async function makeLive(page: Page, version: number): Promise<void> {
  await button(page, `Make version ${version} live`).click();
  const dialog = page.getByRole('dialog');
  const worse = dialog.getByRole('checkbox', { name: /shoppers will find what they want less often/ });
  if (await worse.isVisible()) {
    expect(await button(dialog, 'Make live anyway').isDisabled()).toBe(true);
    await worse.check();
  }
  await button(dialog, /^Make live( anyway)?$/).click();
  await notice(page, `version ${version}, is live`).waitFor();
}
