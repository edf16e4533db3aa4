import type { Dialog } from 'playwright-core';
import { MINUTES, setStage } from '../setup/stage';
import { clerksAt } from './browser-clerk';
import type { BrowserClerk } from './browser-clerk';
import { keepPicture } from './pictures';

const stage = setStage('console-admin', 18_340);
const withClerk = clerksAt(stage);

async function looksRight(clerk: BrowserClerk, name: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await clerk.page.emulateMedia({ colorScheme });
    expect([name, await clerk.barriers()]).toEqual([name, []]);
    for (const width of [1280, 820]) {
      await clerk.page.setViewportSize({ width, height: 900 });
      expect([name, width, await clerk.fits()]).toEqual([name, width, true]);
      await keepPicture(clerk, `${name}-${colorScheme}-${width}`);
    }
  }
  await clerk.page.emulateMedia({ colorScheme: 'light' });
  await clerk.page.setViewportSize({ width: 1280, height: 900 });
}

const NOT_YOUR_RIGHT = '您的角色不能进行此操作';
const menus = {
  'clerk-1': ['待办', '查找', '业务', '投诉建议', '风险提示', '统计'],
  'reviewer-1': ['待办', '查找', '业务', '投诉建议', '风险提示', '统计'],
  'auditor-1': ['待办', '查找', '业务', '投诉建议', '风险提示', '统计', '操作记录', '双人审批事项'],
  'admin-1': ['操作记录', '账号', '双人审批事项'],
};
const decide = ['clerk-1', 'reviewer-1'];
const audit = ['auditor-1', 'admin-1'];
/** By address: the title, and who may see it; for pages of the menu, those whose menus name it. */
const pages: [path: string, title: string, logins?: string[]][] = [
  ['/?due=overdue', '待办'],
  ['/search', '查找'],
  ['/matters', '业务'],
  ['/complaints', '投诉建议'],
  ['/flags', '风险提示'],
  ['/figures', '统计'],
  ['/actions', '操作记录'],
  ['/accounts', '账号'],
  ['/acts', '双人审批事项'],
  ['/batches/new?cause=vendor-refused', '批量办理', decide],
  ['/unusual-use', '异常使用报告', audit],
  ['/security', '账号安全', [...decide, ...audit]],
];

test.each(Object.entries(menus))(
  'the menu of %s has its pages, and every other page says that the role may not see it',
  (login, names) =>
    withClerk({ login }, async (clerk) => {
      const menu = clerk.page.getByRole('navigation', { name: '主菜单' });
      expect(await menu.getByRole('link').allInnerTexts()).toEqual(names);
      for (const [path, title, logins] of pages) {
        const may = logins?.includes(login) ?? names.includes(title);
        await clerk.open(path);
        if (title === '待办' && !names.includes(title)) {
          // Who sees no journeys begins at the accounts.
          await clerk.isAt('账号');
          continue;
        }
        await clerk.isAt(title);
        await clerk.page.locator('body:not(:has(.skeleton))').waitFor();
        const isRefused = (await clerk.page.getByText(NOT_YOUR_RIGHT).count()) > 0;
        expect([login, title, isRefused]).toEqual([login, title, !may]);
      }
    }),
  MINUTES,
);

test(
  'a scope is chosen from the tree of divisions by the keyboard alone; a reviewer’s account takes two admins',
  async () => {
    await stage.rowsOf("UPDATE clerks SET role = 'admin' WHERE login = 'reviewer-2'");
    await withClerk({ login: 'admin-1' }, async (clerk) => {
      const { page } = clerk;
      await clerk.open('/accounts');
      await clerk.isAt('账号');
      await page.getByRole('row').filter({ hasText: 'clerk-1' }).getByText('北京市、全国').waitFor();
      expect(await page.getByTitle('11', { exact: true }).first().getAttribute('lang')).toBe('zh-CN');
      expect(await page.getByTitle('national').first().getAttribute('lang')).toBeNull();
      await clerk.tabTo(page.getByLabel('登录名', { exact: true }));
      await page.keyboard.type('tree-reviewer');
      await page.keyboard.press('Tab');
      await page.keyboard.type('赵复核');
      await clerk.tabTo(page.getByRole('radio', { name: '经办' }));
      await page.keyboard.press('ArrowRight');
      expect(await page.getByRole('radio', { name: '复核' }).isChecked()).toBe(true);
      const search = page.getByLabel('管辖范围', { exact: true });
      await clerk.tabTo(search);
      await page.keyboard.press('ArrowDown');
      // The national desk, Beijing, Tianjin.
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      const rowAt = (name: RegExp) => page.getByRole('treeitem', { name });
      expect(await rowAt(/^▸? ?天津市 12$/).evaluate((row) => row.matches(':focus'))).toBe(true);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press(' ');
      await page.getByRole('button', { name: '移除 天津市和平区' }).waitFor();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await looksRight(clerk, 'accounts');
      await clerk.tabTo(search);
      await page.keyboard.type('杭州 西湖');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: '移除 浙江省杭州市西湖区' }).waitFor();
      await clerk.tabTo(page.getByRole('button', { name: '新增', exact: true }));
      await page.keyboard.press('Enter');
      await clerk.shows('已提出，等待另一名管理员批准。');
      await page.getByRole('link', { name: '1 项等待另一名管理员批准' }).click();
      await clerk.isAt('双人审批事项');
      await clerk.shows('没有该账号');
      await clerk.shows('赵复核（tree-reviewer），复核，天津市和平区、浙江省杭州市西湖区');
      await clerk.shows('这是您提出的，须由另一名管理员批准。');
      expect(await clerk.button('批准').count()).toBe(0);
      await looksRight(clerk, 'acts');
    });
    await withClerk({ login: 'auditor-1' }, async (clerk) => {
      await clerk.open('/acts');
      await clerk.shows('由另一名管理员批准。');
      expect(await clerk.button('批准').count()).toBe(0);
      await clerk.button('撤销').waitFor();
    });
    await withClerk({ login: 'reviewer-2' }, async (clerk) => {
      await clerk.open('/acts');
      await stage.rowsOf('UPDATE clerk_sessions SET second_factor_at = second_factor_at - INTERVAL 6 MINUTE');
      await clerk.press('批准');
      const dialog = clerk.page.getByRole('dialog', { name: '请再次验证' });
      await dialog.getByLabel('身份验证器上的验证码').fill(await clerk.code('reviewer-2'));
      await dialog.getByRole('button', { name: '验证', exact: true }).click();
      await clerk.shows('一次性密码的后一半');
      await clerk.shows('没有等待批准的事项。');
    });
    const [made] =
      (await stage.rowsOf(`SELECT GROUP_CONCAT(s.prefix ORDER BY s.prefix) AS scope FROM clerks AS c
      JOIN clerk_scopes AS s ON s.clerk_id = c.id WHERE c.login = 'tree-reviewer'`)) as { scope: string }[];
    expect(made?.scope).toBe('120101,330106');
  },
  4 * MINUTES,
);

test(
  'accounts are imported from a file: each row is shown before, bad rows say why, and the same file makes nothing twice',
  () =>
    withClerk({ login: 'admin-1' }, async (clerk) => {
      await clerk.open('/accounts');
      const choose = async (text: string | Buffer) => {
        const buffer = Buffer.isBuffer(text) ? text : Buffer.from(text);
        await clerk.page
          .getByLabel('CSV 文件')
          .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer });
      };
      await choose(Buffer.from('b5c7c2bcc3fb', 'hex'));
      await clerk.shows('文件不是 UTF-8 编码');
      await choose(Buffer.alloc(200_001, 'x'));
      await clerk.shows('文件超过 200 KB');
      const file = [
        '登录名,姓名,角色,管辖范围',
        'import-1,王五,经办,110105 1101',
        'import-2,赵六,管理,',
        '=cmd(),钱七,经办,11',
        'import-3,=1+1,局长,朝阳',
        'clerk-1,孙八,经办,11',
      ].join('\r\n');
      await choose(file);
      await clerk.shows('将提请批准');
      await clerk.shows('登录名须以小写字母开头');
      await clerk.shows('姓名中有不能使用的符号。');
      await clerk.shows('该登录名已有账号，且内容不同。');
      await looksRight(clerk, 'import');
      // While it runs no other file takes its place, and nobody leaves unasked.
      let goOn = () => {};
      const isHeld = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      await clerk.page.route('**/api/clerk/clerks', async (route) => {
        if (route.request().method() === 'POST') await isHeld;
        await route.continue();
      });
      await clerk.press('导入 2 个账号');
      await clerk.shows('已处理 0 / 2');
      expect(await clerk.page.getByLabel('CSV 文件').isDisabled()).toBe(true);
      const asked: string[] = [];
      const stay = async (dialog: Dialog) => {
        asked.push(dialog.message());
        await dialog.dismiss();
      };
      clerk.page.on('dialog', (dialog) => void stay(dialog));
      await clerk.page.getByRole('link', { name: '操作记录' }).click();
      expect(asked).toEqual(['离开后，一次性密码不再显示，尚未处理的账号不再导入。确定离开？']);
      goOn();
      await clerk.shows('已处理 2 个账号。');
      await clerk.isAt('账号');
      await clerk.page.unroute('**/api/clerk/clerks');
      expect(await clerk.page.locator('.secret').count()).toBe(2);
      await clerk.shows('前一半，另一半由批准的管理员告知');
      await choose(file);
      await clerk.shows('该账号已经存在，无需再建。');
      await clerk.shows('该登录名已有新增事项等待批准。');
      await clerk.shows('没有可以新增的账号。');
      expect(await clerk.page.locator('.secret').count()).toBe(0);
    }),
  2 * MINUTES,
);

test(
  'an import stops where the session ends, and goes on after signing in again',
  () =>
    withClerk({ login: 'admin-1' }, async (clerk) => {
      await clerk.open('/accounts');
      const file = '登录名,姓名,角色,管辖范围\r\nstopped-1,王五,经办,11\r\nstopped-2,赵六,经办,11';
      await clerk.page
        .getByLabel('CSV 文件')
        .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
      let calls = 0;
      await clerk.page.route('**/api/clerk/clerks', async (route) => {
        if (route.request().method() === 'POST') calls += 1;
        if (calls === 2)
          await stage.rowsOf(
            "DELETE s FROM clerk_sessions AS s JOIN clerks AS c ON c.id = s.clerk_id WHERE c.login = 'admin-1'",
          );
        await route.continue();
      });
      await clerk.press('导入 2 个账号');
      await clerk.page.getByRole('dialog', { name: '登录已失效' }).waitFor();
      await clerk.page.getByText('导入 1 个账号').waitFor();
      expect(await clerk.page.locator('.secret').count()).toBe(1);
      expect(await clerk.page.getByText('未成功', { exact: true }).count()).toBe(0);
    }),
  2 * MINUTES,
);

test(
  'an admin ends a session of another account, whose page then asks to sign in again',
  () =>
    withClerk({ login: 'clerk-1' }, (worker) =>
      withClerk({ login: 'admin-1' }, async (clerk) => {
        await clerk.open('/accounts');
        await clerk.page
          .getByRole('row')
          .filter({ has: clerk.page.getByRole('rowheader', { name: 'clerk-1', exact: true }) })
          .getByRole('button', { name: '登录会话' })
          .click();
        const dialog = clerk.page.getByRole('dialog', { name: 'clerk-1 的登录会话' });
        await dialog.getByRole('row').nth(1).waitFor();
        await looksRight(clerk, 'sessions');
        await dialog.getByRole('button', { name: '全部结束' }).click();
        await dialog.getByText('没有登录会话。').waitFor();
        await clerk.press('关闭');
        await worker.open('/matters');
        await worker.page.getByLabel('登录名').waitFor();
      }),
    ),
  MINUTES,
);
