// What can be done with one kept version of a model, named by its effect: roll back to it, make it live, or return to it.
import type { ModelView } from '../../../contract/model.js';
import type { VersionView } from '../../../contract/version.js';

export interface VersionAction {
  /** of the button */
  readonly label: string;
  /** of the button that confirms */
  readonly verb: 'Roll back' | 'Make live' | 'Return';
  /** what will be so, in one or two sentences */
  readonly says: string;
  /** the quality gate asks before a newer version that was judged worse goes live */
  readonly gated: boolean;
}

type Known = Pick<ModelView, 'state' | 'activeVersion' | 'currentVersion'>;

/** Null where the model is at this version already: its next step says how to go on. */
export function versionAction(
  { version, current }: Pick<VersionView, 'version' | 'current'>,
  { state, activeVersion, currentVersion }: Known,
  on: boolean,
): VersionAction | null {
  if (state === 'training' || (current && state !== 'draft')) return null;
  const than = activeVersion ?? currentVersion ?? 0;
  const back = `The settings of version ${version} become the model’s settings again; what was edited since is dropped. The name stays.`;
  const live = on
    ? `Version ${version} ranks the searches of your shoppers within two seconds.`
    : `Version ${version} ranks the searches of your shoppers once personalization is on again.`;
  const says =
    activeVersion === null ? `${back} It is saved; what is live stays as it is.` : `${back} ${live}`;
  if (version < than)
    return { label: `Roll back to version ${version}`, verb: 'Roll back', says, gated: false };
  if (version === activeVersion || activeVersion === null)
    return { label: `Return to version ${version}`, verb: 'Return', says, gated: false };
  return { label: `Make version ${version} live`, verb: 'Make live', says, gated: true };
}
