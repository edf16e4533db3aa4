import { phonesOf } from '../phones';
import type { Manual } from './chapters';
import { persons } from './signed';

export function batchChapters({ stage, withClerk, chapter }: Manual): void {
  chapter('批量办理', async ({ look, inspect }) => {
    const outage = persons.filter(({ account }) => ['tester-8', 'tester-9', 'tester-13'].includes(account));
    await phonesOf(stage, outage).strandAll();
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      const { page } = clerk;
      await page.getByRole('navigation', { name: '按原因' }).getByText('核验服务未受理').click();
      await page.getByRole('link', { name: '清除筛选' }).waitFor();
      await look(clerk);
      await page.getByRole('link', { name: '批量办理' }).click();
      await clerk.shows('将执行 3 件，不执行 0 件。');
      await page.getByLabel('理由').selectOption({ label: '核验服务已恢复正常。' });
      await inspect(clerk, 'batch-preview');
      await clerk.press('执行 3 件');
      await clerk.shows('本批次已全部处理。');
      await inspect(clerk, 'batch-done');
    });
  });
}
