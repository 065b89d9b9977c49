// What holds on every page: nobody is kept out, nothing breaks the layout or the policy, and names are text.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { noBrowser } from '../helpers/browser.js';
import { graveViolations } from './support/accessibility.js';
import { answered, signIn, watchedConsoles } from './support/console.js';
import { button } from './support/gestures.js';
import { EVENTS, HOSTILE, loadHostile, MODELS } from './support/hostile.js';
import { KEYS, openStack, type Stack } from './support/stack.js';

const suite = noBrowser === null ? describe : describe.skip;

/** A page a line: `ID` is a model all of whose names are hostile, `USER` a shopper; the default model has an endless name. */
const PAGES: readonly (readonly [path: string, heading: RegExp])[] = [
  ['/personalization', /^Personalization$/],
  ['/personalization/default', /^unbreakable/],
  ['/personalization/ID', /<img src=x onerror/],
  ['/personalization/default/training', /^Training of unbreakable/],
  ['/personalization/ID/training', /^Training of <img src=x onerror/],
  ['/preview?q=shirt&user=USER&model=ID&model=default', /^Preview$/],
  ['/preview?made=&likes=["color","red",3]', /^Preview$/],
  ['/people', /^Shoppers$/],
  ['/people/USER', /<img src=x onerror/],
  ['/people/nobody', /^nobody$/],
  ['/events', /^Events$/],
  ['/overview', /^Overview$/],
  ['/audit', /^Audit log$/],
  ['/no/such/page', /./],
];

/** Where a dialog opens, and the buttons that open it. */
const DIALOGS: readonly (readonly [path: string, ...buttons: (string | RegExp)[]])[] = [
  ['/personalization', 'Add model'],
  ['/personalization', /^Make version \d+ live$/],
  ['/personalization/ID', 'Add field'],
  ['/personalization/ID', 'Add event'],
  ['/personalization/default/training', /^(Back to|Return to|Make) version 1( live)?$/],
  ['/people/USER', 'Erase'],
];

const LOOKS = [
  { width: 1280, dark: false },
  { width: 1280, dark: true },
  { width: 390, dark: true },
  { width: 390, dark: false },
] as const;

suite(`every page${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const openConsole = watchedConsoles();
  let stack: Stack;
  let hostile = '';

  beforeAll(async () => {
    stack = await openStack();
    await stack.load('everything');
    await stack.stop();
    await stack.start();
    hostile = await loadHostile(stack);
    await stack.activate(hostile);
    await stack.activate('default');
    await stack.activate('default');
  });
  afterAll(() => stack?.close());

  const pathOf = (path: string) =>
    path.replace('ID', hostile).replace('USER', encodeURIComponent(HOSTILE.markup));

  /** Opens a page by its address and waits until it has read what it shows: what is folded is read when it is opened. */
  async function visit(page: Page, path: string): Promise<void> {
    await page.goto(stack.admin + pathOf(path));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page
      .getByText(/^Reading .+…$/)
      .filter({ visible: true })
      .first()
      .waitFor({ state: 'detached' });
  }

  test.each([true, false])('is for everybody and fits, in both widths and themes, on: %p', async (on) => {
    await stack.turn(on);
    const page = await openConsole(stack, { reports: [answered(404)] });
    const found: string[] = [];
    const look = async (path: string) => {
      for (const { width, dark } of LOOKS) {
        const place = `${path} at ${width} px${dark ? ', dark' : ''}`;
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
        await page.locator(`html[data-mantine-color-scheme="${dark ? 'dark' : 'light'}"]`).waitFor();
        await page.evaluate(
          'Promise.all(document.getAnimations().filter((each) => each instanceof CSSTransition).map((each) => each.finished))',
        );
        found.push(...(await graveViolations(page)).map((line) => `${place} ${line}`));
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        if (overflow > 0) found.push(`${place} is ${overflow} px wider than the window`);
        if ((await page.locator('img[src="x"]').count()) > 0) found.push(`${place} takes a name for markup`);
      }
      await page.setViewportSize({ width: 1280, height: 900 });
    };
    for (const [path, heading] of PAGES) {
      await visit(page, path);
      expect(new URL(page.url()).pathname).toBe(new URL(pathOf(path), stack.admin).pathname);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(heading);
      await look(path);
    }
    for (const [path, ...buttons] of DIALOGS) {
      await visit(page, path);
      for (const name of buttons) await button(page, name).first().click();
      await page.getByRole('dialog').waitFor();
      await look(`${path} ${buttons.join(', ')}`);
    }
    const banner = await page.getByText('Personalization is off.').count();
    await stack.turn(true);
    expect({ banner, found }).toEqual({ banner: on ? 0 : 1, found: [] });
  });

  test('what breaks the policy would be heard here', async () => {
    const page = await openConsole(stack, {
      reports: [/^policy: script-src-elem inline/, /violates the following Content Security Policy/],
    });
    await page.evaluate(
      "document.body.append(Object.assign(document.createElement('script'), { text: '1' }))",
    );
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  test('names of models, fields, categories and events are shown as they are', async () => {
    const page = await openConsole(stack);
    await page.getByRole('heading', { name: MODELS.default }).waitFor();
    await visit(page, '/personalization/ID');
    for (const name of [HOSTILE.markup, HOSTILE.rightToLeft, HOSTILE.emoji, HOSTILE.long.slice(0, 100)])
      for (const list of ['Affinity fields', 'Event weights'])
        await page.getByRole('group', { name: list }).getByText(name).first().waitFor();
    await button(page, /^<img src=x/).click();
    await page.getByRole('combobox', { name: 'Categories' }).click();
    await page.getByRole('option', { name: HOSTILE.rightToLeft }).waitFor();
    await visit(page, '/personalization/ID/training');
    const readiness = await page.getByRole('region', { name: 'Is everything there?' }).innerText();
    expect(readiness).toContain(HOSTILE.markup);
    // A name that turns the reading direction does so to itself alone.
    expect(readiness).not.toContain('\u202e');
    for (const name of [HOSTILE.markup, HOSTILE.rightToLeft, HOSTILE.emoji, HOSTILE.long]) {
      await visit(page, `/preview?model=ID&user=USER&category=${encodeURIComponent(name)}`);
      await page.getByRole('region', { name: 'OFF' }).getByText(name.slice(0, 100)).first().waitFor();
    }
    await visit(page, '/people/USER');
    await page.getByRole('heading', { name: HOSTILE.markup, level: 1 }).waitFor();
    await page
      .getByRole('table', { name: 'Latest events' })
      .getByText(EVENTS[0] ?? '')
      .first()
      .waitFor();
    await visit(page, '/events');
    await page.getByRole('list', { name: 'Events' }).getByText(HOSTILE.markup).first().waitFor();
    await visit(page, '/audit');
    await page.getByRole('main').getByText(HOSTILE.markup).first().waitFor();
  });

  test('sign-in is for everybody too, needs no more than a keyboard, and asks the API nothing before', async () => {
    for (const look of LOOKS) {
      const page = await openConsole(stack, { ...look, as: 'nobody' });
      expect(await graveViolations(page)).toEqual([]);
    }
    const page = await openConsole(stack, { as: 'nobody', path: '/personalization/default/training' });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.reload();
    await page.getByRole('heading', { name: 'Kindred' }).waitFor();
    expect(asked.filter((path) => path.startsWith('/api'))).toEqual([]);
    await page.keyboard.type(KEYS.viewer);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Training of/ }).waitFor();
    expect(await page.title()).toBe(`Training of ${MODELS.default} · Kindred`);
  });

  test('a wrong key is told from a right one; the right one outlives a reload, and not a sign-out', async () => {
    const page = await openConsole(stack, { as: 'nobody', path: '/audit', reports: [answered(401)] });
    await page.getByLabel('Key', { exact: true }).fill('adm_wrong_key');
    await button(page, 'Sign in').click();
    await page.getByText('This key is not known here').waitFor();
    await signIn(page, KEYS.admin);
    await page.reload();
    await page.getByRole('heading', { name: 'Audit log' }).waitFor();
    const other = await openConsole(stack, { as: 'nobody', path: '/audit', beside: page });
    await other.getByLabel('Keep me signed in').check();
    await signIn(other, KEYS.editor);
    const third = await openConsole(stack, { as: 'nobody', path: '/audit', beside: page });
    await third.getByRole('heading', { name: 'Audit log' }).waitFor();
    await button(third, 'Account').click();
    await third.getByText('Editor: may change models and settings').waitFor();
    await third.getByRole('menuitem', { name: 'Sign out' }).click();
    for (const _ of [1, 2]) {
      await third.getByLabel('Key', { exact: true }).waitFor();
      await third.reload();
    }
  });

  test('a viewer sees everything and can change nothing', async () => {
    const page = await openConsole(stack, { as: 'viewer' });
    for (const path of [
      '/personalization',
      '/personalization/default',
      '/personalization/default/training',
    ]) {
      await visit(page, path);
      const main = page.getByRole('main');
      const changing = [
        ...(await main.getByRole('textbox', { disabled: false }).all()),
        ...(await main.getByRole('switch', { disabled: false }).all()),
        ...(await main.getByRole('radio', { disabled: false }).all()),
        ...(await main.getByRole('combobox', { disabled: false }).all()),
        ...(await main
          .getByRole('button', {
            disabled: false,
            name: /^(Add|Save|Train and|Make|Roll|Return|Use|Remove|Balance)/,
          })
          .all()),
      ];
      expect(await Promise.all(changing.map((control) => control.ariaSnapshot()))).toEqual([]);
    }
    await visit(page, '/personalization');
    await button(page, /^More for unbreakable/).click();
    for (const name of [/^Duplicate/, /^Delete/])
      expect(await page.getByRole('menuitem', { name }).isDisabled()).toBe(true);
  });

  test('an editor can', async () => {
    const page = await openConsole(stack, { as: 'editor', path: '/personalization/default' });
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await name.waitFor();
    expect(await name.isEnabled()).toBe(true);
  });

  test('every page is a link away, and the way back is the browser’s', async () => {
    const page = await openConsole(stack, { path: '/personalization' });
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('heading', { name: 'Audit log' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Personalization', level: 1 }).waitFor();
  });
});
