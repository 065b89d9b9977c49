// A small copy of any JSON value, to look at: whatever somebody sent, it takes little room and can be written again.

const LONGEST_TEXT = 300;
const MOST_PARTS = 30;
const DEEPEST = 5;

/** Long texts, long lists and what is nested deep end in an ellipsis. */
export function clipped(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return clipText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '…';
  if (Array.isArray(value)) {
    const parts = value.slice(0, MOST_PARTS).map((part) => clipped(part, depth + 1));
    return value.length > MOST_PARTS ? [...parts, '…'] : parts;
  }
  const entries = Object.entries(value);
  const kept = entries.slice(0, MOST_PARTS).map(([key, part]) => [clipText(key), clipped(part, depth + 1)]);
  return Object.fromEntries(entries.length > MOST_PARTS ? [...kept, ['…', '…']] : kept);
}

function clipText(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
