// A made-up shop in which looking misleads: people look at one brand and buy another, before and after the cut.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '../../../src/core/affinity/affinity.js';
import { type Model, modelSchema } from '../../../src/core/model/model.js';
import { writeDataset } from '../../helpers/write-dataset.js';

export const NEWEST = Date.parse('2026-03-31T12:00:00Z');
const BRANDS = ['acme', 'nord', 'sol', 'zeta'];
const DAYS = 30;

/** Forty shirts, brands in turn. */
const products = Array.from({ length: 40 }, (_, n) => ({
  object_id: `shirt-${n}`,
  title: `Shirt ${n}`,
  category: 'shirts',
  brand: BRANDS[n % 4],
}));

/** Over thirty days everybody buys eight shirts of their brand, the last two as the log ends, and looks at the next brand. */
function events(people: number, days: number) {
  return Array.from({ length: people }, (_, person) => {
    const event = (action_name: string, brand: number, turn: number, age: number) => ({
      timestamp: new Date(NEWEST - age * DAY_MS).toISOString(),
      user_id: `u${person}`,
      session_id: `u${person}-${age}`,
      action_name,
      object_id: `shirt-${(brand % 4) + 4 * ((person + turn) % 10)}`,
    });
    return Array.from({ length: 8 }, (_, turn) => {
      const age = days - (turn * days) / 7;
      return [event('purchase', person, turn, age), event('view', person + 1, turn, age)];
    }).flat();
  }).flat();
}

/** @returns a dataset directory */
export async function writePlantedShop({ people = 80, days = DAYS } = {}): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  await writeDataset(dir, { products, events: events(people, days) });
  return dir;
}

function model(id: string, event: string, changes: Partial<Model>): Model {
  return modelSchema.parse({
    id,
    name: id,
    globalAffinityFields: [{ field: 'brand', weight: 100 }],
    eventWeights: [{ event, weight: 100 }],
    timeDecay: 'all',
    ...changes,
  });
}

/** Goes by what people buy. */
export const wise = (id: string, changes: Partial<Model> = {}) => model(id, 'purchase', changes);
/** Goes by what people look at, which here is what they never take. */
export const misled = (id: string, changes: Partial<Model> = {}) => model(id, 'view', changes);
