// A chart as one picture with a name: what it shows in numbers stands in text beside it.
import '@mantine/charts/styles.css';
import type { ReactNode } from 'react';

interface ChartFrameProps {
  readonly label: string;
  readonly children: ReactNode;
}

export function ChartFrame({ label, children }: ChartFrameProps) {
  return (
    <div role="img" aria-label={label}>
      {children}
    </div>
  );
}
