import { CLERK_PASSWORD, startApi } from '../setup/api';
import type { TestApi } from '../setup/api';
import { consoleBuild } from '../setup/needs/console';
import { clerksAt } from './browser-clerk';
import type { BrowserClerk } from './browser-clerk';

const MINUTE = 60_000;
// Browsers have passkeys for names of hosts, not for addresses of numbers.
const ORIGIN = 'http://localhost:18290';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ publicUrl: ORIGIN, consoleFolder: consoleBuild() }, Number(new URL(ORIGIN).port));
}, MINUTE);
afterAll(() => api.end());

const withClerk = clerksAt({
  urls: () => ({ console: `${ORIGIN}/console` }),
  rowsOf: () => Promise.resolve([]),
});

/** An authenticator in the computer of the clerk. @returns what changes whether its user is there */
async function authenticator({ page, context }: BrowserClerk) {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  return {
    setVerified: (isUserVerified: boolean) =>
      session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    credentials: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

test(
  'a clerk enrols a passkey, signs in by it, approves by it, and not without being verified',
  async () => {
    const { id, login } = await api.addClerk('admin');
    const other = await api.addClerk('admin');
    await withClerk({}, async (clerk) => {
      const device = await authenticator(clerk);
      const typePassword = async () => {
        await clerk.fill('登录名', login);
        await clerk.fill('密码', CLERK_PASSWORD);
        await clerk.press('登录');
      };
      await clerk.page.goto(clerk.home);
      await typePassword();
      await clerk.fill('名称', '办公电脑');
      await clerk.press('添加通行密钥');
      await clerk.press('已保存，继续');
      await clerk.isAt('账号');
      expect(await device.credentials()).toMatchObject([{ rpId: 'localhost', signCount: 1 }]);

      await clerk.press('退出');
      await typePassword();
      await device.setVerified(false);
      await clerk.press('使用通行密钥');
      await clerk.shows('浏览器没有完成通行密钥的操作');
      await device.setVerified(true);
      await clerk.press('使用通行密钥');
      await clerk.isAt('账号');

      const proposed = await fetch(`${ORIGIN}/api/clerk/clerks`, {
        method: 'POST',
        headers: { ...other.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'li.si', name: '李四', role: 'reviewer', scope: ['11'] }),
      });
      expect(proposed.status).toBe(202);
      await api.store
        .knex('clerk_sessions')
        .where({ clerk_id: id })
        .update({ second_factor_at: new Date(Date.now() - 6 * MINUTE) });
      await clerk.page.reload();
      await clerk.press('批准');
      const dialog = clerk.page.getByRole('dialog', { name: '请再次验证' });
      await dialog.getByRole('button', { name: '使用通行密钥' }).click();
      await clerk.shows('一次性密码的后一半');

      await clerk.open('/security');
      await clerk.shows('办公电脑');
      await clerk.press('移除 办公电脑');
      await clerk.shows('这是唯一的验证方式');
      expect(await clerk.barriers()).toEqual([]);
    });
  },
  2 * MINUTE,
);
