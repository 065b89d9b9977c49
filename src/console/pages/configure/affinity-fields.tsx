// The attributes that tell what a shopper likes, in the whole shop.
import { memo } from 'react';
import { useFields } from '../../api/catalog.js';
import { SectionCard } from '../../components/section-card.js';
import { findingAt } from '../../lib/findings.js';
import { FieldWeights } from './field-weights.js';
import type { SectionProps } from './section-props.js';

interface AffinityFieldsProps extends SectionProps<'globalAffinityFields'> {
  readonly catalog: string;
}

export const AffinityFields = memo(function AffinityFields(props: AffinityFieldsProps) {
  const { value, onEdit, findings, disabled, catalog } = props;
  const { data: fields } = useFields(catalog);
  return (
    <SectionCard
      id="affinity-fields"
      title="Affinity fields"
      description="The attributes of products that tell what a shopper likes. The weights share out 100: raising one takes from the others. Take few, and those that tell products of one category apart."
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
