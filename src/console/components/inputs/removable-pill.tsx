// A pill with a remove button that keyboards and screen readers reach: Mantine's own is for the mouse alone.
import { Pill } from '@mantine/core';
import type { ReactNode } from 'react';

interface RemovablePillProps {
  /** what the remove button does, for screen readers */
  readonly removeLabel: string;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

export function RemovablePill({ removeLabel, onRemove, children }: RemovablePillProps) {
  return (
    <Pill
      withRemoveButton
      removeButtonProps={{ 'aria-label': removeLabel, 'aria-hidden': false, tabIndex: 0 }}
      onRemove={onRemove}
    >
      {children}
    </Pill>
  );
}
