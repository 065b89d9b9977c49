// Runs the compiled `kindred` command as a process of its own, as people do.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const KINDRED = fileURLToPath(new URL('../../bin/kindred.js', import.meta.url));
/** What a process may take to end after SIGTERM before it is killed; its exit code is null then. */
const PATIENCE_MS = 240_000;

export interface Ended {
  /** null when a signal ended it */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** the first match in its standard output; rejects when it ends, or `withinMs` pass, without one */
  printed(pattern: RegExp, withinMs: number): Promise<RegExpExecArray>;
  stdout(): string;
  /** reads no more of its standard output, as `| head` does */
  hangUp(): void;
  /** sends SIGTERM and waits for the end */
  stop(): Promise<Ended>;
  /** sends SIGKILL and waits for the end */
  kill(): Promise<Ended>;
}

/** @param settings environment variables; nothing is archived without one that says where, and those of whoever runs the tests that configure Kindred do not count */
export function startCommand(args: readonly string[], settings: NodeJS.ProcessEnv = {}): RunningCommand {
  const env = { ...withoutSettings(process.env), KINDRED_ARCHIVE_DIR: 'off', ...settings };
  const child = spawn(process.execPath, [KINDRED, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, ...output }));
  });
  return {
    pid: child.pid ?? 0,
    ended,
    stdout: () => output.stdout,
    hangUp: () => child.stdout.destroy(),
    printed: (pattern, withinMs) => printed(child, ended, () => pattern.exec(output.stdout), withinMs),
    async stop() {
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      return ended.finally(() => clearTimeout(kill));
    },
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

export function runCommand(args: readonly string[], settings: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return startCommand(args, settings).ended;
}

function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const settings = /^(KINDRED_|ELASTICSEARCH_|REDIS_URL|ES_URL$|OPENSEARCH_URL$|LOG_LEVEL$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !settings.test(name)));
}

function printed(
  child: ChildProcess,
  ended: Promise<Ended>,
  found: () => RegExpExecArray | null,
  withinMs: number,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not printed within ${withinMs} ms`)), withinMs);
    const look = () => {
      const match = found();
      if (!match) return;
      clearTimeout(timer);
      child.stdout?.off('data', look);
      resolve(match);
    };
    child.stdout?.on('data', look);
    look();
    void ended.then(({ code, stderr }) => {
      clearTimeout(timer);
      const hint = stderr.includes('dist/cli/main.js') ? ' (run "npm run build" first)' : '';
      reject(new Error(`kindred ended with ${code} before it was ready${hint}:\n${stderr.slice(-2_000)}`));
    });
  });
}
