// Holds back what the API answers, so that a test sees how often a page asks it, one request after another, before it is complete.
import type { Page, Route } from 'playwright-core';

const QUIET_MS = 300;
/** Between two answers: long enough for a picture of each. */
const APART_MS = 60;

export interface HeldApi {
  /** Paths of a round of requests, those that were sent while none before them was answered; none when nothing more is asked. */
  round(): Promise<string[]>;
  /** Answers the requests of the round one by one. */
  answer(order: 'first asked first' | 'last asked first'): Promise<void>;
}

/** @param page before it is opened */
export async function holdApi(page: Page): Promise<HeldApi> {
  const held: Route[] = [];
  const loading = new Set<unknown>();
  let sent = 0;
  page.on('request', (request) => {
    sent++;
    if (!isApi(request.url())) loading.add(request);
  });
  page.on('requestfinished', (request) => loading.delete(request));
  page.on('requestfailed', (request) => loading.delete(request));
  await page.route(
    (url) => isApi(url.href),
    (route) => void held.push(route),
  );

  /** Until the page asks for nothing more, however slow the machine is: its code is there, and has nothing left to do. */
  async function quiet(): Promise<void> {
    for (let before = -1; before !== sent || loading.size > 0; ) {
      before = sent;
      await page.waitForTimeout(QUIET_MS);
      await page.evaluate('new Promise((resolve) => requestIdleCallback(resolve))');
    }
  }

  return {
    async round() {
      await quiet();
      return held.map((route) => new URL(route.request().url()).pathname);
    },
    async answer(order) {
      const round = held.splice(0);
      for (const route of order === 'first asked first' ? round : round.reverse()) {
        await route.continue();
        await page.waitForTimeout(APART_MS);
      }
    },
  };
}

function isApi(url: string): boolean {
  return new URL(url).pathname.startsWith('/api/');
}
