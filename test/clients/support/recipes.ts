// The recipes of docs/clients.md as files that run: every block whose first line names its file.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './run-client.js';

const DOCS = new URL('../../../docs/clients.md', import.meta.url);

/** file name → code */
export function readRecipes(): Map<string, string> {
  const blocks = readFileSync(DOCS, 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  return new Map(
    [...blocks].map(([, language, code = '']) => {
      const name = /^(?:\/\/|#) (\S+)\n/.exec(code)?.[1];
      if (!name) throw new Error(`a block in ${language} does not begin with the name of its file:\n${code}`);
      return [name, code];
    }),
  );
}

/**
 * Writes recipes where the packages of clients are found.
 * @param replacements text → what stands in its place
 * @returns the files' paths, in a folder that `remove` takes away again
 */
export function placeRecipes(names: readonly string[], replacements: Readonly<Record<string, string>>) {
  const recipes = readRecipes();
  const cache = join(folder, '.cache');
  mkdirSync(cache, { recursive: true });
  const placed = mkdtempSync(join(cache, 'recipe-'));
  const paths = names.map((name) => {
    const code = recipes.get(name) ?? '';
    const missing = Object.keys(replacements).filter((text) => !code.includes(text));
    if (missing.length > 0 && names.length === 1) throw new Error(`${name} lacks ${missing.join()}`);
    const path = join(placed, name);
    writeFileSync(
      path,
      Object.entries(replacements).reduce((text, [what, by]) => text.replaceAll(what, by), code),
    );
    return path;
  });
  return { paths, remove: () => rmSync(placed, { recursive: true, force: true }) };
}
