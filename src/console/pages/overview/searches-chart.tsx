// Searches of the last hour, minute by minute: personalized below, the others on top.
import { BarChart } from '@mantine/charts';
import type { OverviewMinute } from '../../api/overview-types.js';
import { clock } from '../../lib/words/time-words.js';
import { ChartFrame } from './chart-frame.js';

export function SearchesChart({ minutes }: { readonly minutes: readonly OverviewMinute[] }) {
  const most = Math.max(...minutes.map(({ searches }) => searches));
  return (
    <ChartFrame label={`Searches a minute over the last hour, at most ${most.toLocaleString('en')}`}>
      <BarChart
        h={220}
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
