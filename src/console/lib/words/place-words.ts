// Where in a model something is wrong, in words: `eventWeights.5.event` is “Event weights, line 6”.

const SETTINGS: Readonly<Record<string, string>> = {
  name: 'Name',
  catalog: 'Catalog',
  globalAffinityFields: 'Affinity fields',
  categoryOverrides: 'Category overrides',
  profiles: 'Profiles',
  group: 'Groups',
  products: 'Buy again and related products',
  eventWeights: 'Event weights',
  timeDecay: 'Time decay',
  impact: 'Impact',
};

export function placeWords(path: string): string {
  const [setting = '', ...rest] = path.split('.');
  const line = rest.find((step) => /^\d+$/.test(step));
  const name = SETTINGS[setting] ?? path;
  return line === undefined || !(setting in SETTINGS) ? name : `${name}, line ${Number(line) + 1}`;
}
