// Where settings are read from: variables, their aliases, files named by `*_FILE`, and the YAML file.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { KindredError } from '../../core/errors.js';
import type { Environment } from '../../engine/embedded/environment.js';
import { ALIASES, SECRETS, type SettingName } from './settings-schema.js';

/** A setting's text, and the variable it came from. */
export interface FoundSetting {
  readonly variable: string;
  readonly text: string;
}

export function badSetting(variable: string, message: string, cause?: unknown): KindredError {
  return new KindredError('bad-setting', `${variable} ${message}`, {
    errors: [{ path: variable, message }],
    cause,
  });
}

/** An empty variable counts as absent, as compose files pass unset ones. Errors: `bad-setting`. */
export function findSetting(env: Environment, name: SettingName): FoundSetting | null {
  const variables = [name, ...(ALIASES[name] ?? [])];
  const variable = variables.find((candidate) => env[candidate]?.trim());
  const text = variable === undefined ? undefined : env[variable]?.trim();
  const fileVariable = `${name}_FILE`;
  const file = SECRETS.includes(name) ? env[fileVariable]?.trim() : undefined;
  if (variable !== undefined && text !== undefined) {
    if (file) throw badSetting(fileVariable, `must not be set beside ${variable}; set one of them`);
    return { variable, text };
  }
  return file ? { variable: fileVariable, text: readText(fileVariable, file).trim() } : null;
}

/** The content of the YAML file; an empty file is an empty object. Errors: `bad-setting`. */
export function readConfigFile(file: string): unknown {
  const text = readText('KINDRED_CONFIG', file);
  try {
    return parse(text) ?? {};
  } catch (cause) {
    const where = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw badSetting('KINDRED_CONFIG', `is not valid YAML: ${where}`, cause);
  }
}

function readText(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw badSetting(variable, `names a file that cannot be read: ${file}`, cause);
  }
}
