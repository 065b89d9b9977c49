// Puts the shop into the engine, with its newest event in this week.

import { createBars } from '../cli/load.js';
import { type LoadResult, loadDataset } from '../datasets/load/load.js';
import type { EngineClient } from '../engine/client/client.js';

/** Loading the same shop again changes nothing. Errors: those of `loadDataset`. */
export async function loadShop(engine: EngineClient, dataset: string, index: string): Promise<LoadResult> {
  const bars = createBars();
  try {
    return await loadDataset({ engine, dataset, index, shiftTo: Date.now(), onProgress: bars.update });
  } finally {
    bars.stop();
  }
}
