import { until, withPage } from './miniapp-watch.mjs';
import { row } from './results.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { Bench, Note } from './miniapp-watch.mjs' */
/** @import { Row } from './results.mjs' */

const STEP_MS = 500;
const ENTRY = '登记注册身份验证';
const LAST = '确认完成';

/**
 * A whole journey at full speed: how soon each screen follows the API's answer, and how large the pages are.
 * @param {Bench} bench
 * @returns {Promise<Row[]>}
 */
export function measureJourney(bench) {
  return withPage(bench, async (page, notes) => {
    const nodes = await walk(page, bench);
    await until(() => notes.some(({ title }) => title === LAST));
    const screens = notes.flatMap((answer, at) => {
      if (!isCommand(answer)) return [];
      const later = notes.slice(at + 1).filter(({ load }) => load === answer.load);
      const end = later.findIndex((note) => note.kind === 'press' || isCommand(note));
      const last = later.slice(0, end < 0 ? undefined : end).findLast(({ kind }) => kind === 'title');
      // A face check leads to a page of Alipay.
      return last?.title ? [{ title: last.title, ms: last.at - answer.at }] : [];
    });
    const [slowest, ...others] = screens.sort((one, other) => other.ms - one.ms);
    if (!slowest) throw new Error('No screen has followed a command.');
    return [
      row('slowest screen after the answer to a command', slowest.ms, {
        unit: 'ms',
        bar: STEP_MS,
        note: `${slowest.title}; ${others.map(({ title, ms }) => `${title} ${Math.round(ms)}`).join(', ')}`,
      }),
      ...Object.entries(nodes).map(([title, count]) =>
        row(`nodes of the page: ${title}`, count, { bar: 999 }),
      ),
    ];
  });
}

/** Whether it is the answer to a command. @param {Note} note */
function isCommand({ kind, method, path = '' }) {
  return kind === 'response' && method === 'POST' && path.startsWith('/api/journeys');
}

/**
 * From the entry to the signature.
 * @param {Page} page
 * @param {Bench} bench
 * @returns how many nodes the three largest pages have
 */
async function walk(page, { home, holder: { name, document, bankCards } }) {
  /** @param {string} selector */
  const visible = (selector) => page.locator(selector).filter({ visible: true });
  /** @param {string} title */
  const isAt = (title) => visible('.screen-title').getByText(title, { exact: true }).first().waitFor();
  /** @param {string} text */
  const press = (text) => visible('.action:not(.off)').getByText(text, { exact: true }).first().tap();
  const tick = async () => {
    for (const box of await visible('.consent:has(input[type=checkbox])').all()) await box.tap();
  };
  /** @param {string} field @param {string} text */
  const fill = (field, text) => visible(`input[name=${field}]`).fill(text);
  /** Elements and texts, those of the pages below too. @returns {Promise<number>} */
  const nodes = () =>
    page.evaluate(`(() => {
      const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      let count = 0;
      while (walker.nextNode()) count += 1;
      return count;
    })()`);
  const passFace = async () => {
    await isAt('身份核验');
    await tick();
    await press('同意协议并认证');
    await page.getByText('刷脸通过').first().tap();
  };

  await page.goto(home);
  await page.getByText(name).first().tap();
  await isAt(ENTRY);
  await fill('name', name);
  await visible('.picked').first().tap();
  await visible('.option').getByText('居民身份证', { exact: true }).tap();
  await fill('documentNumber', document.number);
  await tick();
  const entry = await nodes();
  await press('查看待办事项');
  await passFace();
  await isAt('核验成功');
  await press('继续');
  await isAt('银行卡核验');
  await fill('cardNumber', bankCards[0]?.number ?? '');
  await tick();
  await press('提交核验');
  await page.getByText('请确认这是您刚刚采集的人像').filter({ visible: true }).first().waitFor();
  await press('查看待办事项');
  await isAt('待办事项');
  await press('业务确认');
  await isAt('业务详情');
  const details = await nodes();
  await press('确认');
  await passFace();
  await isAt('确认并签字');
  await sign(page);
  const signing = await nodes();
  await press('确认');
  await isAt(LAST);
  return { entry, details, signing };
}

/** Writes two characters, by mouse. @param {Page} page */
async function sign(page) {
  const pad = page.locator('#signature-pad').filter({ visible: true });
  await page.locator('#signature-pad[data-strokes="0"]').filter({ visible: true }).waitFor();
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('There is no pad.');
  for (const [fromX, fromY, toX, toY] of /** @type {const} */ ([
    [0.1, 0.25, 0.45, 0.26],
    [0.28, 0.12, 0.28, 0.62],
    [0.28, 0.38, 0.12, 0.62],
    [0.56, 0.19, 0.82, 0.22],
    [0.68, 0.19, 0.67, 0.7],
  ])) {
    await page.mouse.move(box.x + box.width * fromX, box.y + box.height * fromY);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * toX, box.y + box.height * toY, { steps: 10 });
    await page.mouse.up();
  }
}
