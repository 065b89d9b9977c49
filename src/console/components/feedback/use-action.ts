// Runs the action of a button: whether it is running, a message when it ends, and a refetch of what it may have changed.
import { useState } from 'react';
import { refreshModels } from '../../api/query-client.js';
import { notifyDone, notifyFailed } from './notify.js';

interface ActionWords {
  /** e.g. `Version 3 is saved` */
  readonly done?: string;
  /** e.g. `The version was not saved` */
  readonly failed: string;
}

export function useAction(run: () => Promise<unknown>, words: ActionWords) {
  const [running, setRunning] = useState(false);

  async function start() {
    setRunning(true);
    try {
      await run();
      if (words.done !== undefined) notifyDone(words.done);
    } catch (error) {
      notifyFailed(words.failed, error);
    } finally {
      setRunning(false);
      await refreshModels();
    }
  }

  return { running, start };
}
