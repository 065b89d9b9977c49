// What shoppers see, do and are known for: the preview, the people, the events and the overview, beside the proxy and the API.
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { formatCount } from '../../src/core/format-count.js';
import { type Answer, admin, search, sendEvents, storefront } from '../demo/shop-client.js';
import { noBrowser } from '../helpers/browser.js';
import { eventually } from '../helpers/eventually.js';
import { answered, watchedConsoles } from './support/console.js';
import { button, choose, group, notice, slide, type, weight } from './support/gestures.js';
import { openStack, type Stack } from './support/stack.js';

const SHIRTS = storefront('shirt', { size: 24 });
const suite = noBrowser === null ? describe : describe.skip;

suite(`shoppers${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;
  let user = '';

  beforeAll(async () => {
    stack = await openStack();
    await stack.load('everything');
    await stack.stop();
    await stack.start();
    await stack.activate('default');
    user = await stack.busiest();
  });
  afterAll(() => stack?.close());

  const proxyTitles = async (visitor: { user?: string }) => titlesOf(await search(stack, SHIRTS, visitor));
  const preview = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
  const shownTitles = (page: Page, title: string) =>
    preview(page, title).locator('.hit-title').allInnerTexts();

  describe('the preview', () => {
    test('shows what the proxy answers, OFF beside ON, with what moved each product and how far', async () => {
      const page = await openConsole(stack, { path: `/preview?q=shirt&user=${user}` });
      await preview(page, 'Default, version 1 (live)').waitFor();
      expect(await shownTitles(page, 'OFF')).toEqual(await proxyTitles({}));
      const on = await proxyTitles({ user });
      expect(await shownTitles(page, 'Default, version 1 (live)')).toEqual(on);
      expect(on).not.toEqual(await proxyTitles({}));
      const answer = await search(stack, SHIRTS, { user, kindred: 'explain' });
      const [first] = answer.json().ext?.kindred.hits ?? [];
      const card = preview(page, 'Default, version 1 (live)').getByRole('listitem').first();
      expect(await card.innerText()).toContain(first?.sentence);
      await card.getByText('All reasons').click();
      await card
        .getByText(`multiplied by ×${first?.boost.toFixed(2)}: ×${first?.relative?.toFixed(2)} of`)
        .waitFor();
      for (const { factor } of first?.reasons ?? [])
        expect(await card.innerText()).toContain(`×${factor.toFixed(2)}`);
      const up = (first?.rank_without ?? 0) - (first?.rank ?? 0);
      expect(await card.innerText()).toContain(up > 0 ? `▲ ${up}` : up < 0 ? `▼ ${-up}` : '=');
    });

    test('words, category and shopper are typed and picked, and outlive a reload', async () => {
      const page = await openConsole(stack, { path: '/preview?visitor=' });
      await preview(page, 'OFF').waitFor();
      await page.getByRole('textbox', { name: 'Words' }).fill('shirt');
      await page.getByRole('combobox', { name: 'Inside a category' }).fill('shirts');
      await page.getByText(/^\d+ products, ranked/).waitFor();
      await page.waitForURL(/q=shirt.*category=shirts/);
      await page.getByRole('radio', { name: 'A shopper by their id' }).check();
      await page.getByRole('textbox', { name: 'Shopper’s id' }).fill(user);
      await page.waitForURL(`**user=${user}**`);
      await page.getByText(/boosts? from their history/).waitFor();
      const before = await shownTitles(page, 'Default, version 1 (live)');
      await page.reload();
      await page.getByText(/boosts? from their history/).waitFor();
      expect(await shownTitles(page, 'Default, version 1 (live)')).toEqual(before);
      await page
        .getByRole('radio', { name: /often chooses|loves/ })
        .first()
        .check();
      await page.waitForURL(/user=/);
      await page.getByRole('textbox', { name: 'Words' }).fill('no such words');
      await page.getByText('No product of the category “shirts” has all these words').waitFor();
    });

    test('a made-up shopper has the tastes that are clicked', async () => {
      const page = await openConsole(stack, { path: '/preview?q=shirt&visitor=' });
      await page.getByText('Not personalized: nobody is known to be searching').waitFor();
      await page.getByRole('radio', { name: 'A made-up shopper' }).check();
      await choose(page, 'Tastes by', 'color');
      const value = page.getByRole('button', { name: /^(red|blue|black|white)$/ }).first();
      const color = await value.innerText();
      await value.click();
      await value.click();
      await page.getByRole('list', { name: 'Tastes' }).getByText('16×').waitFor();
      await preview(page, 'Default, version 1 (live)').getByText(`color ${color}`).first().waitFor();
      expect(await shownTitles(page, 'Default, version 1 (live)')).not.toEqual(
        await shownTitles(page, 'OFF'),
      );
      await button(page, `Forget color ${color}`).click();
      await page.getByText(/^Not personalized/).waitFor();
    });

    test('a clicked product is an event of the session: the list follows at once, and back', async () => {
      const page = await openConsole(stack, { path: '/preview?q=shirt&visitor=' });
      const list = preview(page, 'Default, version 1 (live)');
      await list.waitFor();
      const before = await shownTitles(page, 'Default, version 1 (live)');
      await list.getByRole('button').nth(9).click();
      await page.getByText(/boosts? from this session/).waitFor();
      expect(await shownTitles(page, 'Default, version 1 (live)')).not.toEqual(before);
      expect(await shownTitles(page, 'OFF')).toEqual(before);
      await button(page, 'Start over').click();
      await page.getByText('Not personalized: nobody is known to be searching').waitFor();
      expect(await shownTitles(page, 'Default, version 1 (live)')).toEqual(before);
    });

    test('models side by side, an impact to try, and fields to show', async () => {
      const made = await admin(stack, '/models', {
        body: { name: 'Discover', preset: 'discovery', catalog: stack.index },
      });
      expect(made.status).toBe(201);
      await stack.train('discover');
      const page = await openConsole(stack, { path: '/personalization' });
      await button(page, 'More for Discover').click();
      await page.getByRole('menuitem', { name: 'Preview' }).click();
      await preview(page, 'Discover, version 1').waitFor();
      expect(await preview(page, 'Default, version 1 (live)').count()).toBe(0);
      await page.goto(`${stack.admin}/preview?q=shirt&user=${user}`);
      const models = group(page, 'Models beside OFF');
      await models.getByRole('checkbox', { name: 'Discover, version 1' }).check();
      await preview(page, 'Discover, version 1').waitFor();
      expect(await shownTitles(page, 'Discover, version 1')).not.toEqual(
        await shownTitles(page, 'Default, version 1 (live)'),
      );
      const live = await shownTitles(page, 'Default, version 1 (live)');
      const discover = await shownTitles(page, 'Discover, version 1');
      await page.getByRole('checkbox', { name: 'Try another impact' }).check();
      await page.getByText('Of Default, version 1, whose own impact is 50.').waitFor();
      await slide(page, 'Impact', -50);
      // A list of its own: what is titled as live stays what is live.
      await preview(page, 'Default, version 1 at impact 0')
        .getByText('Not personalized: the impact is 0')
        .waitFor();
      expect(await shownTitles(page, 'Default, version 1 at impact 0')).toEqual(
        await shownTitles(page, 'OFF'),
      );
      expect(await shownTitles(page, 'Default, version 1 (live)')).toEqual(live);
      expect(await shownTitles(page, 'Discover, version 1')).toEqual(discover);
      await choose(page, 'Title from', 'brand');
      await page.waitForURL(/title=brand/);
      await eventually(async () => expect((await shownTitles(page, 'OFF'))[0]).not.toContain(' '));
      await models.getByRole('checkbox', { name: 'Default, version 1 (live)' }).uncheck();
      await preview(page, 'Default, version 1 (live)').waitFor({ state: 'detached' });
      expect((await admin(stack, '/models/discover', { method: 'DELETE', ifMatch: '*' })).status).toBe(204);
    });

    test('unsaved weights on screen stand beside what is saved, and are still there on the way back', async () => {
      const page = await openConsole(stack, { path: '/personalization/default' });
      const fields = group(page, 'Affinity fields');
      await type(weight(fields, 'color'), '90');
      await button(fields, 'Balance the rest').click();
      await type(page.getByRole('textbox', { name: 'Impact as a number' }), '100');
      await page.getByRole('link', { name: 'Preview changes' }).click();
      await page
        .getByRole('radio', { name: /often chooses|loves/ })
        .first()
        .check();
      await page.getByRole('textbox', { name: 'Words' }).fill('shirt');
      await page.waitForURL(/q=shirt/);
      await eventually(async () => {
        const unsaved = await shownTitles(page, 'Default, not saved');
        const saved = await shownTitles(page, 'Default, version 1 (live)');
        expect(saved).toHaveLength(24);
        expect(unsaved).not.toEqual(saved);
      });
      await page.goBack();
      await page.getByText(/settings are changed and not saved yet/).waitFor();
      await button(page, 'Discard').click();
      await button(page.getByRole('dialog'), 'Discard').click();
      expect((await admin(stack, '/models/default')).json()).toMatchObject({ state: 'active' });
    });
  });

  describe('people', () => {
    test('are found by their tastes or by an id; one shows tastes by source, boosts and events', async () => {
      const page = await openConsole(stack, { path: '/people' });
      const people = page.getByRole('list', { name: 'Shoppers' });
      await people
        .getByText(/often chooses|loves/)
        .first()
        .waitFor();
      await page.getByRole('textbox', { name: 'Shopper’s id' }).fill(user);
      await people.getByRole('link', { name: user, exact: true }).waitFor();
      await button(page, 'Look up').click();
      await page.waitForURL(`**/people/${user}`);
      const known = (await admin<PersonAnswer>(stack, `/users/${user}`)).json();
      await page.getByText(`Known by ${formatCount(known.profile.events, 'event')}`).waitFor();
      const [field] = known.affinities.filter(({ category }) => category === null);
      const [value] = field?.values ?? [];
      const bars = page.getByRole('region', { name: field?.field, exact: true });
      const shares = await bars.locator('.value-bars').first().innerText();
      expect(shares).toContain(value?.value);
      expect(shares).toContain(`${(100 * (value?.individual ?? 0)).toFixed(1)} %`);
      expect(shares).toContain(`${(100 * (value?.population ?? 0)).toFixed(1)} %`);
      expect(shares).toContain(`×${value?.taste.toFixed(2)}`);
      await page.getByRole('table', { name: 'Tastes' }).waitFor();
      await page.getByRole('table', { name: 'Latest events' }).waitFor();
      await choose(page, 'Category', known.categories[0] ?? '');
      await page.getByText(`A search inside ${known.categories[0]}. `).waitFor();
      await page.getByRole('link', { name: 'Preview a search' }).click();
      await page.waitForURL(`**/preview?user=${user}`);
    });

    test('nobody is said to be nobody', async () => {
      const page = await openConsole(stack, { path: '/people/no-such-person', reports: [answered(404)] });
      await page.getByText('Nothing is known of this id').waitFor();
    });

    test('are exported and, after their id is typed, erased; by an admin alone', async () => {
      const [person] = (await admin<{ people: { user_id: string }[] }>(stack, '/people?limit=9'))
        .json()
        .people.filter(({ user_id: id }) => id !== user);
      const id = person?.user_id ?? '';
      const editor = await openConsole(stack, { as: 'editor', path: `/people/${id}` });
      await editor.getByRole('link', { name: 'Preview a search' }).waitFor();
      expect(await button(editor, 'Erase').count()).toBe(0);

      const page = await openConsole(stack, { path: `/people/${id}` });
      const downloading = page.waitForEvent('download');
      await button(page, 'Export').click();
      const file = join(await mkdtemp(join(tmpdir(), 'kindred-export-')), 'person.json');
      await (await downloading).saveAs(file);
      const stored = (await admin<object>(stack, `/users/${id}/export`)).json();
      expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
        ...stored,
        exported_at: expect.any(String),
      });
      await button(page, 'Erase').click();
      const dialog = page.getByRole('dialog');
      const confirm = button(dialog, 'Erase for good');
      await dialog.getByRole('textbox').fill(`${id}x`);
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByRole('textbox').fill(id);
      await confirm.click();
      await notice(page, /^Erased: [1-9]\d* events/).waitFor();
      await page.waitForURL('**/people');
      expect((await admin(stack, `/users/${id}`)).status).toBe(404);
    });
  });

  describe('events', () => {
    test('appear as they arrive, accepted or rejected and why; can be held still and narrowed down', async () => {
      const page = await openConsole(stack, { path: '/events' });
      await page.getByText('No event in the last hour.').waitFor();
      const event = (action_name: string, timestamp: string) => ({
        action_name,
        timestamp,
        user_id: 'feed',
        event_attributes: { object: { object_id: 'p1' } },
      });
      await sendEvents(stack, [event('view', new Date().toISOString()), event('admire', 'yesterday')]);
      const feed = page.getByRole('list', { name: 'Events' });
      await feed.getByText('must be an ISO 8601').waitFor();
      const rates = page.getByRole('table', { name: 'Events of the last hour' });
      await rates.getByRole('cell', { name: 'admire' }).waitFor();
      const which = page.getByRole('radiogroup', { name: 'Which events' });
      await which.getByText('Rejected').click();
      await feed.getByText('accepted').first().waitFor({ state: 'detached' });
      await which.getByText('All').click();
      await page.getByRole('textbox', { name: 'Only events named' }).fill('VIEW');
      await feed.getByText('admire').waitFor({ state: 'detached' });
      await feed.getByText('view').first().waitFor();
      await page.getByRole('textbox', { name: 'Only events named' }).fill('');
      await button(page, 'Pause').click();
      await sendEvents(stack, [event('while_paused', new Date().toISOString())]);
      await page.waitForTimeout(2_500);
      expect(await feed.getByText('while_paused').count()).toBe(0);
      await button(page, 'Go on').click();
      await feed.getByText('while_paused').waitFor();
    });

    test('one is sent to try it, by those who may; the line to copy sends the same', async () => {
      const page = await openConsole(stack, { path: '/events' });
      await page.getByLabel('Product’s id').fill('p7');
      expect(await page.getByRole('main').locator('pre').innerText()).toContain('"object_id":"p7"');
      await button(page, 'Send it now').click();
      await page.getByText('Accepted and stored').waitFor();
      await page.getByRole('list', { name: 'Events' }).getByText('product p7').waitFor();
      await page.getByLabel('Event', { exact: true }).fill('');
      await button(page, 'Send it now').click();
      await page.getByText(/^Rejected: action_name/).waitFor();
      const viewer = await openConsole(stack, { as: 'viewer', path: '/events' });
      await viewer.getByText('Your key may look at events, not send them.').waitFor();
      expect(await button(viewer, 'Send it now').isDisabled()).toBe(true);
    });
  });

  test('the overview counts what went through the proxy, says why not, and lists trainings', async () => {
    await proxyTitles({ user });
    await proxyTitles({});
    const page = await openConsole(stack, { path: '/overview' });
    await page.getByRole('img', { name: /^Searches a minute/ }).waitFor();
    await page.getByRole('img', { name: /^Milliseconds/ }).waitFor();
    const { minutes } = (await admin<{ minutes: { searches: number }[] }>(stack, '/overview')).json();
    const searches = minutes.reduce((sum, minute) => sum + minute.searches, 0);
    await page.getByText(String(searches), { exact: true }).first().waitFor();
    await page.getByText('nobody is known to be searching').waitFor();
    await page.getByRole('table', { name: 'Trainings' }).getByRole('link', { name: 'default 1' }).click();
    await page.getByRole('heading', { name: 'Training of Default' }).waitFor();
  });
});

interface PersonAnswer {
  readonly profile: { readonly events: number };
  readonly categories: readonly string[];
  readonly affinities: readonly {
    readonly category: string | null;
    readonly field: string;
    readonly values: readonly {
      readonly value: string;
      readonly individual: number;
      readonly population: number;
      readonly taste: number;
    }[];
  }[];
}

function titlesOf(answer: Answer<{ hits: { hits: readonly object[] } }>): string[] {
  return answer.json().hits.hits.map((hit) => String(Reflect.get(Reflect.get(hit, '_source'), 'title')));
}
