// Runs once after all tests: stops the engines that were started for them.
export default async function globalTeardown() {
  await globalThis.kindredEngineBroker?.stop();
}
