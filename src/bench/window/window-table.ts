// The window study as text: a row for each window, category pages beside word searches.
import { formatCount } from '../../core/format-count.js';
import { shown } from '../report/table-cells.js';
import type { WindowResult } from './window-part.js';
import type { WindowRow } from './window-study.js';

export function windowLines({ products, searches, matches, boosts, rows }: WindowResult): string[] {
  const shardCounts = [...new Set(rows.map(({ shards }) => shards))];
  return shardCounts.flatMap((shards) => {
    const of = (kind: WindowRow['kind']) => rows.filter((row) => row.kind === kind && row.shards === shards);
    const [category, words] = [of('category'), of('words')];
    const windows = (category.length > 0 ? category : words).map(({ window }) => window);
    return [
      '',
      `${formatCount(products, 'product')}, ${formatCount(searches, 'search', 'searches')}, ${formatCount(shards, 'shard')}`,
      line('', 'category pages', 'words'),
      line('matches, median', shown(matches.category), shown(matches.words)),
      line('boosts, median', shown(boosts.category), shown(boosts.words)),
      line('window', HEAD, HEAD),
      ...windows.map((window) =>
        line(
          window === null ? 'none' : window.toLocaleString('en-US'),
          cells(category, window),
          cells(words, window),
        ),
      ),
    ];
  });
}

const HEAD = cellsOf(['@10', '@24', 'ms', '÷ plain']);

function cells(rows: readonly WindowRow[], window: number | null): string {
  const row = rows.find((candidate) => candidate.window === window);
  return row ? cellsOf([row.overlap_10, row.overlap_24, row.p50_ms, row.vs_plain].map(shown)) : '–';
}

function cellsOf(texts: readonly string[]): string {
  return texts.map((text) => text.padStart(8)).join('');
}

function line(head: string, one: string, other: string): string {
  return `${head.padEnd(16)}${one.padStart(32)}${other.padStart(32)}`.trimEnd();
}
