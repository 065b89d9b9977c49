// How long every page of a running console takes to show its data, and how much it shifts: `npm run console-speed -- --help`.
import { Command } from 'commander';
import { chromium } from 'playwright-core';
import { installedCommand } from '../test/setup/installed-command.js';

const PAGES = [
  '/personalization',
  '/personalization/MODEL',
  '/personalization/MODEL/training',
  '/preview',
  '/preview?q=milk&user=SHOPPER',
  '/people',
  '/people/SHOPPER',
  '/events',
  '/overview',
  '/audit',
];
const HEIGHT = 860;
/** A page that shows its data and then nothing new for so long has shown it. */
const SETTLED_MS = 500;

const options = new Command('console-speed')
  .description(
    'Opens every page cold, warm, and from another page. Take the figures while the machine is quiet.',
  )
  .requiredOption('--url <url>', 'of a running admin listener')
  .option('--key <key>', 'an admin key of it', 'adm_demo')
  .option('--model <id>', 'the model to show', 'default')
  .option('--width <px...>', 'of the window', ['1280', '390'])
  .option('--runs <number>', 'of which the median is told', '3')
  .option('--engine <url>', 'its engine: a plain search of the catalog is timed in the same run')
  .option('--catalog <index>', 'that is searched there', 'products')
  .option('--requests', 'list the API requests of each cold page, too')
  .parse()
  .opts();

/**
 * In the page: `shown` is when it last began to show everything, without a word of what it still reads; the layout shift is
 * Chromium's own, of the worst five seconds. Milliseconds since the page was asked for.
 */
const WATCH = `
  window.watched = { begun: 0, shown: null, shifts: [] };
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, startTime } of list.getEntries())
      if (!hadRecentInput) window.watched.shifts.push([startTime, value]);
  }).observe({ type: 'layout-shift', buffered: true });
  const isShown = () => {
    const main = document.querySelector('main');
    if (!main?.querySelector('h1')) return false;
    const reading = [...main.querySelectorAll('[role=status]')].some(
      (each) => /^Reading .+…$/.test(each.textContent) && each.checkVisibility(),
    );
    return !reading;
  };
  const look = () => {
    const { watched } = window;
    if (!isShown()) watched.shown = null;
    else if (watched.shown === null) watched.shown = performance.now() - watched.begun;
    requestAnimationFrame(look);
  };
  look();
`;

const browser = await chromium.launch({ executablePath: await installedCommand('chromium', 'chromium') });
try {
  const shopper = await findShopper();
  if (options.engine) process.stdout.write(`a plain search of the engine: ${await plainSearch()} ms\n`);
  for (const width of options.width) {
    process.stdout.write(`\n${width} px | cold ms | warm ms | from another page ms | layout shift\n`);
    for (const path of PAGES) {
      const names = { MODEL: options.model, SHOPPER: shopper };
      const named = path.replace(/MODEL|SHOPPER/, (name) => encodeURIComponent(names[name]));
      const runs = [];
      for (let run = 0; run < Number(options.runs); run++) runs.push(await measure(Number(width), named));
      const of = (name) => Math.round(median(runs.map((run) => run[name])));
      const shift = Math.max(...runs.map((run) => run.shift)).toFixed(3);
      process.stdout.write(`${path} | ${of('cold')} | ${of('warm')} | ${of('inside')} | ${shift}\n`);
      if (options.requests) for (const line of runs[0].requests) process.stdout.write(`    ${line}\n`);
    }
  }
  if (options.engine) process.stdout.write(`\na plain search of the engine: ${await plainSearch()} ms\n`);
} finally {
  await browser.close();
}

/** One window: the page for the first time, again, and from another page. */
async function measure(width, path) {
  const context = await browser.newContext({ viewport: { width, height: HEIGHT }, locale: 'en-GB' });
  const page = await context.newPage();
  await page.addInitScript(`sessionStorage.setItem('kindred-key', ${JSON.stringify(options.key)})`);
  await page.addInitScript(WATCH);
  await page.goto(options.url + path);
  const cold = await settled(page);
  const requests =
    await page.evaluate(`performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/'))
    .map(({ name, startTime, duration }) => Math.round(startTime) + ' + ' + Math.round(duration) + ' ms ' + new URL(name).pathname)`);
  await page.goto(options.url + path);
  const warm = await settled(page);
  await page.goto(options.url + (path === '/audit' ? '/events' : '/audit'));
  const before = await settled(page);
  await page.evaluate(`{
    window.watched = { begun: performance.now(), shown: null, shifts: [] };
    history.pushState(null, '', ${JSON.stringify(path)});
  }`);
  const inside = await settled(page);
  await context.close();
  return {
    cold: cold.shown,
    warm: warm.shown,
    inside: inside.shown,
    shift: Math.max(...[cold, warm, before, inside].map(({ shifts }) => worst(shifts))),
    requests,
  };
}

async function settled(page) {
  for (;;) {
    const { now, ...watched } = await page.evaluate('({ ...window.watched, now: performance.now() })');
    if (watched.shown !== null && now - watched.begun - watched.shown > SETTLED_MS) return watched;
    await page.waitForTimeout(100);
  }
}

/** The largest sum of shifts less than a second apart, within five seconds. */
function worst(shifts) {
  let most = 0;
  let sum = 0;
  let first = 0;
  let last = 0;
  for (const [at, value] of shifts) {
    if (sum === 0 || at - last > 1_000 || at - first > 5_000) {
      sum = 0;
      first = at;
    }
    last = at;
    sum += value;
    most = Math.max(most, sum);
  }
  return most;
}

async function findShopper() {
  const answer = await fetch(`${options.url}/api/people?limit=1`, {
    headers: { 'X-Kindred-Key': options.key },
  });
  if (!answer.ok) throw new Error(`${options.url} answered ${answer.status} when asked for its shoppers`);
  return (await answer.json()).people[0]?.user_id ?? 'nobody';
}

async function plainSearch() {
  const times = [];
  for (let n = 0; n < 11; n++) {
    const begun = performance.now();
    const answer = await fetch(`${options.engine}/${options.catalog}/_search?size=24`);
    await answer.text();
    times.push(performance.now() - begun);
  }
  return median(times).toFixed(1);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
