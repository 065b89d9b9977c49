// Picks an affinity field: those of the live catalog, with samples of their values and how many products have one.
import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFields, useRefusedFields } from '../../../api/catalog.js';
import { DialogActions } from '../../../components/dialogs/dialog-actions.js';
import { Failure } from '../../../components/feedback/failure.js';
import { Loading } from '../../../components/feedback/loading.js';
import { FieldOption } from './field-option.js';
import { RefusedFields } from './refused-fields.js';

/** Further ones are found by searching. */
const SHOWN_FIELDS = 50;

interface FieldPickerProps {
  readonly catalog: string;
  readonly listed: readonly string[];
  readonly onAdd: (field: string) => void;
  readonly onClose: () => void;
}

export function FieldPicker({ catalog, listed, onAdd, onClose }: FieldPickerProps) {
  const fields = useFields(catalog);
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const isWanted = ({ field }: { readonly field: string }) => field.toLowerCase().includes(wanted);
  const found = (fields.data ?? []).filter(isWanted);
  const refused = (useRefusedFields(catalog).data ?? []).filter(isWanted);
  return (
    <Modal opened onClose={onClose} title="Add an affinity field" size="lg">
      <Stack gap="md">
        <TextInput
          aria-label="Search fields"
          placeholder="Search fields"
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {fields.isPending && <Loading what="the fields of the catalog" />}
        {fields.error && (
          <Failure title="The fields cannot be read" error={fields.error} retry={fields.refetch} />
        )}
        {fields.data && found.length === 0 && refused.length === 0 && (
          <Text c="dimmed">
            {fields.data.length === 0
              ? 'The catalog has no field that can carry an affinity: it needs keyword, boolean or number fields.'
              : 'No field contains this.'}
          </Text>
        )}
        <Stack gap={0} component="ul" m={0} p={0}>
          {found.slice(0, SHOWN_FIELDS).map((field) => (
            <FieldOption
              key={field.field}
              catalog={catalog}
              field={field}
              listed={listed.includes(field.field)}
              onAdd={() => onAdd(field.field)}
            />
          ))}
        </Stack>
        {found.length > SHOWN_FIELDS && (
          <Text size="sm" c="dimmed">
            {found.length - SHOWN_FIELDS} more: search to find them.
          </Text>
        )}
        <RefusedFields fields={refused.slice(0, SHOWN_FIELDS)} />
        <DialogActions>
          <Button onClick={onClose}>Done</Button>
        </DialogActions>
      </Stack>
    </Modal>
  );
}
