// How much of a page jumped, by Chromium's own measure: 0.1 is what people hardly notice.
import type { Page } from 'playwright-core';

/** @param page before it is opened, or anew to begin again */
export async function watchShifts(page: Page): Promise<void> {
  const watch = `
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries())
        if (!hadRecentInput) window.shifts.push({ value, what: sources.map(({ node }) => node?.textContent?.slice(0, 60)) });
    }).observe({ type: 'layout-shift', buffered: true });
  `;
  await page.addInitScript(watch);
}

/** All of them together since the page was opened, and what moved. */
export async function readShifts(page: Page): Promise<{ readonly sum: number; readonly moved: string }> {
  const shifts =
    await page.evaluate<readonly { readonly value: number; readonly what: unknown }[]>('window.shifts');
  return { sum: shifts.reduce((sum, { value }) => sum + value, 0), moved: JSON.stringify(shifts) };
}
