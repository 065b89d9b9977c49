// Cells and rows of a benchmark's tables.
import type { Times } from './statistics.js';

export function timesCells(times: Times | null): string[] {
  return [times?.p50, times?.p90, times?.p99].map(shown);
}

export function timesRow(what: string, cells: readonly string[]): string {
  return `${what.padEnd(40)}${cells.map((cell) => cell.padStart(10)).join('')}`.trimEnd();
}

/** Three significant digits. */
export function shown(value: number | null | undefined): string {
  if (value == null) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

export function fitted(line: string): string {
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
