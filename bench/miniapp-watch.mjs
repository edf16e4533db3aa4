/** @import { Browser, BrowserContext, Page } from 'playwright-core' */
/** @import { Holder } from '../sandbox/alipay/settings.ts' */

/**
 * @typedef Bench
 * @property {Browser} browser
 * @property {string} home of the mini-program
 * @property {Holder} holder
 * @property {() => Promise<void>} pushMany pushes more matters for the holder than one page shows
 */

/**
 * What a page of the mini-program has noted about itself.
 * @typedef Note
 * @property {'first-contentful-paint' | 'largest-contentful-paint' | 'entry' | 'title' | 'response' | 'press'} kind
 * @property {number} load of the page: when its navigation began
 * @property {number} at ms since the page itself was asked for, after all redirects
 * @property {string} [title] that is on the screen
 * @property {string} [method] of the request that has got a response
 * @property {string} [path]
 * @property {number} [status]
 */

/**
 * A phone that has never opened the mini-program.
 * @template T
 * @param {Bench} bench
 * @param {(page: Page, notes: Note[]) => Promise<T>} work
 */
export async function withPage({ browser, home }, work) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  try {
    const notes = await watch(context, home);
    const page = await context.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    const result = await work(page, notes);
    if (errors.length > 0) throw new Error(`Errors in the page: ${errors.join('; ')}`);
    return result;
  } finally {
    await context.close();
  }
}

/** Looks again and again. @param {() => boolean} isSo */
export async function until(isSo) {
  const deadline = performance.now() + 60_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('What is waited for does not come.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Makes each page of the mini-program note when it shows something, and when the API answers.
 * @param {BrowserContext} context
 * @param {string} home of the mini-program
 * @returns the notes, which grow
 */
async function watch(context, home) {
  /** @type {Note[]} */
  const notes = [];
  await context.exposeBinding('note', (_, note) => void notes.push(note));
  await context.addInitScript(`if (location.origin === '${new URL(home).origin}') (${inPage})()`);
  return notes;
}

// It runs in the page, before the page's own scripts. What is found in one frame has been drawn when the next one begins.
const inPage = `() => {
  const say = (kind, time, more) => {
    const [{ fetchStart }] = performance.getEntriesByType('navigation');
    void window.note({ kind, load: performance.timeOrigin, at: time - fetchStart, ...more });
  };

  const sayPaints = (entries) => {
    for (const { name, entryType, startTime } of entries) {
      if (name !== 'first-paint') say(name || entryType, startTime);
    }
  };
  const paints = new PerformanceObserver((list) => sayPaints(list.getEntries()));
  paints.observe({ type: 'paint', buffered: true });
  paints.observe({ type: 'largest-contentful-paint', buffered: true });

  // The observer may be told too late for a page that leads on to the sign-in.
  addEventListener('pagehide', () => sayPaints(paints.takeRecords()));

  const { fetch } = window;
  window.fetch = async (input, init = {}) => {
    const response = await fetch(input, init);
    const { method = 'GET' } = init;
    say('response', performance.now(), { method, path: new URL(response.url).pathname, status: response.status });
    return response;
  };

  addEventListener('click', () => say('press', performance.now()), { capture: true });

  let title = '';
  let hasEntry = false;
  const visible = (selector, matches = () => true) =>
    [...document.querySelectorAll(selector)].find((one) => one.offsetParent && matches(one));
  const drawn = (kind, more) => requestAnimationFrame(() => say(kind, performance.now(), more));
  const look = () => {
    requestAnimationFrame(look);
    const now = visible('.screen-title')?.textContent ?? '';
    if (now && now !== title) drawn('title', { title: now });
    title = now;
    if (!hasEntry && visible('.action', (one) => one.textContent.trim() === '查看待办事项')) {
      hasEntry = true;
      drawn('entry');
    }
  };
  requestAnimationFrame(look);
}`;
