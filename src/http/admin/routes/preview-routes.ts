// /api/preview: what a search shows a shopper under any model, saved or not, beside what it shows without.

import { type ParsedPreviewInput, previewInputSchema, previewSchema } from '../../../contract/preview.js';
import type { Catalog } from '../../../core/catalog.js';
import { KindredError } from '../../../core/errors.js';
import type { SessionEvent } from '../../../core/event/session-event.js';
import { affinityFields } from '../../../core/model/model.js';
import { invalidContent, parseContent } from '../../../core/parse-content.js';
import { sourcePath } from '../../../core/product.js';
import type { EngineClient } from '../../../engine/client/client.js';
import { isNumberProperty } from '../../../engine/indices/mapping-property.js';
import type { LookUpProducts } from '../../../events/product-lookup.js';
import { type PreviewedModel, previewedModel } from '../../../models/lifecycle/previewed-model.js';
import type { ModelStore } from '../../../models/store/model-store.js';
import type { SettingsStore } from '../../../models/store/settings-store.js';
import { storefrontSearch, storefrontWords } from '../../../query/body/storefront-search.js';
import type { PreviewContext } from '../../../search/preview/preview.js';
import { previewSearch } from '../../../search/preview/preview.js';
import { type AdminRoute, route } from '../admin-route.js';
import { showHit, showVariant } from './preview-answer.js';

/** Between two events of a simulated session. */
const PAUSE_MS = 1_000;

export interface PreviewDependencies {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
  readonly modelStore: Pick<ModelStore, 'get'>;
  readonly settingsStore: Pick<SettingsStore, 'active'>;
  /** what the proxy searches with */
  readonly search: PreviewContext;
  readonly products: LookUpProducts;
}

export function previewRoutes(deps: PreviewDependencies): AdminRoute[] {
  return [
    route({
      method: 'post',
      path: '/preview',
      role: 'viewer',
      summary:
        'One search for one shopper, without personalization and under one to three models, with reasons',
      body: previewInputSchema,
      answer: previewSchema,
      problems: [404, 409],
      handle: async ({ body }) => ({
        body: await preview(deps, parseContent(previewInputSchema, body, 'preview')),
      }),
    }),
  ];
}

async function preview(deps: PreviewDependencies, input: ParsedPreviewInput) {
  const catalog = catalogOf(deps.catalogs, input.catalog);
  const models = await Promise.all(
    input.variants.map((_, position) => variantModel(deps, input, catalog, position)),
  );
  const fields = [...new Set(models.flatMap(({ model }) => affinityFields(model)))];
  const { titleField, categoryField } = catalog;
  const { title_field: shownTitle = titleField, image_field: imageField = catalog.imageField } = input;
  const shown: Catalog = {
    ...catalog,
    titleField: shownTitle,
    ...(imageField !== undefined && { imageField }),
  };
  const mapping = await deps.engine.getMapping(catalog.index);
  const paths = [shownTitle, categoryField, ...(imageField ? [imageField] : []), ...fields].map(sourcePath);
  const storefront = {
    text: input.query.trim(),
    category: input.category,
    size: input.size,
    titleField,
    categoryField,
    popularity: isNumberProperty(mapping?.properties.popularity),
    members: { _source: [...new Set(paths)] },
  };
  const { user_id: userId, persona } = input.who;
  const begun = performance.now();
  const found = await previewSearch(deps.search, {
    catalog,
    body: storefrontSearch(storefront),
    session: await sessionOf(deps, input),
    ...(userId !== undefined && { userId }),
    ...(persona && { persona }),
    variants: models.map((active, position) => {
      const impact = input.variants[position]?.impact;
      return { active, ...(impact !== undefined && { impact }) };
    }),
  });
  return {
    query_ms: Math.round(performance.now() - begun),
    total: found.total,
    base: storefrontWords(storefront),
    off: { hits: found.off.map((hit) => showHit(hit, shown, fields)) },
    variants: found.variants.flatMap((variant, position) => {
      const [model, label] = [models[position], input.variants[position]?.label];
      return model
        ? [showVariant(variant, model, label ?? model.model.name, { catalog: shown, fields })]
        : [];
    }),
  };
}

function catalogOf(catalogs: readonly Catalog[], index: string | undefined): Catalog {
  const catalog = catalogs.find((each) => index === undefined || each.index === index);
  if (catalog) return catalog;
  throw invalidContent('preview', [{ path: 'catalog', message: `"${index}" is not a configured catalog` }]);
}

/** Findings of a configuration are told where it stands in the body. */
async function variantModel(
  deps: PreviewDependencies,
  { variants }: ParsedPreviewInput,
  { index }: Catalog,
  position: number,
): Promise<PreviewedModel> {
  const { model, state, configuration } = variants[position] ?? {};
  const at = `variants.${position}.${configuration ? 'configuration' : 'model'}`;
  const id = configuration?.id ?? model ?? '';
  const wanted = { id, ...(state && { state }), ...(configuration && { configuration }) };
  const found = await previewedModel(deps, wanted).catch((error) => {
    if (!(error instanceof KindredError) || error.errors.length === 0) throw error;
    const findings = error.errors.map(({ path, message }) => ({ path: `${at}.${path}`, message }));
    throw invalidContent('preview', findings);
  });
  if (found.model.catalog === index) return found;
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
    const timestamp = now - (session.length - position) * PAUSE_MS;
    if (action === 'search') return { action, timestamp, query };
    const product = known.get(object_id);
    if (product) return { action, timestamp, product };
    const message = `no catalog has a product "${object_id}"`;
    throw invalidContent('preview', [{ path: `session.${position}.object_id`, message }]);
  });
}
