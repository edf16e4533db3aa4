import AxeBuilder from '@axe-core/playwright';
import { Secret, TOTP } from 'otpauth';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createPasskey } from '../drivers/passkey.cjs';
import type { PasskeyFile } from '../drivers/passkey.cjs';
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
  login: string;
  password: string;
  passkey: PasskeyFile;
  totp: string;
}

/** The code that an authenticator app with this secret shows now. */
export function totpCode(secret: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate();
}

/** Where a clerk works: the address of the console, the accounts there, and the database. */
type Place = Pick<Stage, 'rowsOf'> & { urls: () => { console?: string; demo?: unknown } };

/** Gives a test a clerk with a browser, and fails if the page has an error or breaks its own policy. */
export function clerksAt(stage: Place) {
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
  stage: Place,
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
  const { clerks = [] } = (stage.urls().demo ?? {}) as { clerks?: DemoClerk[] };
  const accountOf = (login: string) => {
    const account = clerks.find((one) => one.login === login);
    if (!account) throw new Error(`There is no clerk ${login}.`);
    return account;
  };
  const passwordOf = (login: string) => accountOf(login).password;

  const clerk = {
    page,
    context,
    errors,
    home,
    screen: async () => `${page.url()}\n${await page.locator('body').innerText()}`,
    passwordOf,

    /** The code of the clerk's app. Earlier codes are forgotten, so that no test waits for the next half minute. */
    async code(login: string): Promise<string> {
      await stage.rowsOf(`UPDATE clerk_totps SET last_counter = 0
        WHERE clerk_id = (SELECT id FROM clerks WHERE login = '${login}')`);
      return totpCode(accountOf(login).totp);
    },

    isAt: (title: string) => page.getByRole('heading', { level: 1, name: title }).waitFor(),
    shows: (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor(),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    press: (name: string) => clerk.button(name).click(),
    choose: (name: RegExp) => page.getByRole('radio', { name }).check(),
    giveReason: (sentence: string) =>
      page.getByLabel('理由', { exact: true }).selectOption({ label: sentence }),
    fill: (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value),

    /** Signs in by the api, with a passkey: numeric addresses, where tests run, have none in browsers. */
    async signIn(login: string) {
      const { password, passkey } = accountOf(login);
      const { origin } = new URL(home);
      let csrfToken = '';
      const post = async <T>(path: string, data: object): Promise<T> => {
        const headers = { 'x-csrf-token': csrfToken };
        const answer = await context.request.post(`${origin}/api/clerk/${path}`, { data, headers });
        if (!answer.ok()) throw new Error(`${login}: ${path}: ${await answer.text()}`);
        return (await answer.json()) as T;
      };
      ({ csrfToken } = await post<{ csrfToken: string }>('sessions', { login, password }));
      const asked = await post<{ challenge: string; rpId: string }>('second-factor/passkey-request', {});
      const response = createPasskey(passkey, origin).get(asked);
      await post('second-factor', { kind: 'passkey', response });
      await page.goto(home);
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
