// An evaluation for people: one table per label set, 80 columns wide.
import { MEASURES, type MeasureId } from '../core/model/measures.js';
import type { Model } from '../core/model/model.js';
import type { Evaluation, ExactNames, MethodResult } from './evaluation.js';

const HEAD = row('method', 'NDCG@10', '95 % interval', 'MRR', 'hit@10', 'NDCG against off');

export function evaluationTable({ task, cut, until, people, sets, exact }: Evaluation, model: Model): string {
  const title = `Task ${task}: trained before ${cut}, judged until ${until}, ${people} people`;
  const fields = model.globalAffinityFields.map(({ field, weight }) => `${field} ${weight}`).join(', ');
  const tables = (Object.keys(MEASURES) as MeasureId[]).flatMap((set) => {
    const result = sets[set];
    if (!result) return [];
    const methods = Object.entries(result.methods).map(([name, method]) => methodRow(name, method));
    const { name, asks } = MEASURES[set];
    return ['', `${set} · ${name} · ${result.queries} queries`, asks, HEAD, ...methods];
  });
  const names = exact ? exactTable(exact) : [];
  return [title, `Model "${model.name}", impact ${model.impact}: ${fields}`, ...tables, ...names, ''].join(
    '\n',
  );
}

function exactTable({ engine, namedBy }: ExactNames): string[] {
  const rows = Object.entries(namedBy);
  const columns = Object.keys(rows[0]?.[1].first ?? {});
  const line = (name: string, cells: readonly string[]) =>
    name.slice(0, 19).padEnd(19) + cells.map((cell) => cell.padStart(8)).join('');
  const heads = columns.map((name) => name.replace('impact_', 'at '));
  return [
    '',
    `EXACT · asked for by name in ${engine}: share with that product first`,
    line('named by', ['queries', 'applied', ...heads]),
    ...rows.map(([field, { queries, personalized, first }]) =>
      line(field, [String(queries), share(personalized), ...columns.map((name) => share(first[name] ?? 0))]),
    ),
  ];
}

function methodRow(name: string, { ndcg10, mrr, hit10, ci95, vs_off }: MethodResult): string {
  const [low, high] = vs_off;
  const against = name === 'off' ? '' : `${signed(low)} … ${signed(high)}`;
  const [from, to] = ci95;
  return row(name, share(ndcg10), `${share(from)} … ${share(to)}`, share(mrr), share(hit10), against);
}

function row(name: string, ndcg: string, interval: string, mrr: string, hit: string, against: string) {
  return `${name.padEnd(25)} ${ndcg.padStart(7)}  ${interval.padEnd(13)} ${mrr.padStart(5)} ${hit.padStart(6)}  ${against}`;
}

function share(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${share(Math.abs(value))}`;
}
