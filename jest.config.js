// Jest: TypeScript as ESM through SWC; `.js` import specifiers resolve to the `.ts` sources.
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: './test/setup/global-setup.js',
  globalTeardown: './test/setup/global-teardown.js',
  testSequencer: './test/setup/longest-first.js',
  reporters: ['default', './test/setup/slowest-files.js'],
  // What hangs ends some time; what a slow machine takes long for does not end before it is done.
  testTimeout: 600_000,
};
