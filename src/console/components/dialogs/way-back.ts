// The way back to what was live before: the version that is kept, in words, and what makes it live again.
import type { ModelView } from '../../../contract/model.js';
import { activateModel, rollBack } from '../../api/models.js';
import { refreshModels } from '../../api/query-client.js';
import type { WayBack } from '../feedback/notify.js';
import { notifyDone, notifyFailed } from '../feedback/notify.js';

type Before = Pick<ModelView, 'id' | 'name' | 'activeVersion' | 'savedVersion' | 'state'>;

/**
 * Null where nothing was live, or what was live already is.
 * @param model what goes live
 * @param before what is live until then
 */
export function wayBack(
  model: Pick<ModelView, 'id' | 'savedVersion'>,
  before: Before,
): (WayBack & { readonly kept: string }) | null {
  const { id, name, activeVersion } = before;
  if (activeVersion === null) return null;
  const same = id === model.id;
  if (same && activeVersion === model.savedVersion) return null;
  const what = `version ${activeVersion}${same ? '' : ` of ${name}`}`;
  // Of another model, edited since, going back would drop its edits: there its own page offers it.
  const dropsEdits = !same && (before.state !== 'active' || before.savedVersion !== activeVersion);
  return {
    kept: `Version ${activeVersion}${same ? '' : ` of ${name}`} is kept: you can go back to it at any time.`,
    label: `Back to ${what}`,
    run: dropsEdits
      ? null
      : async () => {
          try {
            if (same) await rollBack(id, activeVersion, true);
            else await activateModel(id, true);
            notifyDone(`${name}, version ${activeVersion}, is live again`);
          } catch (error) {
            notifyFailed('It was not taken back', error);
          } finally {
            await refreshModels();
          }
        },
  };
}
