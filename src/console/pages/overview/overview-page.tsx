// The overview: searches of the last hour, the latency that Kindred adds, known shoppers, and the latest trainings.
import { Box, Stack, Text } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import type { Overview } from '../../../contract/overview.js';
import { MEASURES } from '../../../core/model/measures.js';
import { useOverview } from '../../api/overview.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { Page } from '../../components/layout/page.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { AlertsSection } from './alerts-section.js';
import { CHART_HEIGHT } from './chart-height.js';
import { FigureCards } from './figure-cards.js';
import { type LastHour, lastHour, shareText } from './last-hour.js';
import { TrainingHistory } from './training-history.js';

// The charting library is as large as all the rest: the figures do not wait for it, and it does not wait for them.
const loadCharts = () => import('./charts.js');
const SearchesChart = lazy(async () => ({ default: (await loadCharts()).SearchesChart }));
const LatencyChart = lazy(async () => ({ default: (await loadCharts()).LatencyChart }));
loadCharts().catch(() => {});

export function OverviewPage() {
  const overview = useOverview();
  return (
    <Page
      title="Overview"
      description="What this Kindred did in the last hour. Where several run side by side, your monitoring adds them up from their /metrics."
    >
      {overview.isPending && <Loading what="the figures" />}
      {overview.error && (
        <Failure title="The figures cannot be read" error={overview.error} retry={overview.refetch} />
      )}
      {overview.data && <Figures overview={overview.data} />}
    </Page>
  );
}

function Figures({ overview }: { readonly overview: Overview }) {
  const { minutes, trainings } = overview;
  const hour = lastHour(minutes);
  return (
    <>
      <FigureCards hour={hour} overview={overview} />
      <SectionCard id="searches" title="Searches a minute">
        {hour.searches === 0 ? (
          <Text c="dimmed">
            No search came through the proxy in the last hour. Point your shop’s search client at it.
          </Text>
        ) : (
          <ChartPlace>
            <SearchesChart minutes={minutes} />
          </ChartPlace>
        )}
      </SectionCard>
      {hour.searches > 0 && (
        <>
          <SectionCard id="reasons" title="Why searches were not personalized">
            <SkipReasons hour={hour} />
          </SectionCard>
          <SectionCard
            id="latency"
            title="What Kindred adds to a search"
            description="Milliseconds beside the engine’s own time: half of the searches stay under the first line, 95 of 100 under the second."
          >
            <ChartPlace>
              <LatencyChart minutes={minutes} />
            </ChartPlace>
          </SectionCard>
        </>
      )}
      <AlertsSection />
      <SectionCard
        id="trainings"
        title="Trainings"
        description={`Of the versions that are kept, newest first. The score is that of “${MEASURES.ALL.name}”.`}
      >
        <TrainingHistory trainings={trainings} />
      </SectionCard>
    </>
  );
}

function ChartPlace({ children }: { readonly children: ReactNode }) {
  return (
    <Box mih={CHART_HEIGHT}>
      <Suspense fallback={<Loading what="the chart" />}>{children}</Suspense>
    </Box>
  );
}

function SkipReasons({ hour: { skipped, searches } }: { readonly hour: LastHour }) {
  if (skipped.length === 0) return <Text c="dimmed">Every search was personalized.</Text>;
  return (
    <Stack component="dl" gap="sm" m={0}>
      {skipped.map(({ reason, words, searches: count }) => (
        <div key={reason}>
          <Text component="dt" size="sm">
            {words}{' '}
            <Text span size="xs" c="dimmed" ff="monospace">
              {reason}
            </Text>
          </Text>
          <Box component="dd" m={0} display="flex" style={{ alignItems: 'center', gap: 12 }}>
            <Box flex={1} h={10} bg="var(--mantine-color-default-border)" style={{ borderRadius: 5 }}>
              <Box
                h="100%"
                w={`${(100 * count) / searches}%`}
                bg="var(--mantine-primary-color-filled)"
                style={{ borderRadius: 5 }}
              />
            </Box>
            <Text size="sm" w={130}>
              {count.toLocaleString('en')} · {shareText(count, searches)}
            </Text>
          </Box>
        </div>
      ))}
    </Stack>
  );
}
