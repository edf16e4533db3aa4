import { until, withPage } from './miniapp-watch.mjs';
import { row } from './results.mjs';
import { requireTypeScript } from './typescript.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { Bench, Note } from './miniapp-watch.mjs' */
/** @import { Row } from './results.mjs' */

const STEP_MS = 500;
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
 * From the entry to the signature and back to a long list, as the tests go.
 * @param {Page} page
 * @param {Bench} bench
 * @returns how many nodes the largest pages have
 */
async function walk(page, { home, holder, pushMany }) {
  const { handsOn } = /** @type {typeof import('../test/miniapp/hands.ts')} */ (
    requireTypeScript('../test/miniapp/hands.ts')
  );
  const hands = handsOn(page, page.context(), { home, by: 'finger' });
  /** Elements and texts, those of the pages below too. Taro's elements have empty texts beside, in browsers only. @returns {Promise<number>} */
  const nodes = () =>
    page.evaluate(`(() => {
      const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      let count = 0;
      while (walker.nextNode()) if (walker.currentNode.data !== '') count += 1;
      return count;
    })()`);

  await hands.open(holder);
  await hands.fillIn(holder);
  const entry = await nodes();
  await hands.pressButton('查看待办事项');
  await hands.prove(holder);
  await hands.openMatter();
  const details = await nodes();
  await hands.proveForMatter();
  await hands.sign();
  const signing = await nodes();
  await hands.pressButton('确认');
  await hands.isAt(LAST);
  await pushMany();
  await hands.pressButton('返回待办事项');
  await hands.shows('显示更多');
  const list = await nodes();
  await hands.openMatter();
  await hands.shows('签字须知及法律责任');
  return { entry, details, signing, list, 'details over the list': await nodes() };
}
