// A preview of the admin API: one search for one user, without personalization and under one to three models.
import type { ParsedPreviewInput, PreviewAnswer } from '../../contract/preview.js';
import type { Catalog } from '../../core/catalog.js';
import { type Finding, KindredError } from '../../core/errors.js';
import type { SessionEvent } from '../../core/event/session-event.js';
import { type FieldLocation, membersFor } from '../../core/field-location.js';
import { type ActiveModel, affinityFields } from '../../core/model/model.js';
import { withoutCauses } from '../../core/model/without-causes.js';
import { invalidContent } from '../../core/parse-content.js';
import type { Product } from '../../core/product.js';
import type { EngineClient } from '../../engine/client/client.js';
import { mappedFields, resolveField } from '../../engine/indices/mapped-fields.js';
import { isNumberProperty } from '../../engine/indices/mapping-property.js';
import { pastedSearch } from '../../query/body/pasted-search.js';
import {
  type StorefrontSearch,
  storefrontSearch,
  storefrontWords,
} from '../../query/body/storefront-search.js';
import { type PreviewContext, previewSearch } from './preview-search.js';
import { showHit, showVariant } from './shown-hits.js';

/** Between two events of a simulated session. */
const EVENT_GAP_MS = 1_000;

/** What a variant runs on, with the settings that its profiles were not trained with. */
export type PreviewedModel = ActiveModel & { readonly needsTraining: readonly Finding[] };

export interface PreviewDependencies {
  /** the proxy's own */
  readonly search: PreviewContext;
  readonly engine: Pick<EngineClient, 'getMapping'>;
  readonly catalogs: readonly Catalog[];
  /** a stored model in one of its states, or a configuration in place of the stored one */
  readonly findModel: (selection: {
    readonly id: string;
    readonly state?: 'active' | 'saved' | 'draft' | undefined;
    readonly configuration?: unknown;
  }) => Promise<PreviewedModel>;
  /** products of all catalogs, by id */
  readonly products: (ids: readonly string[]) => Promise<ReadonlyMap<string, Product>>;
}

/** Errors: `invalid-content` (422), those of `findModel` and of the engine. */
export async function preview(deps: PreviewDependencies, input: ParsedPreviewInput): Promise<PreviewAnswer> {
  const catalog = previewedCatalog(deps.catalogs, input.catalog);
  const models = await Promise.all(
    input.variants.map((_, position) => variantModel(deps, input.variants, catalog, position)),
  );
  const fields = [...new Set([...models.flatMap(({ model }) => affinityFields(model)), ...input.fields])];
  const { title_field: titleField = catalog.titleField, image_field: imageField = catalog.imageField } =
    input;
  const shown = { ...catalog, titleField, imageField, fields };
  const mapping = await deps.engine.getMapping(catalog.index);
  const mapped = mappedFields(mapping ?? { properties: {} });
  const locate = (field: string): FieldLocation => resolveField(mapped, field)?.location ?? { source: field };
  const read = [titleField, catalog.categoryField, ...(imageField ? [imageField] : []), ...fields].map(
    locate,
  );
  const storefront = {
    text: input.query.trim(),
    category: input.category,
    size: input.size,
    titleField: catalog.titleField,
    categoryField: catalog.categoryField,
    popularity: isNumberProperty(mapping?.properties.popularity),
    members: { ...membersFor(read), track_total_hits: true },
  };
  const body = bodyOf(input, storefront);
  const begun = performance.now();
  const found = await previewSearch(deps.search, {
    catalog,
    body,
    session: await sessionOf(deps, input),
    userId: input.who.user_id,
    persona: input.who.persona,
    variants: models.map((active, position) => ({
      active:
        input.without.length > 0 ? { ...active, model: withoutCauses(active.model, input.without) } : active,
      impact: input.variants[position]?.impact,
    })),
  });
  return {
    query_ms: Math.round(performance.now() - begun),
    total: found.total,
    base: input.body === undefined ? storefrontWords(storefront) : 'the search that was pasted',
    request: { index: catalog.index, body: body.toString('utf8') },
    off: { hits: found.off.map((hit) => showHit(hit, shown, locate)) },
    variants: found.variants.flatMap((variant, position) => {
      const [model, label] = [models[position], input.variants[position]?.label];
      return model ? [showVariant(variant, model, label ?? model.model.name, shown, locate)] : [];
    }),
  };
}

/** Words make the search of a simple storefront; a body that was pasted is the search. */
function bodyOf({ body, size }: ParsedPreviewInput, storefront: StorefrontSearch): Buffer {
  if (body === undefined) return Buffer.from(JSON.stringify(storefrontSearch(storefront)));
  const pasted = pastedSearch(body, { size, ...storefront.members });
  if (pasted.ok) return pasted.body;
  throw invalidContent('preview', [pasted.finding]);
}

/** Errors: `invalid-content` (422) where there is none. */
export function previewedCatalog(catalogs: readonly Catalog[], name: string | undefined): Catalog {
  const catalog = catalogs.find((each) => name === undefined || each.name === name);
  if (catalog) return catalog;
  throw invalidContent('preview', [{ path: 'catalog', message: `"${name}" is not a configured catalog` }]);
}

/** Findings about a configuration get the path at which it stands in the body. */
export async function variantModel(
  { findModel }: Pick<PreviewDependencies, 'findModel'>,
  variants: ParsedPreviewInput['variants'],
  { name: catalog }: Catalog,
  position: number,
): Promise<PreviewedModel> {
  const { model, state, configuration } = variants[position] ?? {};
  const at = `variants.${position}.${configuration ? 'configuration' : 'model'}`;
  const id = configuration?.id ?? model ?? '';
  const found = await findModel({ id, state, configuration }).catch((error) => {
    if (!(error instanceof KindredError) || error.errors.length === 0) throw error;
    const findings = error.errors.map(({ path, message }) => ({ path: `${at}.${path}`, message }));
    throw invalidContent('preview', findings);
  });
  if (found.model.catalog === catalog) return found;
  const message = `model "${id}" is for catalog "${found.model.catalog}"`;
  throw invalidContent('preview', [{ path: at, message }]);
}

/** Errors: `invalid-content` (422) for products that no catalog has. */
async function sessionOf(
  { products, search }: PreviewDependencies,
  { session }: ParsedPreviewInput,
): Promise<SessionEvent[]> {
  const known = await products([...new Set(session.flatMap(({ object_id }) => object_id ?? []))]);
  const now = search.profiles.now();
  return session.map(({ action, object_id = '', query = '' }, position) => {
    const timestamp = now - (session.length - position) * EVENT_GAP_MS;
    if (action === 'search') return { action, timestamp, query };
    const product = known.get(object_id);
    if (product) return { action, timestamp, product };
    const message = `no catalog has a product "${object_id}"`;
    throw invalidContent('preview', [{ path: `session.${position}.object_id`, message }]);
  });
}
