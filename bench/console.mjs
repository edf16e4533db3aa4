// `npm run bench:console`: measures the clerk console with 200 clerks who have its worklist open, and prints a table.
//   --json  prints only JSON to standard output: the rows and the machine
import '../scripts/node-version.mjs';
import { randomBytes, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { TextDecoderStream } from 'node:stream/web';
import { parseArgs } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { chromium as playwright } from 'playwright-core';
import { provideChromium } from '../scripts/chromium.mjs';
import { buildConsole } from '../scripts/console.mjs';
import { openIsolatedRun } from '../scripts/isolated-run.mjs';
import { createProgress } from '../scripts/progress.mjs';
import { startStack } from '../scripts/stack.mjs';
import { createPhone } from '../test/drivers/phone.mjs';
import { personAt, writePersons } from '../test/fixtures/persons.mjs';
import { cpuTimeOf } from './process-usage.mjs';
import { quantile, row, printResults } from './results.mjs';

/** @import { Connection } from 'mysql2/promise' */
/** @import { Urls } from '../scripts/stack.mjs' */

const require = createRequire(import.meta.url);

const CLERKS = 200;
const CHANGES = 20;
const LOADS = 10;
const QUIET_MS = 10_000;
const TOLD_MS = 60_000;

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { json: { type: 'boolean' } } });
const { dataDir, processes, run } = openIsolatedRun('bench-console');
const progress = createProgress(values.json ? process.stderr : process.stdout);
await run(bench);

async function bench() {
  const { during } = progress;
  const chromium = await during('Chromium', (report) => provideChromium({ processes, report }));
  await during('clerk console', (report) => buildConsole({ processes, report }, root));
  // All requests of a benchmark come from one address.
  Object.assign(process.env, { REQUESTS_PER_MINUTE_PER_ADDRESS: '100000' });
  const personsFile = join(dataDir, 'persons.json');
  const persons = Array.from({ length: CHANGES }, (_, at) => personAt(at));
  writePersons(personsFile, persons);
  const { urls } = await startStack({ root, dataDir, processes, progress, samples: false, personsFile });
  const database = await createConnection({ uri: urls.databaseUrl });
  const cookies = await addSessions(database, CLERKS + 1);
  const pages = await Promise.all(cookies.slice(1).map((cookie) => openWorklist(urls, cookie)));
  const quiet = await cpuWhile(() => new Promise((resolve) => setTimeout(resolve, QUIET_MS)));
  const told = await during('changes', async () => {
    const all = [];
    for (const person of persons) {
      const phone = createPhone({ urls, person });
      await phone.signIn();
      await phone.enter('stuck', { inPerson: true });
      const stuckAt = performance.now();
      const times = await Promise.all(pages.map((page) => page.toldOf(phone.view.id)));
      all.push(...times.map((time) => Math.max(0, time - stuckAt)));
    }
    return all;
  });
  const loads = await during('page', () => measurePage(urls, chromium, cookies[0] ?? ''));
  for (const page of pages) page.close();
  await database.end();
  const rows = [
    row(`a change is shown to ${CLERKS} clerks: p99 after the person's own answer`, quantile(told, 0.99), {
      ...{ unit: 'ms', bar: 2_000, note: `median ${Math.round(quantile(told))} ms, ${CHANGES} changes` },
    }),
    row('api, CPU while nothing changes', quiet, { unit: 'ms/s', note: `${CLERKS} open worklists` }),
    row('worklist: it can be used', quantile(loads), {
      ...{ unit: 'ms', bar: 1_000 },
      note: `median of ${LOADS} loads without a cache, slowest ${Math.round(Math.max(...loads))} ms`,
    }),
  ];
  return printResults(rows, values);
}

/** Milliseconds of the api's CPU in each second of some work. @param {() => Promise<unknown>} work */
async function cpuWhile(work) {
  const pid = processes.pidOf('api') ?? 0;
  const [cpu, begun] = [cpuTimeOf(pid), performance.now()];
  await work();
  return ((cpuTimeOf(pid) - cpu) * 1000) / (performance.now() - begun);
}

/**
 * Accounts like that of the first clerk, each signed in: hundreds of sign-ins would measure password hashing.
 * @param {Connection} database
 * @param {number} count
 * @returns the cookies of their sessions
 */
async function addSessions(database, count) {
  /** @type {typeof import('../platform/secrets.ts')} */
  const { hashOfToken } = require(join(root, 'dist/platform/secrets.js'));
  const [found] = await database.query("SELECT * FROM clerks WHERE login = 'clerk-1'");
  const [known] = /** @type {Record<string, unknown>[]} */ (found);
  const [scopes] = await database.query('SELECT * FROM clerk_scopes WHERE clerk_id = ?', [known?.id]);
  const cookies = [];
  for (let at = 0; at < count; at += 1) {
    const id = randomUUID();
    const token = randomBytes(32).toString('base64url');
    await database.query('INSERT INTO clerks SET ?', { ...known, id, login: `bench-${at}` });
    for (const scope of /** @type {object[]} */ (scopes))
      await database.query('INSERT INTO clerk_scopes SET ?', { ...scope, clerk_id: id });
    const now = new Date();
    const session = {
      ...{ token_hash: hashOfToken(token), clerk_id: id, created_at: now, used_at: now },
      ...{ second_factor_at: now, ends_at: new Date(now.getTime() + 3_600_000) },
    };
    await database.query('INSERT INTO clerk_sessions SET ?', session);
    cookies.push(`clerk_session=${token}`);
  }
  return cookies;
}

/**
 * An open worklist, as its page holds it: the stream of its changes.
 * @param {Urls} urls
 * @param {string} cookie
 */
async function openWorklist(urls, cookie) {
  const closing = new AbortController();
  const response = await fetch(`${urls.api}/api/clerk/worklist/events`, {
    headers: { cookie },
    signal: closing.signal,
  });
  if (!response.ok || !response.body) throw new Error(`The worklist answers with ${response.status}.`);
  /** When it was told of a journey. @type {Map<string, number>} */
  const told = new Map();
  /** @type {Map<string, (at: number) => void>} */
  const waiting = new Map();
  const read = async () => {
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      for (const [, journey = ''] of text.matchAll(/"journey":"([^"]+)"/g)) {
        const at = performance.now();
        if (!told.has(journey)) told.set(journey, at);
        waiting.get(journey)?.(at);
      }
    }
  };
  read().catch(() => undefined);
  return {
    /** @param {string} journey @returns {Promise<number>} */
    toldOf(journey) {
      const at = told.get(journey);
      if (at !== undefined) return Promise.resolve(at);
      return new Promise((resolve, reject) => {
        waiting.set(journey, resolve);
        setTimeout(() => reject(new Error('A clerk is not told of a change.')), TOLD_MS).unref();
      });
    },
    close: () => closing.abort(),
  };
}

/**
 * From the navigation until the first entry of the worklist has the focus after a key: scripts have run, data is there.
 * @param {Urls} urls
 * @param {string} chromium
 * @param {string} cookie
 */
async function measurePage({ api, console: home = '' }, chromium, cookie) {
  const browser = await playwright.launch({
    executablePath: chromium,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  const times = [];
  try {
    for (let load = 0; load < LOADS; load += 1) {
      const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } });
      const [name = '', value = ''] = cookie.split('=');
      await context.addCookies([{ name, value, domain: new URL(api).hostname, path: '/api/clerk' }]);
      const page = await context.newPage();
      const begun = performance.now();
      await page.goto(home, { waitUntil: 'commit' });
      await page.locator('tbody [data-row]').first().waitFor();
      await page.keyboard.press('j');
      await page.locator('tbody [data-row]:focus').first().waitFor();
      times.push(performance.now() - begun);
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return times;
}
