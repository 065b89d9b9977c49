// One run of an installed engine: its folder, its log, its environment, its process.
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Distribution } from './distribution.js';
import type { Environment } from './environment.js';
import { prepareRunFolder, type RunFolderOptions } from './run-folder.js';
import { runUser } from './run-user.js';
import { type SupervisedServer, supervise } from './supervise.js';

export interface RunOptions extends RunFolderOptions {
  readonly java: string;
  readonly env: Environment;
  readonly logFile: string;
}

export interface RunningServer extends SupervisedServer {
  /** null until it listens */
  address(): Promise<string | null>;
}

/** @throws KindredError `data-dir` */
export async function runServer(distribution: Distribution, options: RunOptions): Promise<RunningServer> {
  const { java, env, home, logFile } = options;
  const log = await open(logFile, 'w');
  try {
    const run = await prepareRunFolder(distribution, options);
    const server = supervise({
      command: join(home, 'bin', distribution.kind),
      args: [],
      // Nothing of this process's own: no secrets, no Java options meant for other programs.
      env: {
        PATH: `${env.PATH ?? ''}:/usr/bin:/bin`,
        HOME: run.path,
        [`${distribution.variables}_JAVA_HOME`]: java,
        [`${distribution.variables}_PATH_CONF`]: run.config,
        [`${distribution.variables}_TMPDIR`]: run.temporary,
      },
      log: log.fd,
      user: runUser(),
      runFolder: run.path,
    });
    return { ...server, address: () => listeningAt(run.portFile) };
  } finally {
    await log.close();
  }
}

/** The engine writes lines of `address:port` into this file when it listens. */
async function listeningAt(portFile: string): Promise<string | null> {
  const text = await readFile(portFile, 'utf8').catch(() => '');
  const port = /^127\.0\.0\.1:(\d+)$/m.exec(text)?.[1];
  return port ? `http://127.0.0.1:${port}` : null;
}
