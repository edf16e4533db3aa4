// `npm run bench:miniapp`: measures the built mini-program, in a throttled browser and as Alipay runs it, against servers of its own,
// and prints a table (docs/testing.md, "Figures of the mini-program").
//   --json  prints only JSON to standard output: the rows and the machine
import '../scripts/node-version.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provideChromium } from '../scripts/chromium.mjs';
import { openIsolatedRun } from '../scripts/isolated-run.mjs';
import { buildMiniapp } from '../scripts/miniapp.mjs';
import { createProgress } from '../scripts/progress.mjs';
import { startStack } from '../scripts/stack.mjs';
import { measureSetData } from './miniapp-alipay.mjs';
import { measureInBrowser } from './miniapp-browser.mjs';
import { measureSizes } from './miniapp-sizes.mjs';
import { printResults } from './results.mjs';

/** @import { Holder } from '../sandbox/alipay/settings.ts' */

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { json: { type: 'boolean' } } });

const { dataDir, processes, run } = openIsolatedRun('bench-miniapp');
const progress = createProgress(values.json ? process.stderr : process.stdout);
await run(bench);

async function bench() {
  const { during } = progress;
  const chromium = await during('Chromium', (report) => provideChromium({ processes, report }));
  await during('mini-program', (report) => buildMiniapp({ processes, report }, root, ['h5', 'alipay']));
  Object.assign(process.env, {
    // All requests of a benchmark come from one address.
    REQUESTS_PER_MINUTE_PER_ADDRESS: '100000',
    REQUESTS_PER_MINUTE_PER_SESSION: '10000',
  });
  const { urls } = await startStack({ root, dataDir, processes, progress, samples: true });
  /** @type {Holder[]} */
  const [inBrowser, inAlipay] = JSON.parse(readFileSync(join(root, 'samples/persons.json'), 'utf8'));
  if (!inBrowser || !inAlipay || !urls.miniapp) throw new Error('The samples or the pages are missing.');
  const home = urls.miniapp;
  const pushMany = () => pushMatters(urls.registrySandbox, inBrowser, 60);
  const folder = join(root, 'miniapp/dist/alipay');
  const rows = [
    ...(await during('browser', (report) =>
      measureInBrowser({ chromium, home, holder: inBrowser, pushMany, times: 5, report }),
    )),
    ...(await during('sizes', () => measureSizes(join(root, 'miniapp/dist')))),
    ...(await during('Alipay', () =>
      measureSetData({ folder, dataDir, holder: inAlipay, urls: { ...urls, demo: '' } }),
    )),
  ];
  return printResults(rows, values);
}

/** @param {string} registry @param {Holder} holder @param {number} count */
async function pushMatters(registry, { name, document: { type, number } }, count) {
  for (let at = 1; at <= count; at += 1) {
    const matter = {
      ...{ version: 1, authority: '110105', kind: 'filing', entity: { name: `北京沙箱第${at}号有限公司` } },
      sections: [{ title: '备案事项', fields: [{ label: '联络员', value: name }] }],
      documents: [{ name: '备案表', sha256: 'b'.repeat(64) }],
      persons: [{ reference: 'P-1', name, document: { type, number }, roles: ['liaison'] }],
    };
    const response = await fetch(`${registry}/admin/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ externalId: `BENCH-${at}`, matter }),
    });
    if (!response.ok) throw new Error(`The registration sandbox answers with ${response.status}.`);
  }
}
