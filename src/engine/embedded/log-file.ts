// Log files of engines and of downloads: one for each start, the newest are kept; and the line that tells what failed.
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const MAX_FILES = 20;

/** A new file name such as `…/logs/elasticsearch-2026-01-31T12-00-00.000Z-4711.log`; old logs are removed. */
export async function newLogFile(cacheDir: string, name: string): Promise<string> {
  const folder = join(cacheDir, 'logs');
  await mkdir(folder, { recursive: true });
  const byAge = (await readdir(folder)).sort((a, b) => stamp(b).localeCompare(stamp(a)));
  for (const old of byAge.slice(MAX_FILES - 1)) await rm(join(folder, old), { force: true });
  return join(folder, `${name}-${new Date().toISOString().replaceAll(':', '-')}-${process.pid}.log`);
}

function stamp(file: string): string {
  return /\d{4}-\d\d-\d\dT.*/.exec(file)?.[0] ?? '';
}

/** Patterns of lines that tell what failed, the most specific first: Java wraps the reason in others, Maven repeats its. */
const ERROR_LINES = [
  /insufficient memory|^Invalid /,
  /^(?!.*starting java failed)[\w.$]+(Exception|Error): /,
  /\bERROR\b|\bError\b|not found/,
];

/** The line that tells what failed, else the last one; trimmed and cut. */
export async function errorLine(logFile: string): Promise<string> {
  const text = stripVTControlCharacters(await readFile(logFile, 'utf8').catch(() => ''));
  const lines = text.split('\n').filter((line) => line.trim());
  const found = ERROR_LINES.map((pattern) => lines.find((line) => pattern.test(line))).find(Boolean);
  return (found ?? lines.at(-1) ?? 'it said nothing').replace(/^\W+/, '').trim().slice(0, 500);
}
