// What `/readyz` answers: the reasons why searches cannot be personalized, in words that anyone may read.
import { publicReason } from '../engine/client/engine-unreachable.js';
import type { ActiveModelWatcher } from '../models/serving/active-model-watcher.js';
import type { Services } from './create-services.js';

/** One line each; empty when the proxy is ready. */
export async function notReadyReasons(
  { engine, catalogs }: Pick<Services, 'engine' | 'catalogs'>,
  watcher: Pick<ActiveModelWatcher, 'stale' | 'current'>,
): Promise<string[]> {
  const stale = watcher.stale();
  const reasons = stale === null ? [] : [stale];
  // A catalog more, or one that is not served yet, takes no traffic from the others.
  const served = catalogs.filter(({ name }) => watcher.current(name).active !== null);
  if (served.length === 0) reasons.push('no model is active; train, save and activate one');
  try {
    for (const { name, index } of served.length > 0 ? served : catalogs)
      if (!(await engine.indexExists(index))) reasons.push(`catalog "${name}" does not exist`);
  } catch (error) {
    if (stale === null) reasons.push(publicReason(error));
  }
  return reasons;
}
