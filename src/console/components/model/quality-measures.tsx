// What each measure found of a version, and how it was judged: one may rise where another falls.
import { List } from '@mantine/core';
import type { Quality } from '../../../core/model/quality-verdict.js';
import { verdictWords } from '../../lib/words/verdict-words.js';

export function QualityMeasures({ quality }: { readonly quality: Quality }) {
  const { lines, measures } = verdictWords(quality);
  if (measures.length === 0) return null;
  return (
    <List size="sm" spacing={4} aria-label="Measures">
      {measures.map(({ name, lines: found }) => (
        <List.Item key={name}>
          <b>{name}</b>. {found.join(' ')}
        </List.Item>
      ))}
      {lines.map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}
