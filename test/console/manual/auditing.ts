import type { Manual } from './chapters';

export function auditingChapters({ withClerk, chapter }: Manual): void {
  chapter('操作记录与核验', ({ look, inspect }) =>
    withClerk({ login: 'auditor-1' }, async (clerk) => {
      await clerk.page.getByRole('link', { name: '操作记录' }).click();
      await clerk.isAt('操作记录');
      await clerk.fill('登录名', 'clerk-1');
      await clerk.page.getByLabel('操作', { exact: true }).selectOption('登录');
      await clerk.press('查询');
      await clerk.page.waitForURL(/login=clerk-1/);
      const row = clerk.page.locator('tbody tr').last();
      await row.getByText(/^第 \d+ 条$/).waitFor();
      await row.getByRole('button', { name: /^核验/ }).click();
      await row.getByText(/已核验：该记录在有 \d+ 条记录的日志中/).waitFor();
      await inspect(clerk, 'actions');
      await clerk.page.getByRole('link', { name: '异常使用报告' }).click();
      await clerk.isAt('异常使用报告');
      await look(clerk);
    }),
  );
}
