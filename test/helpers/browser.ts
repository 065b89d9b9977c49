// The browser of the test run. Importing this file starts it, unless another file has.
import { type Browser, chromium } from 'playwright-core';
import { askBroker } from './broker.js';

const { ok, text } = await askBroker('browser');

/** Why there is no browser here, in words; null when there is one. */
export const noBrowser = ok ? null : text;

/** A connection to it; the caller closes it, and the browser stays. */
export function connectBrowser(): Promise<Browser> {
  return chromium.connect(text);
}
