// Puts the shop into the engine, with its newest event in this week.
import type { EngineClient } from '../../engine/client.js';
import { type LoadResult, loadDataset } from '../../training/dataset/load.js';
import { createBars } from '../load.js';

/** Loading the same shop again changes nothing. Errors: those of `loadDataset`. */
export async function loadShop(engine: EngineClient, dataset: string, index: string): Promise<LoadResult> {
  const bars = createBars();
  try {
    return await loadDataset({ engine, dataset, index, shiftTo: Date.now(), onProgress: bars.update });
  } finally {
    bars.stop();
  }
}
