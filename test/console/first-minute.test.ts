import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { freshDatabase } from '../setup/database';
import type { FreshDatabase } from '../setup/database';
import { startProduct } from '../setup/product';
import type { Product } from '../setup/product';
import { clerksAt } from './browser-clerk';

const MINUTE = 60_000;
const root = join(__dirname, '../..');

let database: FreshDatabase;
let dataDir: string;
let product: Product;

beforeAll(async () => {
  database = await freshDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'rid-first-minute-'));
  product = await startProduct(database, dataDir, { port: 18_297, taskQueue: 'first-minute' }, true);
}, 4 * MINUTE);
afterAll(async () => {
  await product.stop();
  await database.drop();
  rmSync(dataDir, { recursive: true });
}, MINUTE);

async function rowsOf(sql: string): Promise<unknown[]> {
  const connection = await createConnection(database.url);
  const [rows] = await connection.query(sql);
  await connection.end();
  return rows as unknown[];
}

const withClerk = clerksAt({ urls: () => product.urls, rowsOf });
const waiting = () =>
  rowsOf(
    `SELECT journey_id, MIN(cause) AS cause, MIN(stuck_at) AS stuck_at FROM worklist GROUP BY journey_id`,
  );
const run = async (...args: string[]) =>
  (await promisify(execFile)(process.execPath, args, { cwd: root })).stdout;

/** What the next start does about the person who waits. */
const startAgain = () =>
  run(
    '--input-type=module',
    '-e',
    `import { haveSomebodyWait } from ${JSON.stringify(join(root, 'scripts/waiting-person.mjs'))};
     await haveSomebodyWait(${JSON.stringify(root)}, ${JSON.stringify(product.urls)});`,
  );

/** What stands after this name in the block that `npm start` prints. */
const printedAs = (name: string) => new RegExp(`^ +${name} {2,}(.+)$`, 'm').exec(product.printed)?.[1] ?? '';

test(
  'who has never seen the console resumes a stuck journey in under a minute from the printed address',
  async () => {
    const before = await waiting();
    expect(before).toEqual([expect.objectContaining({ cause: 'result-undecidable' })]);
    // A start while the person still waits changes nothing.
    await startAgain();
    expect(await waiting()).toEqual(before);

    const home = printedAs('Clerk console');
    const [, login = '', password = ''] = /^(\S+), password (\S+)$/.exec(printedAs('sign in as')) ?? [];
    const [, script] = /^npm run (clerk-code) -- clerk-1$/.exec(printedAs('then the code of')) ?? [];
    expect([home, login, script]).toEqual([product.urls.console, 'clerk-1', 'clerk-code']);

    await withClerk({}, async (clerk) => {
      const { page } = clerk;
      const begun = Date.now();
      await page.goto(home);
      await clerk.fill('登录名', login);
      await clerk.fill('密码', password);
      await clerk.press('登录');
      await page.getByLabel('身份验证器上的验证码').waitFor();
      // The first start has used up the code of its half minute.
      await rowsOf('UPDATE clerk_totps SET last_counter = 0');
      const [code = ''] = /^\d{6}/.exec(await run('scripts/clerk-code.mjs', '--data', dataDir, login)) ?? [];
      await clerk.fill('身份验证器上的验证码', code);
      await clerk.press('验证');
      await page.getByRole('link', { name: /^核验结果不明确，已等待/ }).click();
      await clerk.choose(/^重试/);
      await clerk.giveReason('首次核验无结论，再次核验。');
      await clerk.press('提交：重试');
      await clerk.shows('已重试。');
      expect(Date.now() - begun).toBeLessThan(MINUTE);
    });
    expect(await waiting()).toEqual([]);
    expect(await rowsOf('SELECT step FROM journeys')).toEqual([{ step: 'face' }]);

    // The next start has somebody wait again.
    await startAgain();
    expect(await waiting()).toEqual([expect.objectContaining({ cause: 'result-undecidable' })]);
  },
  3 * MINUTE,
);
