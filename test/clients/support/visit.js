// A shop as a recipe makes it, and visitors of it: each opens its page, types, reads the results and clicks on the last.
import { pathToFileURL } from 'node:url';
import express from 'express';
import { openPage, until } from './page.js';

const { kindred, server, page, body, visitors } = JSON.parse(process.argv[2]);

const { events } = await import(pathToFileURL(kindred));
const { search } = await import(pathToFileURL(server));

const shop = express();
shop.use(standInForSessions, events, search);
const listening = await new Promise((resolve) => {
  const at = shop.listen(0, '127.0.0.1', () => resolve(at));
});
const seen = [];
for (const visitor of visitors) seen.push(await visit(visitor));
process.stdout.write(JSON.stringify(seen));
process.exit(0);

/** What a session middleware finds out by a signed cookie. */
function standInForSessions(request, _response, next) {
  const cookies = new URLSearchParams((request.get('cookie') ?? '').replaceAll('; ', '&'));
  request.sessionID = cookies.get('visit');
  request.session = cookies.has('user') ? { userId: cookies.get('user') } : {};
  next();
}

async function visit(visitor) {
  const url = `http://127.0.0.1:${listening.address().port}/`;
  const window = await openPage(page, {
    url,
    body,
    cookies: Object.entries(visitor).map((pair) => pair.join('=')),
  });
  const { document } = window;
  const links = () => [...document.querySelectorAll('a[data-id]')];
  const idsOf = (shown) => shown.map(({ dataset }) => dataset.id);
  const landing = idsOf(await until(() => window.quiet() && links()));
  const box = document.querySelector('input:not([type=checkbox])');
  Object.getOwnPropertyDescriptor(window.HTMLInputElement.prototype, 'value').set.call(box, 'jacket');
  box.dispatchEvent(new window.Event('input', { bubbles: true }));
  const answered = () => window.quiet() && links().every(({ textContent }) => textContent.includes('jacket'));
  const shown = await until(() => answered() && links());
  const found = idsOf(shown);
  shown.at(-1).click();
  await until(() => window.quiet());
  return { landing, found };
}
