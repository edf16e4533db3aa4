import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import type { Holder } from '../sandbox/alipay/settings';
import { freshDatabase } from './setup/database';
import type { FreshDatabase } from './setup/database';
import { startProduct } from './setup/product';
import type { Product } from './setup/product';
import { servers } from './setup/servers';

const MINUTES = 60_000;
const holders = JSON.parse(readFileSync(join(__dirname, '../samples/persons.json'), 'utf8')) as Holder[];

let database: FreshDatabase;
let dataDir: string;
let product: Product;
let context: BrowserContext;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'rid-miniapp-'));
  product = await startProduct(database, dataDir, { port: 18_090, taskQueue: 'miniapp' });
}, 4 * MINUTES);

afterAll(async () => {
  await product.stop();
  await database.drop();
  rmSync(dataDir, { recursive: true });
}, MINUTES);

beforeEach(async () => {
  // A phone that has never seen the product.
  context = await chromium.launchPersistentContext(mkdtempSync(join(dataDir, 'phone-')), {
    executablePath: servers().chromium,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
  page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20_000);
  errors.length = 0;
  page.on('pageerror', (error) => errors.push(error.message));
}, MINUTES);
afterEach(() => context.close());

const isAt = (title: string) => page.locator('.screen-title', { hasText: title }).first().waitFor();
const tap = (text: string) =>
  page.locator('.action:not(.off)').getByText(text, { exact: true }).first().tap();
const tick = async () => {
  for (const box of await page.locator('.consent').all()) await box.tap();
};
const choose = (text: string) => page.getByText(text).first().tap();

async function enter({ name, document }: Holder): Promise<void> {
  await page.goto(product.urls.miniapp ?? '');
  await choose(name);
  await isAt('登记注册身份验证');
  await page.locator('input[name=name]').fill(name);
  await page.locator('input[name=documentNumber]').fill(document.number);
  await tick();
}

/** Nothing that keeps people from using the screen, as axe sees it. */
async function isAccessible(screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect([screen, serious.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([screen, []]);
}

async function passFace(): Promise<void> {
  await tick();
  await tap('同意协议并认证');
  await choose('刷脸通过');
}

/** Two characters' worth of ink, a frame of the screen for each move. */
async function sign(): Promise<void> {
  const pad = page.locator('#signature-pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('There is no pad.');
  const phone = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: { x: number; y: number }[]) =>
    phone.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  const strokes = [
    [40, 80, 160, 84],
    [100, 40, 100, 200],
    [100, 120, 44, 200],
    [200, 60, 290, 70],
    [240, 60, 236, 220],
  ] as const;
  for (const [at, [fromX, fromY, toX, toY]] of strokes.entries()) {
    const place = (part: number) => ({
      x: box.x + fromX + (toX - fromX) * part,
      y: box.y + fromY + (toY - fromY) * part,
    });
    await touch('touchStart', place(0));
    for (let step = 1; step <= 10; step += 1) {
      await page.evaluate('new Promise(requestAnimationFrame)');
      await touch('touchMove', place(step / 10));
    }
    await touch('touchEnd');
    await page.locator(`#signature-pad[data-strokes="${at + 1}"]`).waitFor();
  }
}

test(
  'the types of the api that it is written in are those of today',
  async () => {
    const script = join(__dirname, '../miniapp/scripts/types.mjs');
    await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({
      stderr: '',
    });
  },
  MINUTES,
);

test(
  'a person goes from the entry to the signature in a browser, and every screen resumes after a reload',
  async () => {
    const [, person] = holders as [Holder, Holder];
    await enter(person);
    await isAccessible('entry');
    await tap('查看待办事项');
    const screens = [
      ['身份核验', passFace],
      [
        '银行卡核验',
        async () => {
          await page.locator('input[name=cardNumber]').fill(person.bankCards[0]?.number ?? '');
          await tick();
          await tap('提交核验');
        },
      ],
      ['核验成功', () => tap('查看待办事项')],
      ['待办事项', () => tap('业务确认')],
    ] as const;
    for (const [title, goOn] of screens) {
      await isAt(title);
      await page.reload();
      await isAt(title);
      await isAccessible(title);
      await goOn();
    }
    await isAt('业务详情');
    await isAccessible('业务详情');
    await tap('确认');
    await isAt('身份核验');
    await passFace();
    await isAt('确认并签字');
    await page.reload();
    await isAt('确认并签字');
    await page.locator('#signature-pad[data-strokes="0"]').waitFor();
    await sign();
    await isAccessible('确认并签字');
    await tap('确认');
    await isAt('确认完成');
    await isAccessible('确认完成');
    expect(errors).toEqual([]);
  },
  4 * MINUTES,
);

test(
  'what is wrong is said in words, the language turns, and the window is a way on',
  async () => {
    const [person] = holders as [Holder];
    await enter({ ...person, document: { ...person.document, number: '110105190002031016' } });
    await tap('查看待办事项');
    await page.getByText('证件号码有误，请逐位核对。').waitFor();
    await page.locator('.link', { hasText: 'English' }).tap();
    await page.getByText('compare each digit').waitFor();
    await page.locator('.link', { hasText: '中文' }).tap();
    await page.locator('input[name=documentNumber]').fill(person.document.number);
    await tap('不刷脸，到窗口办理');
    await isAt('正在等待处理');
    await isAccessible('正在等待处理');
    await page.locator('.link', { hasText: '我的同意' }).tap();
    await isAt('我的同意');
    await isAccessible('我的同意');
    await page.goBack();
    await tap('改为刷脸核验');
    await isAt('身份核验');
    await tap('暂不认证');
    await isAt('登记注册身份验证');
    expect(errors).toEqual([]);
  },
  4 * MINUTES,
);
