// Runs a server that ends with this process, however this process ends.
import { spawn } from 'node:child_process';
import type { Environment } from './environment.js';

export interface SuperviseOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Environment;
  /** file descriptor that takes both outputs */
  readonly log: number;
  /** whom it runs as; absent: the user of this process */
  readonly user?: { readonly uid?: number; readonly gid?: number };
  /** removed when the server has ended; `''` for none */
  readonly runFolder: string;
}

export interface SupervisedServer {
  /** resolves with the exit code; never rejects */
  readonly ended: Promise<number | null>;
  /** ends the server and waits until it has ended; a second call waits for the same end */
  stop(): Promise<void>;
}

/**
 * The server is a child of a small shell whose standard input is a pipe from this process. When this process ends, even by
 * SIGKILL, the pipe closes, and the shell ends the server, removes what it wrote and ends itself. The shell leads a process
 * group of its own, so that Ctrl-C reaches this process alone and nothing of the group is left behind.
 */
const SUPERVISOR = `
run=$1; shift
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
{ cat <&3 >/dev/null; kill -TERM $server; sleep 20; rm -rf "$run"; kill -KILL 0; } &
wait $server
code=$?
rm -rf "$run"
trap : TERM
kill -TERM 0
exit $code
`;

export function supervise(options: SuperviseOptions): SupervisedServer {
  const { command, args, env, log, runFolder } = options;
  const shell = spawn('/bin/sh', ['-c', SUPERVISOR, 'kindred-engine', runFolder, command, ...args], {
    ...options.user,
    env,
    cwd: '/',
    detached: true,
    stdio: ['pipe', log, log],
  });
  // The pipe breaks when the server ends by itself.
  shell.stdin?.on('error', () => {});
  const ended = new Promise<number | null>((resolve) => {
    shell.once('error', () => resolve(null)).once('close', resolve);
  });
  return {
    ended,
    async stop() {
      shell.stdin?.end();
      await ended;
    },
  };
}
