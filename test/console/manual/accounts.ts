import type { BrowserClerk } from '../browser-clerk';
import type { Manual } from './chapters';

/** Fills in the form of a new account, of an authority that is searched for. */
async function fillAccount(clerk: BrowserClerk, login: string, name: string, authority: string) {
  await clerk.fill('登录名', login);
  await clerk.fill('姓名', name);
  await clerk.fill('管辖范围', authority);
  await clerk.page.getByRole('treeitem').first().waitFor();
}

export function accountChapters({ stage, withClerk, chapter }: Manual): void {
  chapter('账号管理', async ({ look, inspect }) => {
    await stage.rowsOf("UPDATE clerks SET role = 'admin', name = '示例管理乙' WHERE login = 'reviewer-2'");
    await withClerk({ login: 'admin-1' }, async (clerk) => {
      const { page } = clerk;
      await clerk.isAt('账号');
      await clerk.shows('zhang.san');
      await inspect(clerk, 'accounts');
      await fillAccount(clerk, 'li.si', '李四', '杭州 西湖');
      await clerk.button('新增').scrollIntoViewIfNeeded();
      await inspect(clerk, 'new-account');
      await page.getByLabel('管辖范围', { exact: true }).press('Enter');
      await clerk.press('新增');
      await clerk.shows('li.si 的一次性密码，只显示这一次');
      await look(clerk);
      await fillAccount(clerk, 'wang.wu', '王五', '北京 朝阳');
      await page.getByLabel('管辖范围', { exact: true }).press('Enter');
      await page.getByRole('radio', { name: '复核' }).check();
      await clerk.press('新增');
      await clerk.shows('已提出，等待另一名管理员批准。');
      await look(clerk);

      await withClerk({ login: 'reviewer-2' }, async (other) => {
        await other.page.getByRole('link', { name: '双人审批事项' }).click();
        await other.button('批准').waitFor();
        await inspect(other, 'acts');
        await other.press('批准');
        await other.shows('一次性密码的后一半');
        await look(other);
      });

      const file = [
        '登录名,姓名,角色,管辖范围',
        'zhao.liu,赵六,经办,110105 110106',
        'qian.qi,钱七,复核,1101',
        'sun.ba,孙八,局长,110105',
      ];
      await page.getByLabel('CSV 文件').setInputFiles({
        ...{ name: '账号.csv', mimeType: 'text/csv' },
        buffer: Buffer.from(file.join('\r\n')),
      });
      await clerk.shows('将提请批准');
      await page.getByRole('region', { name: '批量导入账号' }).scrollIntoViewIfNeeded();
      await inspect(clerk, 'import');
      await clerk.press('导入 2 个账号');
      await clerk.shows('已处理 2 个账号。');
      await look(clerk);

      await page
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: 'auditor-1', exact: true }) })
        .getByRole('button', { name: '登录会话' })
        .click();
      const dialog = page.getByRole('dialog', { name: 'auditor-1 的登录会话' });
      await dialog.getByRole('row').nth(1).waitFor();
      await inspect(clerk, 'sessions');
    });
  });
}
