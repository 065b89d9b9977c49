// Another impact to try in the preview: it adds a list of its own, so that the others stay what their titles say.
import { Checkbox, Text } from '@mantine/core';
import { StrengthSlider } from '../../components/inputs/strength-slider.js';
import { MAX_VARIANTS } from '../../lib/preview/preview-address.js';
import type { VariantOption } from '../../lib/preview/variant-options.js';

interface ImpactChoiceProps {
  /** null: none is tried */
  readonly impact: number | null;
  readonly chosen: readonly VariantOption[];
  readonly onChange: (impact: number | null) => void;
}

export function ImpactChoice({ impact, chosen, onChange }: ImpactChoiceProps) {
  const [first] = chosen;
  if (!first) return null;
  const full = chosen.length >= MAX_VARIANTS;
  const tried = impact !== null && !full;
  return (
    <>
      <Checkbox
        label="Try another impact"
        description={full ? 'It needs a list of its own: take one out first.' : 'Adds a list of its own'}
        checked={tried}
        disabled={full}
        onChange={(event) => onChange(event.currentTarget.checked ? first.impact : null)}
      />
      {tried && (
        <>
          <StrengthSlider
            label="Impact"
            description="0 is OFF; the order changes more the higher it is."
            value={impact}
            onChange={onChange}
            finding={null}
            disabled={false}
          />
          <Text size="xs" c="dimmed">
            Of <span className="name">{first.what}</span>, whose own impact is {first.impact}.
          </Text>
        </>
      )}
    </>
  );
}
