// What a preview shows, as the query of its address: a reload and a link sent to a colleague show the same.
import type { PersonaAffinity } from '../../api/preview-types.js';

export type Identity =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'made'; readonly affinities: readonly PersonaAffinity[] };

export interface PreviewAddress {
  readonly query: string;
  /** empty: none */
  readonly category: string;
  readonly who: Identity;
  /** what is shown beside OFF: ids of models, with `:draft` for this tab's unsaved edits; at most three */
  readonly variants: readonly string[];
  /** instead of the models' own; null: theirs */
  readonly impact: number | null;
  readonly shown: ShownFields;
}

/** Which fields of a product are its title and its picture; null: as the catalog is set up. */
export interface ShownFields {
  readonly title: string | null;
  readonly image: string | null;
}

export const MAX_VARIANTS = 3;
export const DRAFT_SUFFIX = ':draft';

export function readPreviewAddress(search: URLSearchParams): PreviewAddress {
  const impact = Number(search.get('impact') ?? Number.NaN);
  return {
    query: search.get('q') ?? '',
    category: search.get('category') ?? '',
    who: readWho(search),
    variants: [...new Set(search.getAll('model'))].slice(0, MAX_VARIANTS),
    impact: impact >= 0 && impact <= 100 ? impact : null,
    shown: { title: search.get('title'), image: search.get('image') },
  };
}

export function writePreviewAddress({
  query,
  category,
  who,
  variants,
  impact,
  shown,
}: PreviewAddress): URLSearchParams {
  const search = new URLSearchParams();
  if (query !== '') search.set('q', query);
  if (category !== '') search.set('category', category);
  if (who.kind === 'user') search.set('user', who.id);
  if (who.kind === 'made') {
    search.set('made', '');
    for (const { field, value, strength } of who.affinities)
      search.append('likes', JSON.stringify([field, value, strength]));
  }
  for (const variant of variants) search.append('model', variant);
  if (impact !== null) search.set('impact', String(impact));
  if (shown.title) search.set('title', shown.title);
  if (shown.image) search.set('image', shown.image);
  return search;
}

/** The preview of a model beside others; a visitor nobody knows. */
export function previewPath(...variants: readonly string[]): string {
  const search = writePreviewAddress({ ...readPreviewAddress(new URLSearchParams()), variants });
  return `/preview?${search}`;
}

export function identityWords(who: Identity): string {
  if (who.kind === 'user') return who.id;
  return who.kind === 'made' ? 'A made-up shopper' : 'An unknown shopper';
}

function readWho(search: URLSearchParams): Identity {
  const id = search.get('user');
  if (id) return { kind: 'user', id };
  if (!search.has('made')) return { kind: 'nobody' };
  return { kind: 'made', affinities: search.getAll('likes').flatMap(readAffinity) };
}

/** An address can be edited by anyone: what is no affinity is left out. */
function readAffinity(text: string): PersonaAffinity[] {
  try {
    const [field, value, strength] = JSON.parse(text);
    const whole = typeof field === 'string' && typeof value === 'string' && strength >= 1 && strength <= 5;
    return whole ? [{ field, value, strength: Number(strength) }] : [];
  } catch {
    return [];
  }
}
