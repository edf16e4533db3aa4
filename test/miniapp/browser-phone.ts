import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { documentTypes, documentTypesOf } from '../../domain/documents';
import type { Holder } from '../../sandbox/alipay/settings';
import { chromiumProgram } from '../setup/needs/chromium';
import type { Stage } from '../setup/stage';
import { padOf } from './signature-pad';

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
  /** How the person uses it; with a mouse or keys it is a computer. */
  by?: 'finger' | 'mouse' | 'keys';
}

/**
 * Gives a test a phone that is new to the product, and fails if an error occurs in the page.
 * @param stage where the product runs
 */
export function phonesOf(stage: Stage) {
  // To start a browser takes longer than most tests; each phone is a context of its own, which shares nothing with the others.
  let browser: Promise<Browser> | undefined;
  afterAll(async () => (await browser)?.close());
  const launched = () =>
    (browser ??= chromium.launch({
      executablePath: chromiumProgram(),
      args: [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ],
    }));

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

  // Taro keeps the pages below in the document, and hides them.
  const visible = (selector: string, of?: { hasText: string }) =>
    page.locator(selector, of).filter({ visible: true });

  /** Presses Tab until the target has the focus, and then the key. */
  const byKeys = async (target: Locator, key: 'Enter' | 'Space') => {
    await target.waitFor();
    // A group that has the focus is not pressed by it.
    const isThere = () =>
      target.evaluate((one) => one.matches(':focus, :has(:focus), :focus:not([role=group]) *'));
    for (let keys = 0; !(await isThere()); keys += 1) {
      if (keys === 60) throw new Error(`No key leads to ${await target.innerText()}.`);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press(key);
  };
  const press = async (target: Locator, { key = 'Enter' }: { key?: 'Enter' | 'Space' } = {}) => {
    if (by === 'finger') await target.tap();
    else if (by === 'mouse') await target.click();
    else await byKeys(target, key);
  };

  const phone = {
    page,
    context,
    /** Errors of the page itself. */
    errors,
    visible,

    /** The text on the screen. */
    screen: async () => `${page.url()}\n${await page.locator('body').innerText()}`,

    isAt: (title: string) => visible('.screen-title').getByText(title, { exact: true }).first().waitFor(),
    shows: (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor(),
    button: (text: string) => visible('.action').getByText(text, { exact: true }).first(),
    /** By finger, mouse or keys, as the person uses the phone. */
    press,
    pressLink: (text: string) => press(visible('.link').filter({ hasText: text }).first()),
    async pressButton(text: string) {
      await press(visible('.action:not(.off)').getByText(text, { exact: true }).first());
    },
    async tick() {
      for (const box of await visible('.consent:has(input[type=checkbox])').all()) {
        if (!(await box.locator('input').isChecked())) await press(box, { key: 'Space' });
      }
    },

    /** Presses a text on a page of Alipay's sandbox. */
    choose: (text: string) => press(page.getByText(text).first()),

    home: stage.urls().miniapp ?? '',

    /** Opens the mini-program and signs in. */
    async open(holder: Holder, query = '') {
      await page.goto(`${phone.home}${query}`);
      await phone.choose(holder.name);
      await phone.isAt('登记注册身份验证');
    },

    async fill(name: string, value: string) {
      await visible(`input[name=${name}]`).fill(value);
    },

    async chooseDocument({ document }: Pick<Holder, 'document'>) {
      await press(visible('.picked').first());
      const [type] = documentTypesOf([document.type]);
      await press(visible('.option').getByText(documentTypes[type!].name, { exact: true }));
    },

    /** Types part of a name, or a code, and chooses the first country that is found. */
    async chooseCountry(typed: string) {
      await press(visible('.picked').last());
      await phone.fill('issuingCountry', typed);
      await press(visible('.option').first());
    },

    /** Presses a button that asks once, and says yes. */
    async pressAndConfirm(text: string, confirm: string) {
      await phone.pressButton(text);
      await phone.pressButton(confirm);
    },

    /** Fills in the form and gives all consents. */
    async fillIn(holder: Pick<Holder, 'name' | 'document'>) {
      const { name, document } = holder;
      await phone.fill('name', name);
      await phone.chooseDocument(holder);
      await phone.fill('documentNumber', document.number);
      if (document.validUntil) await phone.fill('validUntil', document.validUntil);
      if (document.issuingCountry) await phone.chooseCountry(document.issuingCountry);
      await phone.tick();
    },

    async enter(holder: Holder) {
      await phone.open(holder);
      await phone.fillIn(holder);
      await phone.pressButton('查看待办事项');
    },

    async face({ button = '同意协议并认证', outcome = '刷脸通过' } = {}) {
      await phone.tick();
      await phone.pressButton(button);
      await phone.choose(outcome);
    },

    async submitCard(number: string) {
      await phone.fill('cardNumber', number);
      await phone.tick();
      await phone.pressButton('提交核验');
    },

    /** From the page 核验成功 to the end of the bank card check. */
    async card({ bankCards: [card] }: Holder) {
      await phone.isAt('核验成功');
      await phone.pressButton('继续');
      await phone.isAt('银行卡核验');
      await phone.submitCard(card?.number ?? '');
    },

    /** From the entry to the to-dos. */
    async verify(holder: Holder) {
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await phone.face();
      if (holder.bankCards.length > 0) await phone.card(holder);
      await phone.shows('请确认这是您刚刚采集的人像');
      await phone.pressButton('查看待办事项');
      await phone.isAt('待办事项');
    },

    /** From the to-dos to the signing page of the first one. */
    async confirm({ button }: { button?: string } = {}) {
      await phone.pressButton('业务确认');
      await phone.isAt('业务详情');
      await phone.pressButton('确认');
      await phone.isAt('签字前身份核验');
      await phone.face({ button });
      await phone.isAt('确认并签字');
      await phone.padIsReady(0);
    },

    ...padOf(page, context),

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
      if (whole) await page.setViewportSize({ ...size, height });
      const eye = await context.newCDPSession(page);
      const { data } = await eye.send('Page.captureScreenshot', { format: 'webp', quality: 60 });
      await page.setViewportSize(size);
      return Buffer.from(data, 'base64');
    },

    close: () => context.close(),
  };
  return phone;
}
