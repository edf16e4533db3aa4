import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { alipayBuild } from '../setup/needs/alipay';
import { h5Build } from '../setup/needs/h5';

let dist: string;

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'rid-size-'));
  cpSync(alipayBuild(), join(dist, 'alipay'), { recursive: true });
  cpSync(h5Build(), join(dist, 'h5'), { recursive: true });
});
afterEach(() => rmSync(dist, { recursive: true }));

interface Row {
  name: string;
  ok?: boolean;
}

/** The rows that `npm run bench:miniapp` prints too. Jest can't import its module, so that runs in a process of its own. */
function missed(): string[] {
  const script = `
    import { measureSizes } from ${JSON.stringify(join(__dirname, '../../bench/miniapp-sizes.mjs'))};
    console.log(JSON.stringify(measureSizes(${JSON.stringify(dist)})));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const rows = JSON.parse(output) as Row[];
  expect(rows.map(({ ok }) => typeof ok)).toEqual(rows.map(() => 'boolean'));
  return rows.filter(({ ok }) => !ok).map(({ name }) => name);
}

const noise = (kilobytes: number) => `/*${randomBytes(kilobytes * 768).toString('base64')}*/`;
const page = () => readFileSync(join(dist, 'h5/index.html'), 'utf8');
const appScript = () => join(dist, 'h5', /src="([^"]*app\.[^"]+)"/.exec(page())?.[1] ?? '');

test('the mini-program is small enough, and no page repeats what another one has', () => {
  expect(missed()).toEqual([]);
});

test.each<[string, () => void, string]>([
  [
    'a module in a second script',
    () => {
      const repeated = `{1234:function(e,t){t.text="${'again'.repeat(250)}"}}`;
      for (const name of ['one', 'other']) {
        writeFileSync(join(dist, `h5/js/${name}.js`), `webpackJsonp.push([[1],${repeated}]);`);
      }
    },
    'modules that are in several scripts of the browser',
  ],
  [
    'a page that is too large',
    () => writeFileSync(join(dist, 'h5/js/large.js'), noise(450)),
    'all pages of the browser, by gzip',
  ],
  [
    'a main package that is too large',
    () => writeFileSync(join(dist, 'alipay/picture.png'), Buffer.alloc(30 * 1024)),
    'main package for Alipay',
  ],
  [
    'an app that is too large',
    () => appendFileSync(appScript(), noise(100)),
    'scripts of the first screen in the browser, by gzip',
  ],
])('%s is found', (_, harm, name) => {
  harm();
  expect(missed()).toEqual([name]);
});
