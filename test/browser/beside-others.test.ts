// What happens to a merchandiser's work when others, the clock and the machine have theirs: nothing of it is lost.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { moment } from '../../src/console/lib/words/time-words.js';
import { admin } from '../demo/shop-client.js';
import { noBrowser } from '../helpers/browser.js';
import { eventually } from '../helpers/eventually.js';
import { answered, UNREACHABLE, watchedConsoles } from './support/console.js';
import { button, choose, group, notice, save, type } from './support/gestures.js';
import { openStack, type Stack } from './support/stack.js';

const CONFIGURE = '/personalization/default';
const TRAINING = '/personalization/default/training';
const suite = noBrowser === null ? describe : describe.skip;

suite(`beside others${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;

  beforeAll(async () => {
    stack = await openStack();
    await stack.load('everything');
    await stack.stop();
    await stack.start();
  });
  afterAll(() => stack?.close());

  const get = async <T = Record<string, unknown>>(path: string) => (await admin<T>(stack, path)).json();
  const impact = (page: Page) => page.getByRole('textbox', { name: 'Impact as a number' });

  test('a save of an older state is refused: both changes are told, and either can be kept', async () => {
    const first = await openConsole(stack, { path: CONFIGURE });
    const second = await openConsole(stack, { path: CONFIGURE, reports: [answered(412)] });
    await type(impact(second), '33');
    await type(impact(first), '66');
    await choose(first, 'Events count from', 'Last 30 days');
    await save(first);

    await button(second, 'Save draft').click();
    const merge = second.getByRole('dialog', { name: /Somebody else saved this model/ });
    const theirs = merge.getByRole('table', { name: 'What they changed' });
    const mine = merge.getByRole('table', { name: 'What you changed' });
    await theirs.waitFor();
    expect(await linesOf(theirs)).toEqual([
      'Setting Was Theirs',
      'Time decay Last 365 days Last 30 days',
      'Impact 50 66',
    ]);
    expect(await linesOf(mine)).toEqual(['Setting Was Yours', 'Impact 50 33']);
    await button(merge, 'Back to editing').click();
    expect(await impact(second).inputValue()).toBe('33');
    await button(second, 'Save draft').click();
    await button(merge, 'Take theirs').click();
    await merge.waitFor({ state: 'hidden' });
    expect(await impact(second).inputValue()).toBe('66');
    await second.getByText('Everything is saved.').waitFor();

    await type(impact(second), '44');
    await type(impact(first), '77');
    await save(first);
    await button(second, 'Save draft').click();
    await button(merge, 'Keep mine').click();
    await second.getByText('Everything is saved.').waitFor();
    expect(await get('/models/default')).toMatchObject({ impact: 44, timeDecay: '30d' });
  });

  test('an API that is gone in the middle of an edit loses no input, and work goes on when it is back', async () => {
    const page = await openConsole(stack, { path: CONFIGURE, reports: [UNREACHABLE] });
    await type(page.getByRole('textbox', { name: 'Name', exact: true }), 'Through the storm');
    await stack.stop();
    try {
      await type(impact(page), '58');
      await button(page, 'Save draft').click();
      const failed = page.getByRole('alert').filter({ hasText: 'The model was not saved' });
      await failed.getByText('Kindred does not answer').waitFor();
      await type(page.getByRole('textbox', { name: 'Buy again as a number' }), '12');
    } finally {
      await stack.start();
    }
    await page.reload();
    await page.getByText('Your unsaved changes are back').waitFor();
    expect(await impact(page).inputValue()).toBe('58');
    await save(page);
    expect(await get('/models/default')).toMatchObject({
      name: 'Through the storm',
      impact: 58,
      products: { buyAgain: 12 },
    });
  });

  test('a refusal names the place, and goes when it is edited; what is discarded is gone', async () => {
    const page = await openConsole(stack, { path: CONFIGURE, reports: [answered(422)] });
    const events = group(page, 'Event weights');
    await button(events, 'Add event').click();
    const dialog = page.getByRole('dialog');
    await type(dialog.getByRole('textbox', { name: 'Name' }), 'remove_from_cart');
    await dialog.getByText('weigh "add_to_cart" instead').waitFor();
    expect(await button(dialog, 'Add').isDisabled()).toBe(true);
    await button(dialog, 'Done').click();
    // What this page does not check, the server does: as if a console of another version had sent it.
    await page.route('**/api/models/default', async (route) => {
      if (route.request().method() !== 'PUT') return await route.continue();
      const { eventWeights, ...model } = route.request().postDataJSON();
      const refused = { ...eventWeights[0], event: 'remove_from_cart' };
      const postData = JSON.stringify({ ...model, eventWeights: [refused, ...eventWeights.slice(1)] });
      await route.continue({ postData });
    });
    await type(impact(page), '57');
    await button(page, 'Save draft').click();
    const refusal = page.getByRole('alert').filter({ hasText: 'The model was not saved' });
    expect(await refusal.innerText()).toMatch(/Event weights, line 1: .*weigh "add_to_cart" instead/);
    await page.getByRole('navigation', { name: 'On this page' }).getByLabel('needs attention').waitFor();
    await type(events.getByRole('textbox', { name: /^Weight of/ }).first(), '1');
    await refusal.waitFor({ state: 'hidden' });
    await type(impact(page), '3');
    await button(page, 'Discard').click();
    await button(page.getByRole('dialog'), 'Discard').click();
    await page.getByText('Everything is saved.').waitFor();
    expect(await impact(page).inputValue()).toBe('58');
  });

  test('a training that is cancelled leaves nothing behind', async () => {
    const go = stack.holdTrainings();
    const page = await openConsole(stack, { path: TRAINING });
    await button(page, 'Train and judge').click();
    await button(page, 'Cancel training').click();
    await notice(page, 'The training will stop at its next step').waitFor();
    await page.getByText('The last training was cancelled').waitFor();
    go();
    expect(await get('/models/default/training')).toMatchObject({ state: 'cancelled' });
    expect(await get('/models/default/versions')).toEqual({ versions: [] });
    await page.getByText('The first training makes version 1').waitFor();
  });

  test('a version that is worse goes live only when somebody insists', async () => {
    await stack.train('default');
    const page = await openConsole(stack, { path: TRAINING });
    await button(page, 'Save version 1').click();
    await notice(page, 'is saved').waitFor();
    await stack.findWorse('default');
    await page.reload();
    await button(page, 'Make version 1 live').click();
    const dialog = page.getByRole('dialog', { name: 'Version 1 is worse' });
    const anyway = button(dialog, 'Make live anyway');
    expect(await anyway.isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: /want it all the same/ }).check();
    await anyway.click();
    await notice(page, 'is live').waitFor();
    expect(await get('/models/default')).toMatchObject({ state: 'active' });
  });

  test('a schedule by name, by expression and none; a wrong expression is told beside it', async () => {
    const page = await openConsole(stack, { path: TRAINING, reports: [answered(422)] });
    const schedule = () => get('/models/default/schedule');
    await choose(page, 'Train again', 'Every Monday at 3:00');
    await choose(page, 'Time zone', 'Europe/Oslo', 'Oslo');
    await button(page, 'Save schedule').click();
    const told = page.getByText(/^Next training .*\(Europe\/Oslo\)/);
    await told.waitFor();
    const { next, ...saved } = await schedule();
    expect(saved).toMatchObject({ cron: '0 3 * * 1', timezone: 'Europe/Oslo' });
    // How far away that Monday is depends on the day of the test.
    expect(await told.innerText()).toMatch(/^Next training (just now|in \d+ (minute|hour|day)s?): /);
    expect(await told.innerText()).toContain(`: ${moment(String(next), 'Europe/Oslo')} (Europe/Oslo)`);
    expect(inOslo(String(next))).toBe('Monday 03:00');

    await choose(page, 'Train again', 'At times of my own');
    const expression = page.getByRole('textbox', { name: 'Cron expression' });
    await type(expression, '61 * * * *');
    await button(page, 'Save schedule').click();
    await eventually(async () => expect(await expression.getAttribute('aria-invalid')).toBe('true'));
    await type(expression, '15 4 * * *');
    await button(page, 'Save schedule').click();
    await notice(page, '15 4 * * *').waitFor();
    expect(await schedule()).toMatchObject({ cron: '15 4 * * *' });

    await choose(page, 'Train again', 'By hand only');
    await button(page, 'Save schedule').click();
    await notice(page, 'The model is trained by hand only').waitFor();
    expect(await schedule()).toMatchObject({ cron: null, next: null });
  });

  test('the switch keeps what somebody else changed in the settings meanwhile', async () => {
    const page = await openConsole(stack, { reports: [answered(412)] });
    const toggle = page.getByRole('switch', { name: 'Personalization' });
    await toggle.waitFor();
    const settings = await get('/settings');
    for (const enabled of [false, true])
      await admin(stack, '/settings', {
        method: 'PUT',
        body: { ...settings, personalization: { enabled } },
        ifMatch: '*',
      });
    await toggle.press('Space');
    await button(page.getByRole('dialog'), 'Turn off').click();
    await page.getByText('Somebody else had just changed the settings').waitFor();
    expect(await get('/settings')).toMatchObject({ personalization: { enabled: false } });
  });
});

function inOslo(iso: string): string {
  const time = { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Oslo' } as const;
  return new Date(iso).toLocaleString('en-GB', time);
}

async function linesOf(table: Locator): Promise<string[]> {
  const rows = await table.getByRole('row').allInnerTexts();
  return rows.map((row) => row.replaceAll(/\s+/g, ' '));
}
