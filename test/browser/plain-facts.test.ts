// What the console says is so: what was typed is told rather than changed, facts agree, and nothing jumps about.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { admin } from '../demo/shop-client.js';
import { noBrowser } from '../helpers/browser.js';
import { eventually } from '../helpers/eventually.js';
import { answered, watchedConsoles } from './support/console.js';
import { button, group, type, weight } from './support/gestures.js';
import { openStack, type Stack } from './support/stack.js';

const suite = noBrowser === null ? describe : describe.skip;

suite(`plain facts${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;

  beforeAll(async () => {
    stack = await openStack();
    await stack.load('everything');
    await stack.stop();
    await stack.start();
    await stack.activate('default');
  });
  afterAll(() => stack?.close());

  describe('weights', () => {
    test('101, 999, −5 and letters are told, and change nothing', async () => {
      const page = await openConsole(stack, { path: '/personalization/default' });
      const impact = page.getByRole('textbox', { name: 'Impact as a number' });
      const events = group(page, 'Event weights');
      for (const [field, stays] of [
        [impact, '50'],
        [weight(events, 'purchase'), await weight(events, 'purchase').inputValue()],
      ] as const)
        for (const [typed, told] of [
          ['101', '101 is more than 100'],
          ['999', '999 is more than 100'],
          ['-5', '-5 is less than 0'],
          ['abc', '“abc” is not a number'],
          ['', 'Nothing was typed'],
        ] as const) {
          await field.fill(typed);
          await page.getByText(`${told}: ${stays} stays.`).waitFor();
          expect(await field.inputValue()).toBe(typed);
          await field.blur();
          expect(await field.inputValue()).toBe(stays);
          await page.getByText(`${told}: ${stays} stays.`).waitFor();
        }
      // Digit by digit: what stays is what was there, not what was half typed.
      for (const [typed, told] of [
        ['101', '101 is more than 100'],
        ['999', '999 is more than 100'],
        ['7x', '“7x” is not a number'],
      ] as const) {
        await impact.press('Control+a');
        await impact.pressSequentially(typed);
        await page.getByText(`${told}: 50 stays.`).waitFor();
        await impact.blur();
        expect(await impact.inputValue()).toBe('50');
      }
      await impact.fill('');
      await impact.blur();
      await type(impact, '51');
      await page.getByText('Nothing was typed: 50 stays.').waitFor({ state: 'detached' });
      await page.getByText('1 setting is changed and not saved yet.').waitFor();
    });

    test('raising one takes from no other, and the words say so; 0 does nothing, and says so', async () => {
      const page = await openConsole(stack, { path: '/personalization/default' });
      const events = group(page, 'Event weights');
      await events.getByText('Raising one does not take from the others').waitFor();
      const cart = await weight(events, 'add_to_cart').inputValue();
      await type(weight(events, 'purchase'), '90');
      expect(await weight(events, 'add_to_cart').inputValue()).toBe(cart);
      await events.getByText('too much').waitFor();
      expect(await events.getByText('At 0 it does nothing.').count()).toBe(0);
      await type(weight(events, 'add_to_cart'), '0');
      await events.getByText('At 0 it does nothing.').waitFor();
      const products = page.getByRole('region', { name: 'Buy again and related products' });
      await type(page.getByRole('textbox', { name: 'Related products as a number' }), '0');
      await products.getByText(/something new\. At 0 it does nothing\.$/).waitFor();
    });

    test('an event is added under the name it counts as, and never twice', async () => {
      const page = await openConsole(stack, { path: '/personalization/default' });
      await button(group(page, 'Event weights'), 'Add event').click();
      const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
      for (const [typed, told] of [
        ['  Purchase ', '“purchase” is in the list already.'],
        ['Order Completed', '“purchase” is in the list already.'],
        ['Order Refunded', '“refund” takes away what "purchase" gives'],
        [' Store  Visit ', 'It counts as “store_visit”'],
      ] as const) {
        await name.fill(typed);
        await page.getByText(told).waitFor();
      }
      await name.press('Enter');
      expect(await weight(group(page, 'Event weights'), 'store_visit').count()).toBe(1);
      const spaced = { ...(await admin<object>(stack, '/models/default')).json() };
      const eventWeights = [{ event: ' purchase  ', weight: 100 }];
      const made = await admin(stack, '/models', {
        body: { ...spaced, id: undefined, kind: undefined, name: ' Spaced ', eventWeights },
      });
      expect(made.json()).toMatchObject({
        name: 'Spaced',
        eventWeights: [{ event: 'purchase', weight: 100 }],
      });
    });
  });

  describe('a half-typed category', () => {
    test('Enter takes the one match, else it is said what to do; leaving the field drops nothing', async () => {
      const page = await openConsole(stack, { path: '/personalization/default' });
      await button(page, 'Add override').click();
      const categories = page.getByRole('combobox', { name: 'Categories' });
      await categories.fill('xyzzy');
      await page.getByText('No category contains this.').waitFor();
      await categories.press('Enter');
      await page.getByText(/^No category that is free contains “xyzzy”/).waitFor();
      await categories.fill('s');
      await categories.press('Enter');
      await page.getByText(/^“s” is in several categories/).waitFor();
      await categories.fill('sho');
      await page.getByRole('option').first().waitFor();
      await eventually(async () => expect(await page.getByRole('option').count()).toBe(1));
      await categories.blur();
      expect(await categories.inputValue()).toBe('sho');
      await page.getByText('“sho” is not chosen yet: press Enter to take shoes').waitFor();
      await categories.press('Enter');
      await group(page, 'Fields of shoes').waitFor();
      expect(await categories.inputValue()).toBe('');
      expect(await page.getByText('is not chosen yet').count()).toBe(0);
    });

    test('a save that fails for it shows the field', async () => {
      const page = await openConsole(stack, { path: '/personalization/default', reports: [answered(422)] });
      await button(page, 'Add override').click();
      const categories = page.getByRole('combobox', { name: 'Categories' });
      await page.evaluate('window.scrollTo(0, 0)');
      await button(page, 'Save draft').click();
      await page
        .getByText(/must name at least one category/)
        .first()
        .waitFor();
      await eventually(async () => {
        const box = await categories.boundingBox();
        expect(box?.y).toBeGreaterThan(0);
        expect(box?.y).toBeLessThan(700);
      });
    });
  });

  test('the schedule says what the next night does to what is live and to a saved draft', async () => {
    const schedule = { cron: '0 3 * * *', timezone: 'UTC' };
    const put = (path: string, body: object) => admin(stack, path, { method: 'PUT', body, ifMatch: '*' });
    expect((await put('/models/default/schedule', schedule)).status).toBe(200);
    const read = (await admin<object>(stack, '/models/default')).json();
    const page = await openConsole(stack, { path: '/personalization/default/training' });
    await page.getByText('The new version will go live by itself, unless it is judged worse.').waitFor();
    expect((await put('/models/default', { ...read, impact: 33 })).status).toBe(200);
    await page.reload();
    await page.getByText('Your saved draft will be trained with it, but nothing goes live').waitFor();
    await put('/models/default', read);
  });
});
