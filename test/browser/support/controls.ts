// Every control of the configure page: how it is moved, what the API then answers, and what searches then do.
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Model } from '../../../src/core/model/model.js';
import { addFields, button, choose, group, slide, type, weight } from './gestures.js';
import { fieldsOf, type Seen, strength } from './seen.js';

export interface Control {
  readonly name: string;
  /** settings before, where they differ from those of every other row */
  readonly from?: Partial<Model>;
  change(page: Page): Promise<void>;
  /** part of the model afterwards */
  readonly makes: object;
  /** left out where the control is nothing to searches */
  effect?(now: Seen, before: Seen): void;
}

export const FROM = {
  globalAffinityFields: [
    { field: 'brand', weight: 50 },
    { field: 'color', weight: 30 },
    { field: 'size', weight: 20 },
  ],
  categoryOverrides: [],
  profiles: { individual: true, inSession: true, sessionProfile: true, group: true },
  group: { by: 'demographic', attributes: ['age', 'income'] },
  products: { buyAgain: 40, related: 25 },
  eventWeights: [
    { event: 'purchase', weight: 60 },
    { event: 'add_to_cart', weight: 25 },
    { event: 'view', weight: 10 },
    { event: 'search', weight: 5 },
  ],
  timeDecay: '365d',
  impact: 50,
} as const;

const OVERRIDE = { categories: ['shirts'], fields: [{ field: 'brand', weight: 100 }] };
const fields = (page: Page) => group(page, 'Affinity fields');
const events = (page: Page) => group(page, 'Event weights');
const flip = (name: string) => (page: Page) => page.getByRole('switch', { name, exact: true }).press('Space');
const number = (page: Page, name: string) => page.getByRole('textbox', { name: `${name} as a number` });

const otherPlan: Control['effect'] = (now, before) => expect(now.plan).not.toEqual(before.plan);

export const CONTROLS: readonly Control[] = [
  {
    name: 'Name',
    change: (page) => type(page.getByRole('textbox', { name: 'Name', exact: true }), 'Renamed'),
    makes: { name: 'Renamed' },
  },
  {
    name: 'the slider of an affinity field, and the number of another',
    async change(page) {
      await slide(fields(page), 'Weight of color', 40);
      await type(weight(fields(page), 'brand'), '10');
    },
    makes: { globalAffinityFields: [{ field: 'brand', weight: 10 }, { field: 'color', weight: 70 }, {}] },
    effect: (now, before) => {
      expect(strength(now.plan, 'color')).toBeGreaterThan(strength(before.plan, 'color'));
      expect(strength(now.plan, 'brand')).toBeLessThan(strength(before.plan, 'brand'));
    },
  },
  {
    name: 'a field taken away, the rest balanced',
    async change(page) {
      await button(fields(page), 'Remove color').click();
      await button(fields(page), 'Balance the rest').click();
    },
    makes: {
      globalAffinityFields: [
        { field: 'brand', weight: 71 },
        { field: 'size', weight: 29 },
      ],
    },
    effect: (now, before) => {
      expect(fieldsOf(before.plan)).toContain('color');
      expect(fieldsOf(now.plan)).not.toContain('color');
    },
  },
  {
    name: 'Add field',
    async change(page) {
      await type(weight(fields(page), 'brand'), '20');
      await addFields(fields(page), 'occasions');
    },
    makes: { globalAffinityFields: expect.arrayContaining([{ field: 'occasions', weight: 30 }]) },
    effect: (now) => expect(fieldsOf(now.plan)).toContain('occasions'),
  },
  {
    name: 'Add override',
    async change(page) {
      await button(page, 'Add override').click();
      await choose(page, 'Categories', 'shirts', 'shirts');
      await page.keyboard.press('Escape');
      await addFields(group(page, 'Fields of shirts'), 'brand');
    },
    makes: { categoryOverrides: [OVERRIDE] },
    effect: (now, before) => {
      expect(fieldsOf(before.moved)).toContain('color');
      expect([...fieldsOf(now.moved)]).toEqual(['brand']);
    },
  },
  {
    name: 'Remove this override',
    from: { categoryOverrides: [OVERRIDE] },
    async change(page) {
      await button(page, /^shirts/).click();
      await button(page, 'Remove this override').click();
    },
    makes: { categoryOverrides: [] },
    effect: (now) => expect(fieldsOf(now.moved)).toContain('color'),
  },
  {
    name: 'Individual profile',
    change: flip('Individual profile'),
    makes: { profiles: { ...FROM.profiles, individual: false } },
    effect: (now, before) => {
      expect(before.outcome).toMatch(/profile=individual\+session/);
      expect(now.outcome).toMatch(/profile=session/);
    },
  },
  {
    name: 'In-session profile',
    change: flip('In-session profile'),
    makes: { profiles: { ...FROM.profiles, inSession: false } },
    effect: (now) => expect(now.outcome).not.toMatch(/session/),
  },
  {
    name: 'Tastes of the session',
    change: flip('Tastes of the session'),
    makes: { profiles: { ...FROM.profiles, sessionProfile: false } },
    effect: (now, before) => {
      const tastes = ({ plan }: Seen) =>
        plan.filter(({ profile, product }) => profile === 'session' && product === undefined);
      expect(tastes(now).length).toBeLessThan(tastes(before).length);
    },
  },
  {
    name: 'Group profile',
    change: flip('Group profile'),
    makes: { profiles: { ...FROM.profiles, group: false } },
    effect: otherPlan,
  },
  {
    name: 'Who is alike',
    change: (page) => page.getByRole('radio', { name: 'Shoppers who like the same things' }).click(),
    makes: { group: { by: 'behavioral' } },
    effect: otherPlan,
  },
  {
    name: 'Attributes of customers',
    async change(page) {
      await choose(page, 'Attributes of customers', 'income');
      await page.getByRole('option', { name: 'region' }).click();
      await page.keyboard.press('Escape');
    },
    makes: { group: { by: 'demographic', attributes: ['age', 'region'] } },
    effect: otherPlan,
  },
  {
    name: 'Buy again',
    change: (page) => type(number(page, 'Buy again'), '0'),
    makes: { products: { buyAgain: 0, related: 25 } },
    effect: (now, before) => {
      const again = ({ plan }: Seen) => plan.filter(({ product }) => product === 'buy_again').length;
      expect(again(before)).toBeGreaterThan(0);
      expect(again(now)).toBe(0);
    },
  },
  {
    name: 'Related products',
    change: (page) => slide(page, 'Related products', -25),
    makes: { products: { buyAgain: 40, related: 0 } },
    effect: (now, before) => {
      const related = ({ plan }: Seen) => plan.filter(({ product }) => product === 'related').length;
      expect(related(before)).toBeGreaterThan(0);
      expect(related(now)).toBe(0);
    },
  },
  {
    name: 'a preset',
    change: (page) => button(page, 'Use the preset Discovery').click(),
    makes: { products: { buyAgain: 0, related: 80 }, impact: 25 },
    effect: otherPlan,
  },
  {
    name: 'the weight of an event',
    async change(page) {
      await type(weight(events(page), 'view'), '65');
      await button(events(page), 'Balance the rest').click();
    },
    makes: { eventWeights: expect.arrayContaining([{ event: 'view', weight: 65 }]) },
    effect: otherPlan,
  },
  {
    name: 'Add event, suggested and of their own',
    async change(page) {
      await button(events(page), 'Remove add_to_cart').click();
      await button(events(page), 'Add event').click();
      const dialog = page.getByRole('dialog');
      await button(dialog, 'Add wishlist').click();
      await type(dialog.getByRole('textbox', { name: 'Name' }), 'store_visit');
      await button(dialog, 'Add').click();
      await dialog.waitFor({ state: 'hidden' });
      await type(weight(events(page), 'store_visit'), '5');
      await type(weight(events(page), 'wishlist'), '20');
    },
    makes: {
      eventWeights: [
        { event: 'purchase', weight: 60 },
        { event: 'view', weight: 10 },
        { event: 'search', weight: 5 },
        { event: 'wishlist', weight: 20 },
        { event: 'store_visit', weight: 5 },
      ],
    },
    effect: otherPlan,
  },
  {
    name: 'Events count from',
    change: (page) => choose(page, 'Events count from', 'Last 14 days'),
    makes: { timeDecay: '14d' },
    effect: otherPlan,
  },
  {
    name: 'Impact, up',
    change: (page) => slide(page, 'Impact', 40),
    makes: { impact: 90 },
    effect: (now, before) =>
      expect(strength(now.plan, 'brand')).toBeGreaterThan(strength(before.plan, 'brand')),
  },
  {
    name: 'Impact, off',
    change: (page) => type(number(page, 'Impact'), '0'),
    makes: { impact: 0 },
    effect: (now, before) => {
      expect(before.ids).not.toEqual(before.plain);
      expect(now).toMatchObject({ outcome: 'skipped; reason=off', ids: now.plain });
    },
  },
];
