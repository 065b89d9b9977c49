// The charts of the last hour, minute by minute. Each is one image with a name to screen readers; the figures beside it
// say in text what it shows.
import '@mantine/charts/styles.css';
import { BarChart, LineChart } from '@mantine/charts';
import type { ReactNode } from 'react';
import type { OverviewMinute } from '../../../contract/overview.js';
import { clock } from '../../lib/words/time-words.js';
import { CHART_HEIGHT } from './chart-height.js';

interface ChartProps {
  readonly minutes: readonly OverviewMinute[];
}

/** Searches a minute: personalized below, the others on top. */
export function SearchesChart({ minutes }: ChartProps) {
  const most = Math.max(...minutes.map(({ searches }) => searches));
  return (
    <ChartFrame label={`Searches a minute over the last hour, at most ${most.toLocaleString('en')}`}>
      <BarChart
        h={CHART_HEIGHT}
        data={minutes.map(({ at, searches, applied }) => ({
          at: clock(at),
          Personalized: applied,
          'As they came': searches - applied,
        }))}
        dataKey="at"
        type="stacked"
        withLegend
        series={[
          { name: 'Personalized', color: 'indigo.6' },
          { name: 'As they came', color: 'gray.5' },
        ]}
        yAxisProps={{ allowDecimals: false }}
      />
    </ChartFrame>
  );
}

/** Milliseconds that Kindred added to a search: median and 95th percentile. */
export function LatencyChart({ minutes }: ChartProps) {
  return (
    <ChartFrame label="Milliseconds that Kindred added to searches over the last hour, minute by minute">
      <LineChart
        h={CHART_HEIGHT}
        data={minutes.map(({ at, p50, p95 }) => ({ at: clock(at), 'Half under': p50, '95 % under': p95 }))}
        dataKey="at"
        withLegend
        curveType="linear"
        connectNulls={false}
        unit=" ms"
        series={[
          { name: 'Half under', color: 'indigo.6' },
          { name: '95 % under', color: 'orange.6' },
        ]}
      />
    </ChartFrame>
  );
}

function ChartFrame({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div role="img" aria-label={label}>
      {children}
    </div>
  );
}
