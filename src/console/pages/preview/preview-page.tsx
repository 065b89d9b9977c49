// The preview: one search of one shopper, without personalization beside up to three models, with what moved each product.
import './preview.css';
import { Alert, Button, Card, Stack } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { ModelView } from '../../../contract/model.js';
import type { BaselineHit, PreviewCause, PreviewInput } from '../../../contract/preview.js';
import { useModels } from '../../api/models.js';
import { usePreview } from '../../api/preview.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { Page } from '../../components/layout/page.js';
import { UnsavedEdits } from '../../components/model/unsaved-edits.js';
import {
  type Identity,
  type PreviewAddress,
  readPreviewAddress,
  writePreviewAddress,
} from '../../lib/preview/preview-address.js';
import { chosenOptions, variantOptions } from '../../lib/preview/variant-options.js';
import { PreviewControls } from './preview-controls.js';
import { ResultLists } from './result-lists.js';
import { type Clicked, SimulatedSession } from './simulated-session.js';
import { SwitchedOff, SwitchOff } from './switched-off.js';

const HITS = 24;
/** As many as the API takes. */
const MAX_CLICKS = 100;

export function PreviewPage() {
  const models = useModels();
  const trained = models.data?.some(({ version }) => version > 0);
  return (
    <Page
      title="Preview"
      wide
      description="What a search shows one shopper, without personalization and with it. Nothing here changes what your shoppers see."
    >
      {models.isPending && <Loading what="the models" />}
      {models.error && (
        <Failure title="The models cannot be read" error={models.error} retry={models.refetch} />
      )}
      {models.data && !trained && (
        <Alert color="blue" title="No model is trained yet">
          <Stack gap="sm" align="flex-start">
            A preview needs the profiles that a training makes of your events.
            <Button component={Link} href="/personalization" size="xs">
              Go to the models
            </Button>
          </Stack>
        </Alert>
      )}
      {models.data?.map((model) => (
        <UnsavedEdits key={model.id} model={model} />
      ))}
      {models.data && trained && <Preview models={models.data} />}
    </Page>
  );
}

function Preview({ models }: { readonly models: readonly ModelView[] }) {
  const [search, setSearch] = useSearchParams();
  const [clicks, setClicks] = useState<readonly Clicked[]>([]);
  const [without, setWithout] = useState<readonly PreviewCause[]>([]);
  const address = readPreviewAddress(search);
  const { shown } = address;

  const change = (changed: Partial<PreviewAddress>) =>
    setSearch((current) => writePreviewAddress({ ...readPreviewAddress(current), ...changed }), {
      replace: true,
    });

  const options = variantOptions(models, sessionStorage);
  const chosen = chosenOptions(options, address.variants);
  const catalog = chosen[0]?.catalog ?? '';
  const fields = models.flatMap(({ globalAffinityFields }) => globalAffinityFields.map(({ field }) => field));
  const preview = usePreview({
    catalog,
    query: address.query,
    category: address.category === '' ? null : address.category,
    size: HITS,
    who: whoOf(address.identity),
    session: clicks.map(({ id }) => ({ action: 'click', object_id: id })),
    without: without.length > 0 ? without : undefined,
    variants: chosen.map(({ variant }) => ({ ...variant, impact: address.impact ?? undefined })),
    title_field: shown.title ?? undefined,
    image_field: shown.image ?? undefined,
  });
  const click = ({ id, title }: BaselineHit) =>
    setClicks((before) => [...before, { id, title: title || id }].slice(-MAX_CLICKS));

  return (
    <div className="preview-layout">
      <PreviewControls
        address={address}
        catalog={catalog}
        fields={[...new Set(fields)]}
        options={options}
        chosen={chosen}
        onChange={change}
      />
      <Stack gap="md" style={{ minWidth: 0 }}>
        <Card p="sm">
          <SimulatedSession clicks={clicks} onChange={setClicks} />
          <SwitchedOff causes={without} onChange={setWithout} />
        </Card>
        {preview.isPending && <Loading what="the lists" />}
        {preview.error && (
          <Failure title="The preview cannot be shown" error={preview.error} retry={preview.refetch} />
        )}
        {preview.data && (
          <SwitchOff value={(cause) => setWithout((before) => [...before, cause])}>
            <ResultLists preview={preview.data} stale={preview.isPlaceholderData} onClick={click} />
          </SwitchOff>
        )}
      </Stack>
    </div>
  );
}

/** As the API takes it. */
function whoOf(identity: Identity): PreviewInput['who'] {
  switch (identity.kind) {
    case 'user':
      return { user_id: identity.id };
    case 'persona':
      return { persona: { affinities: identity.affinities } };
    case 'visitor':
      return {};
  }
}
