// Downloads an engine into the cache folder, completely or not at all.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KindredError } from '../../core/errors.js';
import { archiveFolder, type Distribution } from './distribution.js';
import type { Environment } from './environment.js';
import { errorLine, newLogFile } from './log-file.js';
import { mavenProject } from './maven-project.js';
import { writeModuleDescriptors } from './module-descriptor.js';
import { type OnProgress, reportProgress } from './progress.js';
import { letRunUserRead } from './run-user.js';

export interface InstallOptions {
  readonly cacheDir: string;
  readonly env: Environment;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal;
}

const DAY_MS = 86_400_000;

/** Maven's local repository is not safe for two processes that write to it at once. */
let lastInstall: Promise<unknown> = Promise.resolve();

/**
 * The engine's home folder, downloaded by Maven at the first time.
 * @throws KindredError `no-maven`, `engine-download`, `cancelled`
 */
export function installEngine(distribution: Distribution, options: InstallOptions): Promise<string> {
  const install = lastInstall.then(() => installNext(distribution, options));
  lastInstall = install.catch(() => {});
  return install;
}

/** Whether an engine is in the cache folder. */
export function isInstalled(distribution: Distribution, cacheDir: string): boolean {
  return existsSync(installFolder(distribution, cacheDir));
}

/** The hash keeps distributions of one version that are assembled differently apart. */
function installFolder(distribution: Distribution, cacheDir: string): string {
  const recipe = createHash('sha256').update(JSON.stringify(distribution)).digest('hex').slice(0, 8);
  return join(cacheDir, 'engines', `${archiveFolder(distribution)}-${recipe}`);
}

async function installNext(distribution: Distribution, options: InstallOptions): Promise<string> {
  const folder = installFolder(distribution, options.cacheDir);
  const home = join(folder, archiveFolder(distribution));
  if (isInstalled(distribution, options.cacheDir)) return home;

  await removeAbandoned(join(options.cacheDir, 'engines'));
  const partial = `${folder}.partial-${randomBytes(6).toString('hex')}`;
  await mkdir(partial, { recursive: true });
  try {
    await writeFile(join(partial, 'pom.xml'), mavenProject(distribution));
    const { label, version, megabytes } = distribution;
    const text = `downloading ${label} ${version} (about ${megabytes} MB, once)`;
    await reportProgress(text, options.onProgress, download(distribution, partial, options));
    await writeModuleDescriptors(distribution, join(partial, 'server'));
    await letRunUserRead(partial);
    // Another process may have renamed its own first: the content is the same.
    await rename(join(partial, 'server'), folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return home;
}

/** Removes what killed downloads have left. */
async function removeAbandoned(engines: string): Promise<void> {
  const entries = await readdir(engines).catch(() => []);
  for (const path of entries.filter((name) => name.includes('.partial-')).map((name) => join(engines, name)))
    if (Date.now() - (await stat(path)).mtimeMs > DAY_MS) await rm(path, { recursive: true, force: true });
}

async function download(distribution: Distribution, folder: string, options: InstallOptions): Promise<void> {
  const logFile = await newLogFile(options.cacheDir, `download-${distribution.kind}`);
  if (await runMaven(folder, logFile, [], options)) return;
  // An earlier download that broke off may have left a damaged file in Maven's repository: retry with an empty one.
  if (await runMaven(folder, logFile, [`-Dmaven.repo.local=${join(folder, 'repository')}`], options)) return;
  const { label, version } = distribution;
  throw new KindredError(
    'engine-download',
    `${label} ${version} could not be downloaded: ${await errorLine(logFile)} (log: ${logFile})`,
  );
}

/** Whether Maven built the project in `folder`. */
async function runMaven(
  folder: string,
  logFile: string,
  args: readonly string[],
  { env, signal }: InstallOptions,
): Promise<boolean> {
  const log = await open(logFile, 'w');
  try {
    const maven = spawn('mvn', ['--batch-mode', '--quiet', ...args, 'generate-resources'], {
      env,
      signal,
      stdio: ['ignore', log.fd, log.fd],
      cwd: folder,
    });
    return await new Promise((resolve, reject) => {
      maven.once('error', reject).once('close', (code) => resolve(code === 0));
    });
  } catch (cause) {
    if (signal?.aborted) throw new KindredError('cancelled', 'The download was cancelled.');
    throw new KindredError('no-maven', 'The download needs Maven: install it so that "mvn" is on the path.', {
      cause,
    });
  } finally {
    await log.close();
  }
}
