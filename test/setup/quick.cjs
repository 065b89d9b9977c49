// Which test files `npm run test:quick` runs: those that reach no engine, browser, server or process of Kindred's.
const { existsSync, readFileSync } = require('node:fs');
const { dirname, resolve } = require('node:path');

/**
 * What takes long or has to be installed is reached through few doors, and whoever imports one, however indirectly, is
 * not quick. Told by what files say, so that it stays right wherever they are moved.
 */
const DOORS = [
  /\baskBroker\b/, // engines, a browser, a Redis, packages of search clients
  /\bbin\/kindred\.js\b/, // the built command
  /@testcontainers\//,
];
/** Takes seconds of work, or measures time. */
const SLOW_NAME = /\.(slow|alone)\.test\.ts$/;
const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']*)'/g;

/** What Jest's `--filter` asks for. @param {string[]} paths of all test files */
module.exports = async function quick(paths) {
  return { filtered: paths.filter((path) => !SLOW_NAME.test(path) && !reachesDoor(path, new Set())) };
};

function reachesDoor(path, seen) {
  if (seen.has(path)) return false;
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  if (DOORS.some((door) => door.test(text))) return true;
  return [...text.matchAll(IMPORT)].some(([, name]) => {
    const file = resolve(dirname(path), name).replace(/\.js$/, '.ts');
    // What tests share, not the sources: those open no door by being imported.
    return /\/test\//.test(file) && existsSync(file) && reachesDoor(file, seen);
  });
}
