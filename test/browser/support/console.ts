// The console in the browser: signed in, and watched for everything that a page must never do.
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { connectBrowser } from '../../helpers/browser.js';
import { KEYS, type Stack } from './stack.js';

export interface ConsoleOptions {
  /** default `admin` */
  readonly as?: keyof typeof KEYS | 'nobody';
  /** where it opens; default `/` */
  readonly path?: string;
  readonly width?: number;
  readonly dark?: boolean;
  /** what the browser may report here, e.g. that an answer was a 412: each must happen */
  readonly reports?: readonly RegExp[];
  /** another tab of the same browser window */
  readonly beside?: Page;
}

export type OpenConsole = (stack: Stack, options?: ConsoleOptions) => Promise<Page>;

/** A browser's own words on an answer that is an error. */
export const answered = (status: number) => new RegExp(`the server responded with a status of ${status}`);
export const UNREACHABLE =
  /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/;

const HEIGHT = 900;
/** Until a page shows something. */
const PATIENCE_MS = 120_000;

interface Watched {
  readonly reports: readonly RegExp[];
  readonly heard: string[];
}

/** Call it once in a file: its browser is connected before the tests, and every test ends with what pages reported. */
export function watchedConsoles(): OpenConsole {
  let browser: Browser;
  const contexts = new Set<BrowserContext>();
  const watched: Watched[] = [];

  beforeAll(async () => {
    browser = await connectBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const context of contexts) await context.close();
    contexts.clear();
    const all = watched.splice(0);
    for (const { reports, heard } of all) {
      expect(heard.filter((line) => !reports.some((report) => report.test(line)))).toEqual([]);
      expect(reports.filter((report) => !heard.some((line) => report.test(line)))).toEqual([]);
    }
  });

  return async (stack, options = {}) => {
    const { as = 'admin', path = '/', width = 1280, dark = false, reports = [], beside } = options;
    const context = beside?.context() ?? (await newContext(browser, { width, dark }));
    contexts.add(context);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const heard: string[] = [];
    watched.push({ reports, heard });
    await listen(page, heard);
    // As somebody who signed in here before: how that is done has tests of its own.
    if (as !== 'nobody') await page.addInitScript(`sessionStorage.setItem('kindred-key', '${KEYS[as]}')`);
    await page.goto(stack.admin + path);
    return page;
  };
}

export async function signIn(page: Page, key: string): Promise<void> {
  await page.getByLabel('Key', { exact: true }).fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Account' }).waitFor();
}

function newContext(browser: Browser, { width, dark }: { readonly width: number; readonly dark: boolean }) {
  return browser.newContext({
    viewport: { width, height: HEIGHT },
    colorScheme: dark ? 'dark' : 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // Dialogs and notices are there at once.
    reducedMotion: 'reduce',
  });
}

async function listen(page: Page, heard: string[]): Promise<void> {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(`page error: ${error.stack ?? error.message}`));
  page.on('dialog', (dialog) => {
    heard.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction('reportViolation', (words: string) => heard.push(`policy: ${words}`));
  await page.addInitScript(`addEventListener('securitypolicyviolation', (event) =>
    reportViolation(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile))`);
}
