// Turns what DuckDB says of a dataset file into one line that names the file, the line and what to do.
import { KindredError } from '../../core/errors.js';

/** Marks messages raised from inside SQL by `error(…)`, which are already in words for the user of the command. */
export const DATASET_PROBLEM = 'dataset problem: ';

/** @param where file name, and column where it is known */
export function datasetError(where: string, problem: string, cause?: unknown): KindredError {
  return new KindredError('bad-dataset', `${where}: ${problem}`, { status: 422, cause });
}

/** Runs a read of one file; DuckDB's errors leave as `bad-dataset`. */
export async function readingFile<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof KindredError) throw error;
    throw datasetError(file, explain(error instanceof Error ? error.message : String(error)), error);
  }
}

function explain(message: string): string {
  const own = message.indexOf(DATASET_PROBLEM);
  if (own >= 0) return firstLine(message.slice(own + DATASET_PROBLEM.length));
  // DuckDB counts the line of malformed text from two, that of a wrong value from one.
  const malformed = /^.*Malformed JSON in file .* in line (\d+): (.*)/.exec(message);
  if (malformed) {
    const [, line, reason = ''] = malformed;
    return `line ${Number(line) - 1} is not valid JSON (${reason.replace(/\.( Try .*| ?)$/, '')}); every line must be one JSON object`;
  }
  const wrong = /JSON transform error in file .* in line (\d+): (.*)/.exec(message);
  if (wrong) return `line ${wrong[1]}: ${wrong[2]}; every line must be one JSON object with unique keys`;
  if (message.includes('non-record JSON'))
    return 'is empty, or a line is not a JSON object; every line must be one';
  return `cannot be read (${firstLine(message).replace(/^.*Error: /, '')}); write the file again`;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}
