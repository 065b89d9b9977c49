// Saves and activates trained versions, and rolls back to an older one.
import type { ModelView } from '../../contract/model.js';
import { KindredError } from '../../core/errors.js';
import type { ActiveModel } from '../../core/model/model.js';
import { modelChanges } from '../../core/model/model-changes.js';
import { profileAlias } from '../../core/profile/profile.js';
import type { EngineClient } from '../../engine/client/client.js';
import type { Audit } from '../store/audit.js';
import { findVersion, type ModelVersion, toActiveModel } from '../store/model-record.js';
import type { ModelStore } from '../store/model-store.js';
import type { SettingsStore } from '../store/settings-store.js';
import { deleteOldVersions } from './delete-old-versions.js';
import { saveVersion } from './save-version.js';

/** Every method rejects with `model-not-found` (404) for an unknown id. */
export interface Activation {
  /**
   * trained → saved. A draft that differs from its current version in the impact, the switches of profiles or the name
   * alone becomes a version of its own, over the same profiles. Error: `not-trained` (409).
   */
  save(modelId: string, actor: string): Promise<void>;
  /**
   * saved → active; active stays active. Errors (409): `not-saved`, `profiles-missing`, and `quality-worse` when the
   * version was judged worse, unless forced.
   */
  activate(modelId: string, actor: string, options?: { readonly force?: boolean }): Promise<void>;
  /**
   * Makes a kept version the model's configuration, saved; when the model is active, serves from it. The quality gate does
   * not apply to one that is older than what serves, or was live before it: that may be worse.
   * Errors: `version-not-found` (404), `training-running`, `profiles-missing` (409), and `quality-worse` as in `activate`.
   */
  rollback(
    modelId: string,
    version: number,
    actor: string,
    options?: { readonly force?: boolean },
  ): Promise<void>;
}

export function createActivation(options: {
  readonly engine: EngineClient;
  readonly modelStore: ModelStore;
  readonly settingsStore: SettingsStore;
  readonly audit: Audit;
  /** a model in its present state */
  readonly view: (modelId: string) => Promise<ModelView>;
}): Activation {
  const { engine, modelStore, settingsStore, audit, view } = options;

  async function requireProfiles({ version, profileIndex }: ModelVersion): Promise<void> {
    if (!(await engine.indexExists(profileIndex)))
      throw wrongState(
        'profiles-missing',
        `the profiles of version ${version} are gone; train the model again`,
      );
  }

  /**
   * What served is written down before anything else serves, so that it is kept. The alias first, so that the active
   * version always has its profiles.
   */
  async function serveFrom(
    modelId: string,
    trained: ModelVersion,
    before: ActiveModel | null,
  ): Promise<void> {
    if (before && !(before.model.id === modelId && before.version === trained.version))
      await modelStore.change(before.model.id, (record) => ({ ...record, liveBefore: before.version }));
    await engine.swapAlias(profileAlias(modelId), trained.profileIndex);
    await settingsStore.setActive(trained.config.catalog, toActiveModel(trained));
  }

  return {
    async save(modelId, actor) {
      const { state } = await view(modelId);
      const refused = () => wrongState('not-trained', `cannot save: ${whatToDo(state)}`);
      if (state === 'training') throw refused();
      const { source: stored } = await modelStore.get(modelId);
      const active = await settingsStore.active(stored.model.catalog);
      const { source: record } = await modelStore.change(modelId, (before) => {
        const saved = saveVersion(before, active);
        if (!saved) throw refused();
        return saved;
      });
      await deleteOldVersions(options, modelId);
      await audit.record({
        actor,
        action: 'save',
        resource: `models/${modelId}`,
        detail: `version ${record.savedVersion}`,
      });
    },

    async activate(modelId, actor, { force = false } = {}) {
      const { state, savedVersion } = await view(modelId);
      if (state !== 'saved' && state !== 'active')
        throw wrongState('not-saved', `cannot activate: ${whatToDo(state)}`);
      const { source: stored } = await modelStore.get(modelId);
      const saved = findVersion(stored, savedVersion);
      if (!saved) throw wrongState('not-saved', 'cannot activate: the saved version is gone; train it again');
      await requireProfiles(saved);
      const worse = state === 'active' ? null : whyWorse(saved);
      if (worse && !force) throw wrongState('quality-worse', worse);
      const before = await settingsStore.active(stored.model.catalog);
      await serveFrom(modelId, saved, before);
      await deleteOldVersions(options, modelId);
      await audit.record({
        actor,
        action: 'activate',
        resource: `models/${modelId}`,
        detail: `version ${savedVersion}${worse ? ', forced' : ''}${insteadOf(before, modelId, saved.version)}`,
        // Of another model everything is other: its name says that.
        ...(before?.model.id === modelId && { changes: modelChanges(before.model, saved.config) }),
      });
    },

    async rollback(modelId, version, actor, { force = false } = {}) {
      const { state, activeVersion } = await view(modelId);
      const { source: stored } = await modelStore.get(modelId);
      const target = findVersion(stored, version);
      if (!target) {
        const kept = stored.versions.map((each) => each.version).join(', ') || 'none';
        throw new KindredError('version-not-found', `version ${version} is not kept; kept: ${kept}`, {
          status: 404,
        });
      }
      if (state === 'training') throw wrongState('training-running', `cannot roll back: ${whatToDo(state)}`);
      await requireProfiles(target);
      const gated = activeVersion !== null && version > activeVersion && version !== stored.liveBefore;
      const worse = gated ? whyWorse(target) : null;
      if (worse && !force) throw wrongState('quality-worse', worse);
      const { source: changed } = await modelStore.change(modelId, (record) => ({
        ...record,
        // The name does not go back: another model may have taken it meanwhile.
        model: { ...target.config, name: record.model.name },
        state: 'saved',
        savedVersion: version,
        currentVersion: version,
      }));
      const before = activeVersion === null ? null : await settingsStore.active(stored.model.catalog);
      if (before) await serveFrom(modelId, target, before);
      await audit.record({
        actor,
        action: 'rollback',
        resource: `models/${modelId}`,
        detail: `version ${version}${worse ? ', forced' : ''}${insteadOf(before, modelId, version)}`,
        changes: modelChanges(stored.model, changed.model),
      });
    },
  };
}

/** `, instead of version 1, which is kept`: what it can be taken back to. */
function insteadOf(before: ActiveModel | null, modelId: string, version: number): string {
  if (!before || (before.model.id === modelId && before.version === version)) return '';
  const of = before.model.id === modelId ? '' : ` of ${before.model.id}`;
  return `, instead of version ${before.version}${of}, which is kept`;
}

/** Why the quality gate refuses a version; null when it does not. */
function whyWorse({ version, quality }: ModelVersion): string | null {
  if (quality?.verdict !== 'worse') return null;
  return `version ${version} is ${quality.summary}; change the model and train again, or activate with ?force=true`;
}

function wrongState(code: string, message: string): KindredError {
  return new KindredError(code, message, { status: 409 });
}

function whatToDo(state: ModelView['state']): string {
  switch (state) {
    case 'draft':
      return 'the model is a draft; train it first';
    case 'training':
      return 'the model is being trained; wait for it or cancel it';
    case 'trained':
      return 'the trained version is not saved; save it first';
    case 'saved':
    case 'active':
      return 'the trained version is saved already';
  }
}
