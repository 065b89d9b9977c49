// Reads the files that `kindred evaluate` is given: users to judge and a model; errors name the option and the file.
import { readFile } from 'node:fs/promises';
import { KindredError } from '../core/errors.js';
import { type Model, modelSchema } from '../core/model/model.js';
import { parseContent } from '../core/parse-content.js';
import { modelInput } from '../models/store/model-input.js';

/** One user id a line; empty lines and spaces around ids do not count. */
export async function readUsers(path: string): Promise<ReadonlySet<string>> {
  const users = new Set((await read(path, '--users')).split('\n').map((line) => line.trim()));
  users.delete('');
  if (users.size === 0)
    throw new KindredError('bad-file', `--users: ${path} names nobody; write one user_id a line`);
  return users;
}

/** A model as the API takes and gives it. */
export async function readModel(path: string): Promise<Model> {
  const text = await read(path, '--model');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new KindredError('bad-file', `--model: ${path} is not JSON`, { cause });
  }
  return parseContent(modelSchema, modelInput(content).raw, `model in ${path}`);
}

async function read(path: string, option: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new KindredError('bad-file', `${option}: ${path} cannot be read; name a file`, { cause });
  }
}
