// What the boost plan of one request is made of.
import type { Affinities } from '../affinity/affinity.js';
import type { Model } from '../model/model.js';
import type { ProductInput } from './product-boosts.js';

export interface BoostPlanInput {
  readonly model: Model;
  /** 0–100; the request's own or the model's */
  readonly impact: number;
  readonly category: string | null;
  /** affinities in this scope; absent where there is no such profile */
  readonly population: Affinities;
  readonly individual?: Affinities;
  /** inside a category: what the person searched for without naming one; not part of the population and cohorts */
  readonly searched?: Affinities;
  readonly session?: Affinities;
  readonly group?: Affinities;
  /** single products; absent where the profiles have none */
  readonly products?: ProductInput;
}
