// What Kindred added to searches of the last hour, minute by minute.
import { LineChart } from '@mantine/charts';
import type { OverviewMinute } from '../../api/overview-types.js';
import { clock } from '../../lib/words/time-words.js';
import { ChartFrame } from './chart-frame.js';

export function LatencyChart({ minutes }: { readonly minutes: readonly OverviewMinute[] }) {
  return (
    <ChartFrame label="Milliseconds that Kindred added to searches over the last hour, minute by minute">
      <LineChart
        h={220}
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
