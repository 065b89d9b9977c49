// Runs wrk, the load generator for the proxy and nginx: the same requests as fast as one core sends them.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { KindredError } from '../../core/errors.js';
import type { Load } from '../load/load-generator.js';
import { pinnedTo } from '../processes/machine.js';

const run = promisify(execFile);

export interface WrkOptions
  extends Pick<Load, 'url' | 'target' | 'body' | 'headers' | 'user_ids' | 'connections'> {
  /** path of the program */
  readonly wrk: string;
  readonly seconds: number;
  readonly core: number | undefined;
  readonly signal: AbortSignal;
}

/** A request that takes longer has failed; on a busy machine some take a while. */
const TIMEOUT = '30s';

const summarySchema = z.object({ requests: z.number(), microseconds: z.number(), failed: z.number() });

/**
 * @returns requests a second
 * @throws KindredError `bench-load` when any request failed
 */
export async function runWrk(options: WrkOptions): Promise<number> {
  const { wrk, url, seconds, connections, core, signal } = options;
  const folder = await mkdtemp(join(tmpdir(), 'kindred-bench-wrk-'));
  const script = join(folder, 'load.lua');
  try {
    await writeFile(script, wrkScript(options));
    const [command = '', ...args] = [
      ...pinnedTo(core),
      wrk,
      '-t1',
      `-c${connections}`,
      `-d${seconds}s`,
      '--timeout',
      TIMEOUT,
      '-s',
      script,
      url,
    ];
    const { stdout } = await run(command, args, { signal });
    const { requests, microseconds, failed } = parseSummary(stdout);
    if (failed === 0 && requests > 0) return (requests / microseconds) * 1e6;
    throw new KindredError('bench-load', `${failed} of ${requests} requests to ${url} failed`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads what the script prints after wrk's own table. */
export function parseSummary(stdout: string): z.infer<typeof summarySchema> {
  return summarySchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}

/** Requests are built once, before the run; the summary is printed as JSON. */
export function wrkScript({ target, body, headers, user_ids }: Omit<WrkOptions, 'wrk' | 'signal'>): string {
  const table = (entries: readonly string[]) => `{ ${entries.join(', ')} }`;
  const fields = Object.entries(headers).map(([name, value]) => `[${luaString(name)}] = ${luaString(value)}`);
  return `local users = ${table(user_ids.map(luaString))}
local requests = {}
local at = 0
function init()
  for name, value in pairs(${table(fields)}) do wrk.headers[name] = value end
  for i, user in ipairs(users) do
    wrk.headers["X-User-Id"] = user
    requests[i] = wrk.format("POST", ${luaString(target)}, nil, ${luaString(body)})
  end
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary)
  local e = summary.errors
  io.write(string.format('{"requests":%d,"microseconds":%d,"failed":%d}\\n',
    summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout))
end
`;
}

function luaString(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
