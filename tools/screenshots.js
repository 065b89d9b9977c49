// Takes a picture of every page of the console, at both widths and in both themes: `npm run screenshots -- --help`.
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { chromium } from 'playwright-core';
import { installedCommand } from '../test/setup/installed-command.js';

/** A page a line: the name of its pictures, and its path; `MODEL` is the model asked for, `SHOPPER` one with a profile. */
const PAGES = [
  ['sign-in', null],
  ['personalization', '/personalization'],
  ['configure', '/personalization/MODEL'],
  ['training', '/personalization/MODEL/training'],
  ['preview', '/preview?q=shirt&user=SHOPPER'],
  ['people', '/people'],
  ['person', '/people/SHOPPER'],
  ['events', '/events'],
  ['overview', '/overview'],
  ['audit', '/audit'],
];
const HEIGHT = 860;
const READY = /^proxy +(http:\S+)\nconsole +(http:\S+)$/m;
const SERVER_KEY = 'srv_demo';

const options = new Command('screenshots')
  .description('Takes pictures of every page of a running console, or of a demo that is started for it.')
  .option('--out <folder>', 'where the pictures go', 'screenshots')
  .option('--url <url>', 'of a running admin listener; without it a demo on simulated data is started')
  .option('--key <key>', 'an admin key of it', 'adm_demo')
  .option('--model <id>', 'the model to show', 'default')
  .option('--width <px...>', 'of the window', ['1280', '390'])
  .addOption(new Option('--theme <theme...>').choices(['light', 'dark']).default(['light', 'dark']))
  .option('--full', 'the whole page instead of what fits into a window')
  .parse()
  .opts();

const demo = options.url ? null : await startDemo();
try {
  const url = options.url ?? demo.url;
  const shoppers = await findShoppers(url);
  if (demo) await visitShop(demo.proxy, shoppers);
  await takeAll(url, shoppers[0] ?? '');
} finally {
  await demo?.stop();
}

/** People with different tastes. */
async function findShoppers(url) {
  const answer = await fetch(`${url}/api/people?limit=20`, { headers: { 'X-Kindred-Key': options.key } });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status} when asked for its shoppers`);
  return (await answer.json()).people.map((person) => person.user_id);
}

/** A minute in the shop, so that pages have something to show: searches of known and unknown visitors, events, one of them wrong. */
async function visitShop(proxy, shoppers) {
  const send = (path, body, headers) =>
    fetch(proxy + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Kindred-Key': SERVER_KEY, ...headers },
      body: JSON.stringify(body),
    });
  const known = shoppers.map((id) => ({ 'X-User-Id': id }));
  for (const headers of [...known, ...known, {}, {}, {}, { 'X-User-Id': 'somebody-new' }])
    await send('/products/_search', { query: { match: { title: 'shirt' } } }, headers);
  const names = ['view', 'view', 'view', 'click', 'add_to_cart', 'purchase'];
  const events = names.map((action_name, n) => ({
    action_name,
    timestamp: new Date().toISOString(),
    user_id: shoppers[n % shoppers.length],
    event_attributes: { object: { object_id: `p${100 + n}` } },
  }));
  await send('/_kindred/events', [...events, { ...events[0], timestamp: 'yesterday' }]);
}

async function takeAll(url, shopper) {
  await mkdir(options.out, { recursive: true });
  const executablePath = await installedCommand('chromium', 'chromium');
  const browser = await chromium.launch({ executablePath });
  try {
    for (const width of options.width)
      for (const theme of options.theme) await takePages(browser, { url, shopper, width, theme });
  } finally {
    await browser.close();
  }
}

async function takePages(browser, { url, shopper, width, theme }) {
  const context = await browser.newContext({
    viewport: { width: Number(width), height: HEIGHT },
    colorScheme: theme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  for (const [name, path] of PAGES) {
    if (path === null) await page.goto(url);
    else {
      const names = { MODEL: options.model, SHOPPER: shopper };
      await page.goto(url + path.replace(/MODEL|SHOPPER/, (name) => encodeURIComponent(names[name])));
      await signIn(page);
    }
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const file = join(options.out, `${name}-${width}-${theme}.png`);
    await page.screenshot({ path: file, fullPage: options.full === true });
    process.stdout.write(`${file}\n`);
  }
  await context.close();
}

/** Once in a window: its tab keeps the key. */
async function signIn(page) {
  const key = page.getByLabel('Key', { exact: true });
  const account = page.getByRole('button', { name: 'Account' });
  await key.or(account).waitFor();
  if (!(await key.isVisible())) return;
  await key.fill(options.key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await account.waitFor();
}

/** The compiled command, on free ports, until it has printed where its console is. */
async function startDemo() {
  const kindred = fileURLToPath(new URL('../bin/kindred.js', import.meta.url));
  const env = { ...process.env, KINDRED_PROXY_PORT: '0', KINDRED_ADMIN_PORT: '0' };
  const child = spawn(process.execPath, [kindred, 'demo', '--data', 'simulated'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    output += chunk;
    if (READY.test(output)) break;
  }
  const found = READY.exec(output);
  if (!found) throw new Error(`the demo ended with ${await ended} before its console was ready`);
  return {
    proxy: found[1],
    url: found[2],
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
