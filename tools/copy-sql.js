// Build step: puts the SQL stage files beside the compiled code that runs them.
import { cpSync, readdirSync } from 'node:fs';

for (const path of readdirSync(new URL('../src', import.meta.url), { recursive: true, encoding: 'utf8' }))
  if (path.endsWith('.sql'))
    cpSync(new URL(`../src/${path}`, import.meta.url), new URL(`../dist/${path}`, import.meta.url));
