// The section for global affinity fields: the attributes that tell what a shopper likes, with their weights.
import { memo } from 'react';
import { useFields } from '../../../api/catalog.js';
import { SectionCard } from '../../../components/layout/section-card.js';
import { findingAt } from '../../../lib/model/findings.js';
import type { SectionProps } from '../section-props.js';
import { FieldWeights } from './field-weights.js';

interface AffinityFieldsSectionProps extends SectionProps<'globalAffinityFields'> {
  readonly catalog: string;
}

export const AffinityFieldsSection = memo(function AffinityFieldsSection(props: AffinityFieldsSectionProps) {
  const { value, onEdit, findings, disabled, catalog } = props;
  const { data: fields } = useFields(catalog);
  return (
    <SectionCard
      id="affinity-fields"
      title="Affinity fields"
      description="The attributes of products that tell what a shopper likes. The weights share out 100 in all. Take few, and those that tell products of one category apart."
      error={findingAt(findings, 'globalAffinityFields')}
    >
      <FieldWeights
        label="Affinity fields"
        catalog={catalog}
        known={fields}
        fields={value}
        path="globalAffinityFields"
        findings={findings}
        disabled={disabled}
        onChange={(next) => onEdit('globalAffinityFields', () => next)}
      />
    </SectionCard>
  );
});
