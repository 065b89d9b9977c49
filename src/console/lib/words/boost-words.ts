// How far a product moved and which boosts moved it, in words and as short marks.
export interface Move {
  /** e.g. `▲ 12`; `=` where nothing moved */
  readonly mark: string;
  readonly words: string;
  readonly tone: 'good' | 'bad' | 'neutral';
}

/**
 * @param rank from 1
 * @param without the rank without personalization; null: behind the first 500
 */
export function moveOf(rank: number, without: number | null): Move {
  if (without === null) return { mark: '▲ 500+', words: 'up from behind the first 500', tone: 'good' };
  const up = without - rank;
  const places = (count: number) => (count === 1 ? '1 place' : `${count} places`);
  if (up > 0) return { mark: `▲ ${up}`, words: `${places(up)} up, from ${without}`, tone: 'good' };
  if (up < 0) return { mark: `▼ ${-up}`, words: `${places(-up)} down, from ${without}`, tone: 'bad' };
  return { mark: '=', words: 'where it is without personalization', tone: 'neutral' };
}

/** `×1.35`, two decimals. */
export function factorText(factor: number): string {
  return `×${factor.toFixed(2)}`;
}

/** Those whose factor is not 1.00 when shown with two decimals, the strongest first. */
export function strongestFirst<Moved extends { readonly factor: number }>(
  affinities: readonly Moved[],
): Moved[] {
  const strength = ({ factor }: Moved) => Math.abs(Math.log(factor));
  return affinities
    .filter(({ factor }) => factor.toFixed(2) !== '1.00')
    .sort((a, b) => strength(b) - strength(a));
}

const PROFILE_WORDS: Readonly<Record<string, string>> = {
  individual: 'their history',
  session: 'this session',
  group: 'shoppers like them',
};

const LIST = new Intl.ListFormat('en-GB');

/** `individual+group` as `their history and shoppers like them`. */
export function profileWords(profiles: readonly string[]): string {
  return LIST.format(profiles.map((profile) => PROFILE_WORDS[profile] ?? profile));
}
