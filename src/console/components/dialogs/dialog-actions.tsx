// The buttons of a dialog, at its bottom and visible however long its content is.
import { Group } from '@mantine/core';
import type { ReactNode } from 'react';

export function DialogActions({ children }: { readonly children: ReactNode }) {
  return (
    <Group justify="flex-end" gap="sm" className="dialog-actions">
      {children}
    </Group>
  );
}
