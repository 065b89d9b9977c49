// What a merchandiser does with the controls of the console, by the names they read.
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../../helpers/eventually.js';

/** Types over what stands in a field, as people do. */
export async function type(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.blur();
}

/** The number beside a weight's slider. */
export function weight(within: Page | Locator, name: string): Locator {
  return within.getByRole('textbox', { name: `Weight of ${name} as a number`, exact: true });
}

export function group(page: Page, name: string): Locator {
  return page.getByRole('group', { name, exact: true });
}

export function button(within: Page | Locator, name: string | RegExp): Locator {
  return within.getByRole('button', { name, exact: true });
}

/**
 * Chooses in a list that opens; `text` narrows it down first where the list is searched. While a page loads, what is above
 * may grow and move the box out of view, which hides its list; people then scroll to it.
 */
export async function choose(page: Page, label: string, option: string, text?: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label, exact: true });
  await eventually(async () => {
    await box.scrollIntoViewIfNeeded();
    if ((await box.getAttribute('aria-expanded')) !== 'true') await box.click();
    if (text !== undefined) await box.fill(text);
    await page.getByRole('option', { name: option }).first().click({ timeout: 5_000 });
  });
}

/** Moves a slider by keys: one press is one step. */
export async function slide(within: Page | Locator, name: string, presses: number): Promise<void> {
  const slider = within.getByRole('slider', { name, exact: true });
  await slider.focus();
  for (let press = 0; press < Math.abs(presses); press++)
    await slider.press(presses > 0 ? 'ArrowRight' : 'ArrowLeft');
}

/** Adds fields to a list, which opens and closes a dialog for it. */
export async function addFields(list: Locator, ...fields: readonly string[]): Promise<void> {
  await button(list, 'Add field').click();
  const dialog = list.page().getByRole('dialog');
  for (const field of fields) await button(dialog, `Add ${field}`).click();
  await button(dialog, 'Done').click();
  await dialog.waitFor({ state: 'hidden' });
}

/** A short message in the corner. */
export function notice(page: Page, title: string | RegExp): Locator {
  return page.getByRole('alert').filter({ hasText: title });
}

export async function save(page: Page): Promise<void> {
  await button(page, 'Save draft').click();
  await page.getByText('Everything is saved.').waitFor();
}
