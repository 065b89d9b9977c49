// The menu of a model: its training, its preview, a copy of it, and deleting it.
import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ModelView } from '../../../contract/model.js';
import { useMayEdit } from '../../api/session.js';
import { IconCopy, IconDots, IconEye, IconHistory, IconTrash } from '../../components/icons.js';
import { previewPath } from '../../lib/preview/preview-address.js';
import { DeleteModelDialog } from './delete-model-dialog.js';

interface ModelMenuProps {
  readonly model: ModelView;
  readonly onDuplicate: (() => void) | null;
}

export function ModelMenu({ model, onDuplicate }: ModelMenuProps) {
  const mayEdit = useMayEdit();
  const [deleting, setDeleting] = useState(false);
  const kept = whyKept(model);
  return (
    <>
      <Menu position="bottom-end" width={270}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More for ${model.name}`}>
            <IconDots />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            href={`/personalization/${model.id}/training`}
            leftSection={<IconHistory size={16} />}
          >
            Training, versions, schedule
          </Menu.Item>
          {model.version > 0 && (
            <Menu.Item component={Link} href={previewPath(model.id)} leftSection={<IconEye size={16} />}>
              Preview
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconCopy size={16} />}
            disabled={!mayEdit || onDuplicate === null}
            onClick={() => onDuplicate?.()}
          >
            {onDuplicate === null ? 'Duplicate (no place is free)' : 'Duplicate'}
          </Menu.Item>
          <Menu.Item
            className="tone-bad"
            leftSection={<IconTrash size={16} />}
            disabled={!mayEdit || kept !== null}
            onClick={() => setDeleting(true)}
          >
            {kept === null ? 'Delete' : `Delete (${kept})`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {deleting && <DeleteModelDialog model={model} onClose={() => setDeleting(false)} />}
    </>
  );
}

function whyKept({ kind, activeVersion }: ModelView): string | null {
  if (kind === 'default') return 'the default model stays';
  return activeVersion === null ? null : 'a version of it is live';
}
