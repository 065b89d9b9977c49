// The sections of the configure page, one for each setting of a model, and the links to them.
import { Box, Stack } from '@mantine/core';
import { useCallback } from 'react';
import type { Preset } from '../../../contract/preset.js';
import type { Finding } from '../../../core/errors.js';
import type { Model } from '../../../core/model/model.js';
import type { Update } from './draft/use-model-draft.js';
import { EventWeightsSection } from './events/event-weights-section.js';
import { TimeDecaySection } from './events/time-decay-section.js';
import { AffinityFieldsSection } from './fields/affinity-fields-section.js';
import { CategoryOverridesSection } from './fields/category-overrides-section.js';
import { NameSection } from './name-section.js';
import { OnThisPage } from './on-this-page.js';
import { GroupsSection } from './profiles/groups-section.js';
import { ProfilesSection } from './profiles/profiles-section.js';
import { ImpactSection } from './strengths/impact-section.js';
import { PresetsSection } from './strengths/presets-section.js';
import { ProductsSection } from './strengths/products-section.js';

interface SectionsProps {
  readonly config: Model;
  readonly categoryField: string;
  readonly update: Update;
  readonly findings: readonly Finding[];
  /** called with the setting that was edited */
  readonly onEdited: (path: string) => void;
  readonly disabled: boolean;
}

export function Sections({ config, categoryField, update, findings, onEdited, disabled }: SectionsProps) {
  const onEdit = useCallback(
    <Key extends keyof Model>(key: Key, edit: (value: Model[Key]) => Model[Key]) => {
      update((now) => ({ ...now, [key]: edit(now[key]) }));
      onEdited(key);
    },
    [update, onEdited],
  );
  const onApply = useCallback(
    ({ products, impact }: Preset['settings']) => update((now) => ({ ...now, products, impact })),
    [update],
  );
  const { catalog } = config;
  const shared = { onEdit, findings, disabled };
  return (
    <Box
      display={{ base: 'block', md: 'grid' }}
      style={{ gridTemplateColumns: 'minmax(0, 1fr) 150px', gap: 32 }}
    >
      <Stack gap="md">
        <NameSection {...shared} id={config.id} value={config.name} />
        <PresetsSection
          products={config.products}
          impact={config.impact}
          onApply={onApply}
          disabled={disabled}
        />
        <AffinityFieldsSection {...shared} catalog={catalog} value={config.globalAffinityFields} />
        <CategoryOverridesSection
          {...shared}
          catalog={catalog}
          categoryField={categoryField}
          value={config.categoryOverrides}
        />
        <ProfilesSection {...shared} modelId={config.id} value={config.profiles} />
        <GroupsSection {...shared} catalog={catalog} used={config.profiles.group} value={config.group} />
        <ProductsSection {...shared} value={config.products} />
        <EventWeightsSection {...shared} value={config.eventWeights} />
        <TimeDecaySection {...shared} value={config.timeDecay} />
        <ImpactSection {...shared} modelId={config.id} value={config.impact} />
      </Stack>
      <OnThisPage config={config} findings={findings} />
    </Box>
  );
}
