import type { Manual } from './chapters';

export function figureChapters({ withClerk, chapter }: Manual): void {
  chapter('统计', ({ look, inspect }) =>
    withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.page.getByRole('link', { name: '统计' }).click();
      await clerk.isAt('统计');
      const stuck = clerk.page.locator('section').filter({ hasText: '受阻：原因与时长' });
      await stuck.getByText('数据表').waitFor();
      await inspect(clerk, 'figures');
      await stuck.getByText('数据表').click();
      await stuck.getByRole('row', { name: /核验结果不明确/ }).waitFor();
      await stuck.scrollIntoViewIfNeeded();
      await look(clerk);
    }),
  );
}
