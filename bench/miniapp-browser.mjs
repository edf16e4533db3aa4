import { chromium as playwright } from 'playwright-core';
import { measureJourney } from './miniapp-journey.mjs';
import { until, withPage } from './miniapp-watch.mjs';
import { quantile, row } from './results.mjs';

/** @import { Request } from 'playwright-core' */
/** @import { Report } from '../scripts/progress.mjs' */
/** @import { Bench, Note } from './miniapp-watch.mjs' */

/** @typedef {{ first: number, largest: number }} Paints */

/**
 * One sign-in, in ms since the load before or after it began.
 * @typedef Run
 * @property {Paints | undefined} before undefined if nothing was drawn
 * @property {Paints} after
 * @property {number} leftAt
 * @property {number} entry when the form was drawn
 * @property {{ bytes: number, count: number }} scripts of the load after it
 */

const KB = 1024;
const SHOWN_MS = 2_500;

// A phone of the middle range, in a slow 4G network.
const CPU_TIMES_SLOWER = 4;
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};

/**
 * @param {Omit<Bench, 'browser'> & { chromium: string, times: number, report: Report }} options `chromium` is the program
 */
export async function measureInBrowser({ chromium, times, report, ...product }) {
  const browser = await playwright.launch({
    executablePath: chromium,
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
  try {
    const bench = { browser, ...product };
    report('first screen');
    const first = await measureFirstScreen({ ...bench, times });
    report('journey');
    return [...first, ...(await measureJourney(bench))];
  } finally {
    await browser.close();
  }
}

/**
 * The browser opens the page, which leads to the sign-in; the sign-in leads back to the page, which then shows the form.
 * @param {Bench & { times: number }} bench
 */
async function measureFirstScreen({ times, ...bench }) {
  const runs = await several(times, () => signInSlowly(bench));
  const again = await several(times, () => signInSlowly({ ...bench, isCached: true }));
  const seen = runs.flatMap(({ before }) => before ?? []);
  const loaded = runs.map(({ after }) => after);
  const shown = runs.map(({ entry }) => entry);
  const { bytes, count } = runs[0]?.scripts ?? { bytes: NaN, count: 0 };
  return [
    // It may lead on to the sign-in before it has drawn anything.
    row('first load: leads on to the sign-in', quantile(runs.map(({ leftAt }) => leftAt)), {
      ...{ unit: 'ms', bar: SHOWN_MS, note: `median of ${times}; ${seen.length} had drawn something before` },
    }),
    ...paintRows('first load', seen),
    ...paintRows('load after the sign-in', loaded),
    row('load after the sign-in: the form is shown', quantile(shown), {
      ...{ unit: 'ms', bar: SHOWN_MS },
      note: `median of ${times}; slowest ${Math.round(Math.max(...shown))} ms`,
    }),
    row('the same with the files of the first load kept', quantile(again.map(({ entry }) => entry)), {
      unit: 'ms',
    }),
    row('scripts of the first screen, zipped', bytes / KB, {
      unit: 'KB',
      bar: 150,
      note: `${count} files`,
    }),
  ];
}

/**
 * @param {string} name of the load
 * @param {Paints[]} paints of each run
 */
function paintRows(name, paints) {
  if (paints.length === 0) return [];
  const options = { unit: 'ms', bar: SHOWN_MS, note: `median of ${paints.length}` };
  return [
    row(`${name}: first contentful paint`, quantile(paints.map(({ first }) => first)), options),
    row(`${name}: largest contentful paint`, quantile(paints.map(({ largest }) => largest)), options),
  ];
}

/**
 * @param {Bench & { isCached?: boolean }} bench `isCached` if the browser keeps the files of the first load, as browsers do
 * @returns {Promise<Run>}
 */
function signInSlowly({ isCached = false, ...bench }) {
  return withPage(bench, async (page, notes) => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: !isCached });
    await cdp.send('Network.emulateNetworkConditions', NETWORK);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_TIMES_SLOWER });
    await page.goto(bench.home, { waitUntil: 'commit' });
    const account = page.getByText(bench.holder.name).first();
    await account.waitFor();
    /** @type {Request[]} */
    const requests = [];
    page.on('requestfinished', (request) => requests.push(request));
    await account.click();
    await until(() => notes.some(({ kind }) => kind === 'entry'));
    // The browser tells of a paint some time after it.
    await page.waitForTimeout(1_000);
    const loads = [...new Set(notes.map(({ load }) => load))].sort((one, other) => one - other);
    if (loads.length !== 2) throw new Error(`The page was loaded ${loads.length} times.`);
    const [before, after] = loads.map((load) => notes.filter((note) => note.load === load));
    return {
      before: before?.some(({ kind }) => kind === 'first-contentful-paint') ? paintsIn(before) : undefined,
      // The answer tells where to sign in.
      leftAt: timeOf('response', before),
      after: paintsIn(after),
      entry: timeOf('entry', after),
      scripts: await sizeOf(requests.filter((request) => request.resourceType() === 'script')),
    };
  });
}

/** @param {Request[]} requests */
async function sizeOf(requests) {
  const sizes = await Promise.all(requests.map((request) => request.sizes()));
  return {
    bytes: sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0),
    count: sizes.length,
  };
}

/** @param {Note[] | undefined} notes of one load */
function paintsIn(notes) {
  return {
    first: timeOf('first-contentful-paint', notes),
    largest: timeOf('largest-contentful-paint', notes),
  };
}

/**
 * @param {Note['kind']} kind
 * @param {Note[] | undefined} notes of one load
 */
function timeOf(kind, notes) {
  const note = notes?.findLast((one) => one.kind === kind);
  if (!note) throw new Error(`The page has noted no ${kind}.`);
  return note.at;
}

/**
 * @template T
 * @param {number} times
 * @param {() => Promise<T>} work
 */
async function several(times, work) {
  /** @type {T[]} */
  const results = [];
  for (let time = 0; time < times; time += 1) results.push(await work());
  return results;
}
