// A list that begins short: its first rows, and a button for the others.
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';

interface ShowAllProps<Row> {
  readonly rows: readonly Row[];
  readonly first: number;
  readonly children: (rows: readonly Row[]) => ReactNode;
}

export function ShowAll<Row>({ rows, first, children }: ShowAllProps<Row>) {
  const [all, setAll] = useState(false);
  return (
    <>
      {children(all ? rows : rows.slice(0, first))}
      {rows.length > first && !all && (
        <Button size="xs" variant="default" onClick={() => setAll(true)} style={{ alignSelf: 'start' }}>
          Show all {rows.length.toLocaleString('en')}
        </Button>
      )}
    </>
  );
}
