import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../setup/needs/chromium';
import type { Stage } from '../setup/stage';

interface Screen {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** Without one, nobody is signed in at first. */
  login?: string;
}

export type BrowserClerk = Awaited<ReturnType<typeof openBrowserClerk>>;

interface DemoClerk {
  id?: string;
  login: string;
  password: string;
}

/** Gives a test a clerk with a browser, and fails if the page has an error or breaks its own policy. */
export function clerksAt(stage: Stage) {
  let browser: Promise<Browser> | undefined;
  afterAll(async () => (await browser)?.close());
  const launched = () => (browser ??= launchChromium());

  return async (screen: Screen, work: (clerk: BrowserClerk) => Promise<void>): Promise<void> => {
    const clerk = await openBrowserClerk(await launched(), stage, screen);
    try {
      if (screen.login) await clerk.signIn(screen.login);
      await work(clerk);
      expect(clerk.errors).toEqual([]);
    } catch (error) {
      throw new Error(`${String(error)}\n\nThe screen:\n${await clerk.screen()}`, { cause: error });
    } finally {
      await clerk.close();
    }
  };
}

async function openBrowserClerk(
  browser: Browser,
  stage: Stage,
  { width = 1280, height = 800, colorScheme = 'light' }: Screen,
) {
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  const page: Page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  // Chromium reports what the policy forbids as an error on its console.
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) errors.push(message.text());
  });
  const home = stage.urls().console ?? '';
  const { clerks } = stage.urls().demo as unknown as { clerks: DemoClerk[] };
  const passwordOf = (login: string) => clerks.find((one) => one.login === login)?.password ?? '';

  const clerk = {
    page,
    context,
    errors,
    home,
    screen: async () => `${page.url()}\n${await page.locator('body').innerText()}`,
    passwordOf,

    isAt: (title: string) => page.getByRole('heading', { level: 1, name: title }).waitFor(),
    shows: (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor(),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    press: (name: string) => clerk.button(name).click(),
    choose: (name: RegExp) => page.getByRole('radio', { name }).check(),
    fill: (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value),

    async signIn(login: string, password = passwordOf(login)) {
      await page.goto(home);
      await clerk.fill('登录名', login);
      await clerk.fill('密码', password);
      await clerk.press('登录');
      await page.getByRole('navigation', { name: '主菜单' }).waitFor();
    },

    /** Opens a page by its address below the console's. */
    open: (path: string) => page.goto(`${home}${path}`),

    /** Presses Tab until the target has the focus. */
    async tabTo(target: ReturnType<Page['locator']>) {
      await target.waitFor();
      for (let keys = 0; !(await target.evaluate((one) => one.matches(':focus'))); keys += 1) {
        if (keys === 60) throw new Error(`No key leads to ${await target.innerText()}.`);
        await page.keyboard.press('Tab');
      }
    },

    /** What axe finds. */
    async barriers(): Promise<unknown[]> {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary]);
    },

    /** Whether nothing has to be scrolled sideways. */
    fits: () => page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth'),

    close: () => context.close(),
  };
  return clerk;
}
