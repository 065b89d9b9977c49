// Runs once before all tests, in plain Node: opens the door at which test files ask for a running engine.
import { startEngineBroker } from './engine-broker.js';

export default async function globalSetup() {
  globalThis.kindredEngineBroker = await startEngineBroker();
  process.env.KINDRED_TEST_ENGINE_BROKER = globalThis.kindredEngineBroker.url;
}
