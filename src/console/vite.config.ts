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
    // The page's content security policy allows no inlined assets.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // In uncompressed bytes; test/console/first-load.test.ts measures the compressed size.
    chunkSizeWarningLimit: 800,
    manifest: true,
    rolldownOptions: {
      onLog(level, log, next) {
        // About `'use client'` in libraries, which is for rendering on servers.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') next(level, log);
      },
    },
  },
  // `npx vite --config src/console/vite.config.ts` beside a running Kindred, while working on the console.
  server: { proxy: { '/api': 'http://127.0.0.1:9281' } },
});
