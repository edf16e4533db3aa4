import { createOpenidProvider } from '../../platform/openid-provider';
import { startApi } from '../setup/api';
import type { TestApi } from '../setup/api';
import { startIdentityProvider } from '../setup/identity-provider';
import type { TestIdentityProvider } from '../setup/identity-provider';
import { consoleBuild } from '../setup/needs/console';
import { clerksAt } from './browser-clerk';
import { keepPicture } from './pictures';

const MINUTE = 60_000;
// Another site than the provider's, which has a numeric address.
const ORIGIN = 'http://localhost:18295';

let there: TestIdentityProvider;
let api: TestApi;

beforeAll(async () => {
  there = await startIdentityProvider(ORIGIN);
  const identityProvider = createOpenidProvider(there.settings);
  api = await startApi(
    { publicUrl: ORIGIN, consoleFolder: consoleBuild(), identityProvider },
    Number(new URL(ORIGIN).port),
  );
  await identityProvider.discover();
}, MINUTE);
afterAll(async () => {
  await api.end();
  await there.stop();
});

const withClerk = clerksAt({
  urls: () => ({ console: `${ORIGIN}/console` }),
  rowsOf: () => Promise.resolve([]),
});

test(
  'a clerk is linked by two admins, signs in at the identity provider, shows the second factor, and signs out in both places',
  async () => {
    const { id, login } = await api.addClerk('clerk');
    const [code = '', next = ''] = await api.giveRecoveryCodes(id);
    const second = await api.addClerk('admin');
    const first = await api.addClerk('admin');
    await withClerk({}, async ({ context, page, ...clerk }) => {
      const [name = '', value = ''] = first.headers.cookie.split('=');
      await context.addCookies([{ name, value, url: `${ORIGIN}/api/clerk` }]);
      await clerk.open('');
      await clerk.isAt('账号');
      const row = page.getByRole('row', { name: login });
      await row.getByLabel('统一身份认证账号标识（sub）').fill('zhang.san');
      await row.getByRole('button', { name: `关联 ${login}` }).click();
      await page.getByRole('link', { name: '1 项等待另一名管理员批准' }).click();
      await clerk.isAt('双人审批事项');
      const change = page.getByRole('article', { name: `关联统一身份认证账号 ${login}` });
      await change.getByRole('row', { name: /^统一身份认证账号 .*zhang\.san$/ }).waitFor();
      expect(await clerk.barriers()).toEqual([]);
      const [act] = await api.store.knex('administrative_acts').where({ state: 'proposed' }).select('id');
      const approved = await fetch(`${ORIGIN}/api/clerk/administrative-acts/${act?.id}/approval`, {
        method: 'POST',
        headers: { ...second.headers, 'content-type': 'application/json' },
        body: '{}',
      });
      expect(approved.status).toBe(200);
    });
    await withClerk({}, async (clerk) => {
      const { page } = clerk;
      const goThere = () => page.getByRole('link', { name: '使用统一身份认证登录' }).click();
      const signInThere = async (account: string, press = 'Sign in') => {
        await page.getByLabel('Account').fill(account);
        await page.getByRole('button', { name: press }).click();
      };
      await clerk.open('/complaints');
      await goThere();
      await signInThere('zhang.san', 'Cancel');
      await clerk.shows('没有在统一身份认证中完成登录');
      expect(page.url()).toBe(`${ORIGIN}/console/provider`);
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'provider-cancelled');
      await page.getByRole('link', { name: '返回登录页' }).click();
      await page.getByLabel('登录名').waitFor();
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'provider-offer');

      await goThere();
      await signInThere('li.si');
      await clerk.shows('尚未与本系统的账号关联');
      await page.getByRole('link', { name: '返回登录页' }).click();

      await goThere();
      await signInThere('zhang.san');
      await clerk.fill('恢复码', code);
      await clerk.press('验证');
      // The page that was asked for.
      await clerk.isAt('投诉建议');

      // A page that is open when the session ends stays as it is: the clerk signs in there in another tab.
      await api.store.knex('clerk_sessions').where({ clerk_id: id }).delete();
      await page.getByRole('link', { name: '待办' }).click();
      const dialog = page.getByRole('dialog', { name: '登录已失效' });
      await dialog.waitFor();
      expect(await clerk.barriers()).toEqual([]);
      const opening = clerk.context.waitForEvent('page');
      await goThere();
      const tab = await opening;
      await tab.getByLabel('Account').fill('zhang.san');
      await tab.getByRole('button', { name: 'Sign in' }).click();
      await tab.getByLabel('恢复码').fill(next);
      await tab.getByRole('button', { name: '验证', exact: true }).click();
      await tab.getByRole('navigation', { name: '主菜单' }).waitFor();
      // Chromium without windows never takes the focus away.
      await page.evaluate("window.dispatchEvent(new Event('focus'))");
      await dialog.waitFor({ state: 'detached' });
      await clerk.press('退出');
      await page.waitForURL(`${there.settings.issuer}/session/end**`);
      expect(await api.store.knex('clerk_sessions').where({ clerk_id: id }).select('clerk_id')).toEqual([]);

      // Where the provider can't be told, the page says what failed.
      await page.route('**/api/clerk/identity-provider', (route) => route.abort());
      await clerk.open('/provider?sign-out');
      await clerk.isAt('未能退出统一身份认证');
    });
  },
  2 * MINUTE,
);
