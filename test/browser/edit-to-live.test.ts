// One way from an edit to a live model: what is not saved is named everywhere, trained by one button, and each step says its version.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { admin, search, storefront } from '../demo/shop-client.js';
import { noBrowser } from '../helpers/browser.js';
import { eventually } from '../helpers/eventually.js';
import { watchedConsoles } from './support/console.js';
import { button, choose, notice, type } from './support/gestures.js';
import { JUDGED, openStack, type Stack } from './support/stack.js';

const SHIRTS = storefront('shirt', { size: 10 });
const CONFIGURE = '/personalization/default';
const TRAINING = '/personalization/default/training';
const suite = noBrowser === null ? describe : describe.skip;

suite(`from an edit to a live model${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;
  let user = '';

  beforeAll(async () => {
    stack = await openStack(JUDGED);
    await stack.load('everything');
    await stack.stop();
    await stack.start();
    user = await stack.busiest();
    await stack.activate('default');
  });
  afterAll(() => stack?.close());

  const model = async () => (await admin<Record<string, unknown>>(stack, '/models/default')).json();
  const live = (version: number) =>
    eventually(async () => {
      const answer = await search(stack, SHIRTS, { user });
      expect(answer.header('x-personalization')).toContain(`model=default@${version};`);
    });
  const impact = (page: Page) => page.getByRole('textbox', { name: 'Impact as a number' });
  const goTo = (page: Page, path: string) => page.goto(stack.admin + path);

  test('what is not saved is named on the card, the training and the preview, and one button takes it all the way', async () => {
    const go = stack.holdTrainings();
    const page = await openConsole(stack, { path: CONFIGURE });
    await choose(page, 'Events count from', 'Last 90 days');
    await page.getByText(/^Saves Time decay, trains version 2 on your events/).waitFor();
    for (const path of ['/personalization', TRAINING, '/preview']) {
      await goTo(page, path);
      await page.getByRole('alert').filter({ hasText: 'Default, not saved: Time decay' }).waitFor();
    }
    await goTo(page, '/personalization');
    await button(page, 'Save, train and judge').click();
    await page.waitForURL(`**${TRAINING}`);
    await button(page, 'Cancel training').waitFor();
    expect(await model()).toMatchObject({ timeDecay: '90d', state: 'training' });
    expect(await page.getByText('not saved').count()).toBe(0);

    // Edited while it runs: it is not in that run, in the tab or saved.
    await goTo(page, CONFIGURE);
    await type(impact(page), '80');
    const told = page
      .getByRole('alert')
      .filter({ hasText: 'Not in this training: Impact' })
      .filter({ hasText: 'It needs no training' });
    await told.waitFor();
    await button(page, 'Save draft').click();
    await page.getByText('Everything is saved.').waitFor();
    for (const path of ['/personalization', TRAINING, CONFIGURE]) {
      await goTo(page, path);
      await told.waitFor();
    }
    await goTo(page, TRAINING);
    go();
    await page.getByText('Version 2 was finished').waitFor();
    expect(await model()).toMatchObject({ state: 'draft', currentVersion: 2, needsTraining: false });
    await live(1);
  });

  test('impact and switches are saved as a version without a training, with what it is worth', async () => {
    const page = await openConsole(stack, { path: CONFIGURE });
    const worth = page.getByRole('status', { name: 'Quality at this impact' });
    await worth
      .getByText(/0: 0\.\d{3} · 25: 0\.\d{3} · 50: 0\.\d{3} · 75: 0\.\d{3} · 100: 0\.\d{3}/)
      .waitFor();
    await type(impact(page), '25');
    await button(page, 'Save as version 3').click();
    await notice(page, 'Version 3 is saved').waitFor();
    expect(await model()).toMatchObject({ state: 'saved', impact: 25, savedVersion: 3, activeVersion: 1 });
    await live(1);
    await goTo(page, TRAINING);
    await page.getByRole('heading', { name: 'What version 3 is worth' }).waitFor();
    await page
      .getByRole('article', { name: 'Version 3' })
      .getByText(/over the histories of version 2/)
      .waitFor();
    await button(page, 'Make version 3 live').click();
    const dialog = page.getByRole('dialog');
    const worse = dialog.getByRole('checkbox', { name: /want it all the same/ });
    if (await worse.isVisible()) await worse.check();
    await button(dialog, /^Make live( anyway)?$/).click();
    await notice(page, 'version 3, is live').waitFor();
    await live(3);
  });

  test('with an older version live, every page is of that one, and one goes back only to what was live', async () => {
    const page = await openConsole(stack, { path: TRAINING });
    await page.getByRole('article', { name: 'Version 3' }).getByText('Live', { exact: true }).waitFor();
    await button(page, 'Make version 2 live').click();
    const asked = page.getByRole('dialog');
    const worse = asked.getByRole('checkbox', { name: /want it all the same/ });
    if (await worse.isVisible()) await worse.check();
    await button(asked, 'Make live').click();
    await live(2);
    await page.getByRole('heading', { name: 'What version 2 is worth' }).waitFor();
    await button(page.getByRole('article', { name: 'Version 3' }), 'Back to version 3').waitFor();
    // Never live, it is not gone back to.
    expect(await button(page, /^Back to version 1/).count()).toBe(0);

    await goTo(page, '/personalization');
    const card = page.getByRole('article', { name: 'Default' });
    await card.getByText('Live: version 2').waitFor();
    await card.getByText('2, live', { exact: true }).waitFor();
    await card.getByText('Quality of version 2 by what shoppers took before').waitFor();
    // What was live before is named where it is told what was done.
    const said = (await card.innerText()).replace(/, instead of version 3, which is kept/, '');
    expect(said).not.toMatch(/version 3/i);
    await goTo(page, '/preview');
    await page.getByRole('region', { name: 'Default, version 2 (live)' }).waitFor();
    expect(await page.getByRole('main').innerText()).not.toMatch(/version 3/i);
  });
});
