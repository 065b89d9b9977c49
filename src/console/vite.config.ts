// How the console is built: hashed files in dist/console, which the admin listener serves.
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  // src/http/admin/console-files.ts replaces it by the nonce of each response.
  html: { cspNonce: 'nonce-of-this-answer' },
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    // The policy of the page allows files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Plain bytes; what browsers load is measured, compressed, by test/console/first-load.test.ts.
    chunkSizeWarningLimit: 800,
    manifest: true,
    rolldownOptions: {
      onLog(level, log, next) {
        // Of components that servers could render; this one renders none.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') next(level, log);
      },
    },
  },
  // `npx vite --config src/console/vite.config.ts` beside a running Kindred, while working on the console.
  server: { proxy: { '/api': 'http://127.0.0.1:9281' } },
});
