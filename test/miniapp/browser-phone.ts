import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Holder } from '../../sandbox/alipay/settings';
import { launchChromium } from '../setup/needs/chromium';
import type { Stage } from '../setup/stage';
import { handsOn } from './hands';
import type { Hand } from './hands';

/** A person whom the sandbox knows. */
function holderOf(account: string): Holder {
  const file = join(__dirname, '../../samples/persons.json');
  const holders = JSON.parse(readFileSync(file, 'utf8')) as Holder[];
  const holder = holders.find((one) => one.account === account);
  if (!holder) throw new Error(`samples/persons.json has no ${account}.`);
  return holder;
}

export type BrowserPhone = Awaited<ReturnType<typeof openBrowserPhone>>;

interface Screen {
  width?: number;
  height?: number;
  pixelRatio?: number;
  by?: Hand;
}

/**
 * Gives a test a phone that is new to the product, and fails if an error occurs in the page.
 * @param stage where the product runs
 */
export function phonesOf(stage: Stage) {
  // To start a browser takes longer than most tests; each phone is a context of its own, which shares nothing with the others.
  let browser: Promise<Browser> | undefined;
  afterAll(async () => (await browser)?.close());
  const launched = () => (browser ??= launchChromium());

  return async (
    account: string,
    work: (phone: BrowserPhone, holder: Holder) => Promise<void>,
    screen?: Screen,
  ): Promise<void> => {
    const phone = await openBrowserPhone(await launched(), stage, screen);
    try {
      await work(phone, holderOf(account));
      expect(phone.errors).toEqual([]);
    } catch (error) {
      // The text on the screen tells more than the missing text.
      throw new Error(`${String(error)}\n\nThe screen:\n${await phone.screen()}`, { cause: error });
    } finally {
      await phone.close();
    }
  };
}

/** A phone that is new to the product, and what a person does with it. */
async function openBrowserPhone(
  browser: Browser,
  stage: Stage,
  { width = 390, height = 844, pixelRatio = 2, by = 'finger' }: Screen = {},
) {
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: pixelRatio,
    hasTouch: by === 'finger',
    isMobile: by === 'finger',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const page: Page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));

  const hands = handsOn(page, context, { home: stage.urls().miniapp ?? '', by });
  return {
    ...hands,
    page,
    context,
    /** Errors of the page itself. */
    errors,

    /** The text on the screen. */
    screen: async () => `${page.url()}\n${await page.locator('body').innerText()}`,

    /** What axe finds: violations of accessibility, and of what its authors hold for good practice. */
    async barriers(): Promise<unknown[]> {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
    },

    /** Whether nothing has to be scrolled sideways. */
    fits: () =>
      page.evaluate<boolean>(
        `[...document.querySelectorAll('.page *')].every((one) => one.getBoundingClientRect().right <= window.innerWidth + 0.5)`,
      ),

    /** Sets the browser's own size of text. */
    zoomText: (times: number) => page.evaluate(`document.documentElement.style.fontSize = '${times * 100}%'`),

    /** A picture of the screen, or of the whole page, as WebP. */
    async picture({ whole }: { whole: boolean }): Promise<Buffer> {
      const size = page.viewportSize() ?? { width: 390, height: 844 };
      // The page scrolls within the window, so that a whole page needs a window of its height.
      const height = await page.evaluate<number>(
        `Math.max(${size.height}, ...[...document.querySelectorAll('.page')].map((one) => one.scrollHeight))`,
      );
      if (whole) {
        await page.setViewportSize({ ...size, height });
        await page.evaluate(`document.querySelectorAll('*').forEach((one) => { one.scrollTop = 0; })`);
      }
      const eye = await context.newCDPSession(page);
      const { data } = await eye.send('Page.captureScreenshot', { format: 'webp', quality: 60 });
      await page.setViewportSize(size);
      return Buffer.from(data, 'base64');
    },

    close: () => context.close(),
  };
}
