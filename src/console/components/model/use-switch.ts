// Turns personalization on and off, says so, and offers to undo it.
import { useState } from 'react';
import { refreshModels } from '../../api/query-client.js';
import { readSettings, switchPersonalization } from '../../api/settings.js';
import { notifyDone, notifyFailed, notifyWithUndo } from '../feedback/notify.js';

const FOLLOWS = 'Every proxy follows within two seconds.';
const RACED = ' Somebody else had just changed the settings; what they changed besides is kept.';

export function useSwitch() {
  const [switching, setSwitching] = useState(false);

  async function turn(enabled: boolean): Promise<void> {
    setSwitching(true);
    try {
      const raced = await switchPersonalization(await readSettings(), enabled);
      const note = `${FOLLOWS}${raced ? RACED : ''}`;
      if (enabled) notifyDone('Personalization is on', note);
      else notifyWithUndo('Personalization is off', note, () => turn(true));
    } catch (error) {
      notifyFailed('Personalization was not switched', error);
    } finally {
      setSwitching(false);
      await refreshModels();
    }
  }

  return { switching, turn };
}
