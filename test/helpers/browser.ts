// The browser of the test run. Importing this file starts it, unless another file has.
import { type Browser, chromium } from 'playwright-core';

const answer = await fetch(`${process.env.KINDRED_TEST_ENGINE_BROKER}/browser`);
const text = await answer.text();

/** Why there is no browser here, in words; null when there is one. */
export const noBrowser = answer.ok ? null : text;

/** A connection to it; the caller closes it, and the browser stays. */
export function connectBrowser(): Promise<Browser> {
  return chromium.connect(text);
}
