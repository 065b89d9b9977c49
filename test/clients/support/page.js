// A page of a shop: bundles a module as shops do and runs it in jsdom, with a `fetch` that knows its page and its cookies.
import { build } from 'esbuild';
import { JSDOM, VirtualConsole } from 'jsdom';

/**
 * @param file the page's module; what it exports is `window.module`
 * @param options `body` of the page in HTML, its `url`, its `cookies`, and globals to be there before the module runs
 * @returns the window; `window.quiet()` tells whether all that was fetched has come
 */
export async function openPage(file, { body = '', url, cookies = [], globals = {} }) {
  const code = await bundle(file);
  const virtualConsole = new VirtualConsole().forwardTo(console, { jsdomErrors: 'none' });
  virtualConsole.on('jsdomError', (error) => console.error(error.detail ?? error.message));
  const { window } = new JSDOM(`<!doctype html><body>${body}`, {
    url,
    pretendToBeVisual: true,
    runScripts: 'outside-only',
    virtualConsole,
  });
  for (const cookie of cookies) window.document.cookie = cookie;
  let open = 0;
  Object.assign(window, globals, {
    AbortController,
    AbortSignal,
    TextEncoder,
    quiet: () => open === 0,
    async fetch(to, { headers, ...init } = {}) {
      open += 1;
      try {
        const sent = { ...headers, ...(window.document.cookie && { cookie: window.document.cookie }) };
        const answer = await fetch(new URL(to, window.location.href), { ...init, headers: sent });
        const text = await answer.text();
        const { ok, status, statusText, headers: answered } = answer;
        const json = async () => window.JSON.parse(text);
        return { ok, status, statusText, headers: answered, text: async () => text, json };
      } finally {
        // What the page does with the answer comes first.
        setTimeout(() => {
          open -= 1;
        });
      }
    },
  });
  window.eval(`${code}\nwindow.module = page;`);
  return window;
}

async function bundle(file) {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'page',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

/** What `look` returns, as soon as it is something. */
export async function until(look) {
  for (const end = Date.now() + 120_000; Date.now() < end; ) {
    const found = look();
    if (found && found.length !== 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for ${look}`);
}
