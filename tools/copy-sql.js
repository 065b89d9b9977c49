// Build step: puts the trainer's SQL statements beside the compiled trainer.
import { cpSync } from 'node:fs';

cpSync(new URL('../src/training/sql', import.meta.url), new URL('../dist/training/sql', import.meta.url), {
  recursive: true,
});
