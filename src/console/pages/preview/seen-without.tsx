// Where the product went whose reason was switched off: it may have left the places that are shown.
import { Text } from '@mantine/core';
import type { PreviewCause, PreviewInput, ShownReason, VariantAnswer } from '../../../contract/preview.js';
import { usePreview } from '../../api/preview.js';
import { movedWithoutWords } from '../../lib/words/moved-words.js';
import { nameOf } from './switched-off.js';

/** As many as the API takes. */
const LOOKED_AT = 100;

/** The product whose reason was switched off, and its places before. */
export interface Watched {
  readonly id: string;
  readonly title: string;
  readonly cause: PreviewCause;
  /** the preview that it was switched off in, as text */
  readonly asked: string;
  /** by the label of the list: the place, and whether the cause raised it there */
  readonly before: ReadonlyMap<string, { readonly rank: number; readonly raised: boolean }>;
}

/** @param lists as they are before the cause is switched off */
export function watch(
  input: PreviewInput,
  cause: PreviewCause,
  id: string,
  lists: readonly VariantAnswer[],
): Watched {
  const found = lists.flatMap(({ label, hits }) =>
    hits.filter((hit) => hit.id === id).map((hit) => ({ label, hit })),
  );
  const raises = ({ cause: kind, field, factor }: ShownReason) =>
    factor > 1 &&
    (kind === 'field'
      ? 'field' in cause && cause.field === field
      : 'product' in cause && cause.product === kind);
  return {
    id,
    title: found[0]?.hit.title || id,
    cause,
    asked: askedBeside(input, cause),
    before: new Map(
      found.map(({ label, hit: { rank, reasons } }) => [label, { rank, raised: reasons.some(raises) }]),
    ),
  };
}

/** Whether the same is asked as when the cause was switched off, and it is still off. */
export function isWithout({ cause, asked }: Watched, input: PreviewInput): boolean {
  const off = (input.without ?? []).some((each) => JSON.stringify(each) === JSON.stringify(cause));
  return off && askedBeside(input, cause) === asked;
}

/** What is asked besides leaving out the cause. */
function askedBeside(input: PreviewInput, cause: PreviewCause): string {
  const others = (input.without ?? []).filter((each) => JSON.stringify(each) !== JSON.stringify(cause));
  return JSON.stringify({ ...input, without: others });
}

interface SeenWithoutProps {
  readonly watched: Watched;
  /** of the lists that are shown */
  readonly input: PreviewInput;
}

export function SeenWithout({ watched: { id, title, cause, before }, input }: SeenWithoutProps) {
  const { data, isPlaceholderData, error } = usePreview({ ...input, size: LOOKED_AT }, true);
  const ready = data && !isPlaceholderData && !error;
  return (
    <Text size="sm" mt="xs" component="div" role="status" aria-label="Seen without">
      <span className="name">{title}</span> ({id}) without “{nameOf(cause)}”
      {!ready && (error ? ': its place cannot be read.' : ': looking for it…')}
      {ready &&
        data.variants.flatMap(({ label, hits }) => {
          const was = before.get(label);
          if (!was) return [];
          const at = hits.findIndex((hit) => hit.id === id);
          const words = movedWithoutWords({
            before: was.rank,
            after: at < 0 ? null : at + 1,
            lookedAt: LOOKED_AT,
            raised: was.raised,
          });
          return [
            <div key={label}>
              <span className="name">{label}</span>: {words}
            </div>,
          ];
        })}
    </Text>
  );
}
