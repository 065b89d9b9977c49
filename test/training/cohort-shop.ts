// A dataset with two cohorts planted in its users: one of red Arlo and Velda, one of blue Castell and Mirano.
import { type Model, modelSchema } from '../../src/core/model/model.js';
import { writeDataset } from '../helpers/write-dataset.js';

export const TASTES = {
  warm: { color: 'red', brands: ['arlo', 'velda'] },
  cool: { color: 'blue', brands: ['castell', 'mirano'] },
} as const;
export type Taste = keyof typeof TASTES;

const NEWEST = Date.parse('2026-03-01T12:00:00Z');

const brands = ['arlo', 'velda', 'castell', 'mirano', 'solo'];
export const products = ['shoes', 'shirts'].flatMap((category) =>
  brands.flatMap((brand) =>
    ['red', 'blue'].map((color) => ({
      object_id: `${category}-${brand}-${color}`,
      title: null,
      category,
      brand,
      color,
    })),
  ),
);

export const userOf = (taste: Taste, number: number) => `${taste}-${number}`;

/** `users` of each taste: five views of their own, one of the other; and some who are not planted. */
export async function writeCohortShop(dir: string, users: number): Promise<void> {
  const event = (user_id: string, action_name: string, object_id: string, place: number) => ({
    timestamp: new Date(NEWEST - place * 60_000).toISOString(),
    user_id,
    session_id: `${user_id}-1`,
    action_name,
    object_id,
  });
  const views = (
    user: string,
    { color, brands: liked }: (typeof TASTES)[Taste],
    many: number,
    from: number,
  ) =>
    Array.from({ length: many }, (_, place) => {
      const category = (from + place) % 3 === 0 ? 'shirts' : 'shoes';
      return event(user, 'view', `${category}-${liked[(from + place) % 2]}-${color}`, place);
    });
  const planted = Array.from({ length: users }, (_, number) => [
    ...views(userOf('warm', number), TASTES.warm, 5, number),
    ...views(userOf('warm', number), TASTES.cool, 1, number),
    ...views(userOf('cool', number), TASTES.cool, 5, number),
    ...views(userOf('cool', number), TASTES.warm, 1, number),
  ]).flat();
  const events = [
    ...planted,
    ...views('one-view', TASTES.cool, 1, 0),
    event('put-back', 'remove_from_cart', 'shoes-arlo-red', 1),
    event(userOf('warm', 0), 'purchase', 'shoes-solo-red', 1),
  ];
  const customers = ['one-view', 'idle'].map((user_id) => ({ user_id, age: '18-24' }));
  await writeDataset(dir, { products, events, customers });
}

export function behavioralModel(id: string, changes: Partial<Model> = {}): Model {
  return modelSchema.parse({
    id,
    name: id,
    globalAffinityFields: [
      { field: 'brand', weight: 60 },
      { field: 'color', weight: 40 },
    ],
    // Behavioral cohorts do not ask for attributes.
    group: { by: 'behavioral', attributes: ['age', 'nobody-has-it'] },
    eventWeights: [
      { event: 'purchase', weight: 50 },
      { event: 'add_to_cart', weight: 20 },
      { event: 'view', weight: 30 },
    ],
    ...changes,
  });
}
