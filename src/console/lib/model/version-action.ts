// What can be done with one kept version of a model, named by its effect: go back to what was live, make it live, or return to its settings.
import type { ModelView } from '../../../contract/model.js';
import type { VersionView } from '../../../contract/version.js';
import { settingsWords } from '../words/setting-words.js';

export interface VersionAction {
  /** of the button */
  readonly label: string;
  /** of the button that confirms */
  readonly verb: 'Go back' | 'Make live' | 'Stay' | 'Return';
  /** what will be so, in one or two sentences */
  readonly says: string;
  /** asks before a version that was judged worse goes live, unless it was live before */
  readonly gated: boolean;
}

type Known = Pick<ModelView, 'state' | 'activeVersion' | 'edits'>;

/** Null where the model is at this version already: its next step says how to go on. */
export function versionAction(
  { version, current, liveBefore }: Pick<VersionView, 'version' | 'current' | 'liveBefore'>,
  { state, activeVersion, edits }: Known,
  on: boolean,
): VersionAction | null {
  if (state === 'training' || (current && state !== 'draft')) return null;
  const edited = settingsWords(edits);
  const dropped = edited ? ` ${edited}, edited since, is dropped.` : '';
  const back = `The settings of version ${version} become the model’s settings again, but for the name.${dropped}`;
  const live = on
    ? `Version ${version} ranks the searches of your shoppers within two seconds.`
    : `Version ${version} ranks the searches of your shoppers once personalization is on again.`;
  const stays = on ? `Version ${version} stays live.` : `Version ${version} stays chosen.`;
  if (activeVersion === null) {
    const says = `${back} It is saved; what is live stays as it is.`;
    return { label: `Return to version ${version}`, verb: 'Return', says, gated: false };
  }
  if (version === activeVersion)
    return { label: `Stay at version ${version}`, verb: 'Stay', says: `${stays} ${back}`, gated: false };
  const says = `${live} ${back} Version ${activeVersion} is kept.`;
  if (liveBefore) return { label: `Back to version ${version}`, verb: 'Go back', says, gated: false };
  return { label: `Make version ${version} live`, verb: 'Make live', says, gated: true };
}
