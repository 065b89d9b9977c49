// The section for the name of a model.
import { TextInput } from '@mantine/core';
import { memo } from 'react';
import { SectionCard } from '../../components/layout/section-card.js';
import { findingAt } from '../../lib/model/findings.js';
import type { SectionProps } from './section-props.js';

interface NameSectionProps extends SectionProps<'name'> {
  readonly id: string;
}

export const NameSection = memo(function NameSection({
  id,
  value,
  onEdit,
  findings,
  disabled,
}: NameSectionProps) {
  return (
    <SectionCard id="name" title="Name">
      <TextInput
        aria-label="Name"
        description={`Scripts and the proxy know the model as “${id}”; that stays.`}
        inputWrapperOrder={['input', 'description', 'error']}
        maw={480}
        maxLength={100}
        value={value}
        error={findingAt(findings, 'name')}
        disabled={disabled}
        onChange={(event) => {
          const name = event.currentTarget.value;
          onEdit('name', () => name);
        }}
      />
    </SectionCard>
  );
});
