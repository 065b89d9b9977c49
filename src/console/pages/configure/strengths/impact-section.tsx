// The section for impact: how strongly the model may move results.
import { memo } from 'react';
import { StrengthSlider } from '../../../components/inputs/strength-slider.js';
import { SectionCard } from '../../../components/layout/section-card.js';
import { findingAt } from '../../../lib/model/findings.js';
import type { SectionProps } from '../section-props.js';
import { ImpactQuality } from './impact-quality.js';

const MARKS = [
  { value: 0, label: 'Off' },
  { value: 50, label: 'Usual' },
  { value: 100, label: 'Strongest' },
] as const;

interface ImpactSectionProps extends SectionProps<'impact'> {
  readonly modelId: string;
}

export const ImpactSection = memo(function ImpactSection(props: ImpactSectionProps) {
  const { value, onEdit, findings, disabled, modelId } = props;
  return (
    <SectionCard
      id="impact"
      title="Impact"
      description="How strongly the model may move results. 0 is exactly the order without personalization; 100 squares every factor of 50. Start at 50 and go up only with a look at the quality."
    >
      <StrengthSlider
        label="Impact"
        description={wordsOf(value)}
        marks={MARKS}
        value={value}
        finding={findingAt(findings, 'impact')}
        disabled={disabled}
        onChange={(next) => onEdit('impact', () => next)}
      />
      <ImpactQuality modelId={modelId} impact={value} />
    </SectionCard>
  );
});

function wordsOf(impact: number): string {
  if (impact === 0) return 'Nothing moves.';
  if (impact < 50) return 'Gentler than usual.';
  return impact === 50 ? 'The measured default.' : 'Stronger than usual.';
}
