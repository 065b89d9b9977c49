// A benchmark as text: figures beside targets, then the measurements behind them, within 80 columns.
import { formatCount } from '../../core/format-count.js';
import type { IntakeResult } from '../intake-part.js';
import type { ProxyResult } from '../proxy/proxy-part.js';
import type { SearchResult } from '../search/search-part.js';
import type { TrainingResult } from '../training/training-part.js';
import { windowLines } from '../window/window-table.js';
import type { BenchReport } from './bench-report.js';
import { ratio, type Times } from './statistics.js';
import { fitted, shown, timesCells, timesRow } from './table-cells.js';
import { TARGETS } from './targets.js';

export function benchTable(report: BenchReport): string {
  const { machine, parts, notes } = report;
  const where = [
    machine.engine,
    formatCount(machine.cores, 'core'),
    `${machine.memory_gib} GiB`,
    `Node ${machine.node}`,
  ];
  return [
    where.filter(Boolean).join(', '),
    ...targetLines(report),
    ...(parts.search ? searchLines(parts.search) : []),
    ...(parts.proxy ? proxyLines(parts.proxy) : []),
    ...(parts.training ? trainingLines(parts.training) : []),
    ...(parts.intake ? intakeLines(parts.intake) : []),
    ...(parts.window ? windowLines(parts.window) : []),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n');
}

function targetLines(report: BenchReport): string[] {
  const asked = TARGETS.filter(({ part }) => report.parts[part] !== null);
  if (asked.length === 0) return [];
  const row = (what: string, target: string, measured: string, verdict: string) =>
    `${what.padEnd(48)} ${target.padStart(9)} ${measured.padStart(12)}  ${verdict}`.trimEnd();
  return [
    '',
    row('', 'target', 'measured', ''),
    ...asked.map(({ what, target, unit, value, met }) => {
      const measured = value(report);
      if (measured === null) return row(what, target, '–', 'not measured');
      return row(
        what,
        target,
        [shown(measured), unit].filter(Boolean).join(' '),
        met(measured) ? 'met' : 'MISSED',
      );
    }),
  ];
}

function searchLines({
  products,
  segments,
  matches,
  times,
  page_21,
  narrow,
  words_alone,
  curves,
  discarded,
}: SearchResult) {
  const head = (what: string) => ['', timesRow(what, ['p50', 'p90', 'p99', '÷ plain'])];
  const row = (what: string, measured: Times | null, plain: Times | null) =>
    timesRow(what, [
      ...[measured?.p50, measured?.p90, measured?.p99].map(shown),
      shown(ratio(measured?.p50, plain?.p50)),
    ]);
  return [
    ...head(`ms; ${formatCount(products, 'product')}, ${formatCount(segments, 'segment')}`),
    `search that matches ${shown(matches)}, × √popularity`,
    row('  straight at the engine', times.engine, times.engine),
    row('  through the proxy, off', times.off, times.engine),
    row('  personalized, 30 affinities', times.personalized_30, times.engine),
    row('  personalized, 100', times.personalized_100, times.engine),
    row('  personalized, 300', times.personalized_300, times.engine),
    row('  personalized, 1,000', times.personalized_1000, times.engine),
    row('  function_score by hand, 100', times.handwritten_100, times.engine),
    'page 21 of it',
    row('  straight at the engine', page_21.engine, page_21.engine),
    row('  personalized, 1,000', page_21.personalized_1000, page_21.engine),
    `search that matches ${shown(narrow.matches)}, × √popularity`,
    row('  straight at the engine', narrow.times.engine, narrow.times.engine),
    row('  personalized, 100', narrow.times.personalized_100, narrow.times.engine),
    `search that matches ${shown(matches)}, by the words alone`,
    row('  straight at the engine', words_alone.engine, words_alone.engine),
    row('  personalized, 100', words_alone.personalized_100, words_alone.engine),
    row('  by hand, 100', words_alone.handwritten_100, words_alone.engine),
    ...curveLines(curves),
    ...(discarded > 0 ? [`${discarded} answers did not count: not personalized as planned`] : []),
  ];
}

function curveLines({ matches, affinities, clients }: SearchResult['curves']): string[] {
  const columns = (head: string, cells: readonly string[]) =>
    `${head.padEnd(16)}${cells.map((cell) => cell.padStart(10)).join('')}`;
  const curve = (head: string, points: readonly (readonly [number, Point])[]) => [
    '',
    columns(
      head,
      points.map(([at]) => shown(at)),
    ),
    columns(
      '  plain ms',
      points.map(([, { engine }]) => shown(engine)),
    ),
    columns(
      '  personalized',
      points.map(([, { personalized }]) => shown(personalized)),
    ),
    columns(
      '  ratio',
      points.map(([, point]) => shown(point.ratio)),
    ),
  ];
  return [
    ...curve(
      'matches, 100 aff.',
      matches.map((point) => [point.matches, point]),
    ).map(fitted),
    ...curve(
      'affinities',
      affinities.map((point) => [point.affinities, point]),
    ).map(fitted),
    '',
    columns(
      'clients at once',
      clients.map((point) => shown(point.clients)),
    ),
    columns(
      '  plain, 1/s',
      clients.map(({ engine }) => shown(engine?.per_s)),
    ),
    columns(
      '  pers., 1/s',
      clients.map(({ personalized }) => shown(personalized?.per_s)),
    ),
    columns(
      '  plain p99',
      clients.map(({ engine }) => shown(engine?.p99)),
    ),
    columns(
      '  pers. p99',
      clients.map(({ personalized }) => shown(personalized?.p99)),
    ),
  ];
}

type Point = Pick<SearchResult['curves']['matches'][number], 'engine' | 'personalized' | 'ratio'>;

function proxyLines({ per_s, vs_nginx, latency, memory, applied, failed }: ProxyResult): string[] {
  const last = memory.at(-1);
  const growth = memory.filter(({ rss_mib }) => rss_mib !== null).map(({ rss_mib }) => rss_mib);
  return [
    '',
    timesRow(`proxy, ms at ${shown(latency.rate)} requests/s`, ['p50', 'p90', 'p99']),
    timesRow('  straight at the stub', timesCells(latency.stub)),
    timesRow('  through the proxy', timesCells(latency.proxy)),
    ...(per_s && vs_nginx
      ? [
          timesRow('requests/s on one core, 50 connections', ['', '1/s', '÷ nginx']),
          timesRow('  nginx proxy_pass', ['', shown(per_s.nginx), '1']),
          timesRow('  proxy, off', ['', shown(per_s.off), shown(vs_nginx.off)]),
          ...([30, 100, 300] as const).map((boosts) =>
            timesRow(`  personalized, ${boosts} affinities`, [
              '',
              shown(per_s[`personalized_${boosts}`]),
              shown(vs_nginx[`personalized_${boosts}`]),
            ]),
          ),
        ]
      : []),
    `memory over ${shown(last?.requests)} requests: ${growth.join(' ')} MiB`,
    `of all these searches ${shown(applied === null ? null : 100 * applied)} % were personalized, ${failed} failed`,
  ].map(fitted);
}

function trainingLines({ events, people, seconds, peak_mib, published }: TrainingResult): string[] {
  return [
    '',
    `training: ${formatCount(events, 'event')}, ${formatCount(people, 'person', 'people')}: ${shown(seconds)} s, ${shown(peak_mib)} MiB`,
    ...(published
      ? [
          `  publishing ${formatCount(published.documents, 'profile')}: ${shown(published.seconds)} s, ${shown(published.per_s)}/s`,
        ]
      : []),
  ];
}

function intakeLines({ events, seconds }: IntakeResult): string[] {
  return [
    '',
    `intake: ${formatCount(events, 'event')} stored in ${shown(seconds)} s, by 8 senders in batches of 100`,
  ];
}
