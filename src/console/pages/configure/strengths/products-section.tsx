// The section for single products: the strengths of buy again and of related products.
import { Stack } from '@mantine/core';
import { memo } from 'react';
import { StrengthSlider } from '../../../components/inputs/strength-slider.js';
import { SectionCard } from '../../../components/layout/section-card.js';
import { findingAt, findingUnder } from '../../../lib/model/findings.js';
import type { SectionProps } from '../section-props.js';

const STRENGTHS = [
  {
    key: 'buyAgain',
    label: 'Buy again',
    description:
      'Raises the very products a shopper bought before, in the rhythm in which they are bought. Strong where things run out.',
  },
  {
    key: 'related',
    label: 'Related products',
    description:
      'Raises what the same shoppers also have, and what others click next after what the shopper just looked at. It is what helps most to find something new.',
  },
] as const;

export const ProductsSection = memo(function ProductsSection(props: SectionProps<'products'>) {
  const { value, onEdit, findings, disabled } = props;
  return (
    <SectionCard
      id="products"
      title="Buy again and related products"
      description="Two strengths of their own, from 0 (off) to 100, beside the affinity fields."
      error={findingAt(findings, 'products')}
    >
      <Stack gap="lg">
        {STRENGTHS.map(({ key, label, description }) => (
          <StrengthSlider
            key={key}
            label={label}
            description={value[key] === 0 ? `${description} At 0 it does nothing.` : description}
            value={value[key]}
            finding={findingUnder(findings, `products.${key}`)}
            disabled={disabled}
            onChange={(next) => onEdit('products', (products) => ({ ...products, [key]: next }))}
          />
        ))}
      </Stack>
    </SectionCard>
  );
});
