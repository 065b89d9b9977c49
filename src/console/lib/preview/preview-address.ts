// What a preview shows, kept in the query of its address: a reload, or a link sent to a colleague, shows the same.
import type { PersonaAffinity, PreviewCause } from '../../../contract/preview.js';

/** Who searches: the first of the sample users, a visitor without a user id, a user, or a persona with made-up affinities. */
export type Identity =
  | { readonly kind: 'sample' }
  | { readonly kind: 'visitor' }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'persona'; readonly affinities: readonly PersonaAffinity[] };

export interface PreviewAddress {
  /** words of the search */
  readonly query: string;
  /** empty: none */
  readonly category: string;
  /** the shop's own search, as JSON text, instead of words and category; empty: none */
  readonly body: string;
  readonly identity: Identity;
  /** keys of what is shown beside OFF (`VariantOption`), at most three */
  readonly variants: readonly string[];
  /** instead of the models' own; null: theirs */
  readonly impact: number | null;
  /** causes that are switched off */
  readonly without: readonly PreviewCause[];
  /** lists that are not shown: `off`, and keys of variants */
  readonly hidden: readonly string[];
  readonly shown: ShownFields;
}

/** Which fields of a product are its title and its picture; null: as the catalog is set up. Others; null: its price. */
export interface ShownFields {
  readonly title: string | null;
  readonly image: string | null;
  readonly fields: readonly string[] | null;
}

export const MAX_VARIANTS = 3;
/** As many as the API takes. */
const MAX_CAUSES = 100;
export const MAX_SHOWN_FIELDS = 8;
/** Longer ones are kept by the page alone: servers and mails cut long addresses. */
const MAX_BODY_IN_ADDRESS = 3_000;
/** After the id of a model: with this tab's unsaved edits. */
export const DRAFT_SUFFIX = ':draft';

export function readPreviewAddress(search: URLSearchParams): PreviewAddress {
  const impact = Number(search.get('impact') ?? Number.NaN);
  return {
    query: search.get('q') ?? '',
    category: search.get('category') ?? '',
    body: search.get('body') ?? '',
    identity: readIdentity(search),
    variants: [...new Set(search.getAll('model'))].slice(0, MAX_VARIANTS),
    impact: impact >= 0 && impact <= 100 ? impact : null,
    without: [...new Set(search.getAll('without'))].slice(0, MAX_CAUSES).flatMap(readCause),
    hidden: [...new Set(search.getAll('hide'))],
    shown: {
      title: search.get('title'),
      image: search.get('image'),
      fields: search.has('show') ? search.getAll('show').filter(Boolean).slice(0, MAX_SHOWN_FIELDS) : null,
    },
  };
}

export function writePreviewAddress(address: PreviewAddress): URLSearchParams {
  const { query, category, identity, variants, impact, without, hidden, shown } = address;
  const search = new URLSearchParams();
  if (query !== '') search.set('q', query);
  if (category !== '') search.set('category', category);
  if (address.body !== '' && address.body.length <= MAX_BODY_IN_ADDRESS) search.set('body', address.body);
  if (identity.kind === 'visitor') search.set('visitor', '');
  if (identity.kind === 'user') search.set('user', identity.id);
  if (identity.kind === 'persona') {
    search.set('made', '');
    for (const { field, value, strength } of identity.affinities)
      search.append('likes', JSON.stringify([field, value, strength]));
  }
  for (const variant of variants) search.append('model', variant);
  if (impact !== null) search.set('impact', String(impact));
  for (const cause of without)
    for (const [kind, name] of Object.entries(cause)) search.append('without', `${kind}:${name}`);
  for (const list of hidden) search.append('hide', list);
  if (shown.fields)
    for (const field of shown.fields.length > 0 ? shown.fields : ['']) search.append('show', field);
  if (shown.title) search.set('title', shown.title);
  if (shown.image) search.set('image', shown.image);
  return search;
}

/** A link to the preview of these variants, for a sample user. */
export function previewPath(...variants: readonly string[]): string {
  const search = writePreviewAddress({ ...readPreviewAddress(new URLSearchParams()), variants });
  return `/preview?${search}`;
}

export function identityWords(identity: Identity): string {
  if (identity.kind === 'user') return identity.id;
  if (identity.kind === 'sample') return 'A shopper of yours';
  return identity.kind === 'persona' ? 'A made-up shopper' : 'An unknown shopper';
}

function readIdentity(search: URLSearchParams): Identity {
  const id = search.get('user');
  if (id) return { kind: 'user', id };
  if (search.has('visitor')) return { kind: 'visitor' };
  if (!search.has('made')) return { kind: 'sample' };
  return { kind: 'persona', affinities: search.getAll('likes').flatMap(readAffinity) };
}

/** `field:brand`, `product:related`, `profile:group`; what is none of these is left out. */
function readCause(text: string): PreviewCause[] {
  const [, kind, name = ''] = /^(field|product|profile):(.{1,256})$/s.exec(text) ?? [];
  if (kind === 'field') return [{ field: name }];
  if (kind === 'product' && (name === 'buy_again' || name === 'related')) return [{ product: name }];
  const isProfile = name === 'individual' || name === 'session' || name === 'group';
  return kind === 'profile' && isProfile ? [{ profile: name }] : [];
}

/** Anyone can edit an address: what cannot be read as an affinity is left out. */
function readAffinity(text: string): PersonaAffinity[] {
  try {
    const [field, value, strength] = JSON.parse(text);
    const valid = typeof field === 'string' && typeof value === 'string' && strength >= 1 && strength <= 5;
    return valid ? [{ field, value, strength: Number(strength) }] : [];
  } catch {
    return [];
  }
}
