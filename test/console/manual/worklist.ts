import type { Manual } from './chapters';

export function worklistChapters({ withClerk, strand, chapter }: Manual): void {
  chapter('待办列表', async ({ look, inspect }) => {
    await strand('tester-2', 'undecidable');
    await strand('tester-5', 'window');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      const { page } = clerk;
      await page.locator('[data-row]').nth(1).waitFor();
      await clerk.shows('实时更新');
      await inspect(clerk, 'worklist');
      await page.getByText('显示列').first().click();
      await look(clerk);
      await page.getByText('显示列').first().click();
      await page.getByRole('navigation', { name: '按原因' }).getByText('核验结果不明确').click();
      await page.getByRole('link', { name: '清除筛选' }).waitFor();
      await look(clerk);
      await clerk.press('保存为视图');
      await clerk.fill('名称', '结果不明确');
      await inspect(clerk, 'save-view');
      await clerk.press('保存');
      await page.getByRole('link', { name: '结果不明确', exact: true }).waitFor();
      await look(clerk);
      await clerk.press('修改视图：结果不明确');
      await look(clerk);
      await clerk.press('取消');
    });
  });

  chapter('领取与流转', async ({ look, inspect }) => {
    const { journey } = await strand('tester-3', 'undecidable');
    await withClerk({ login: 'clerk-1' }, (clerk) =>
      withClerk({ login: 'reviewer-1' }, async (reviewer) => {
        await clerk.open(`/journeys/${journey}`);
        await clerk.shows('您正在办理');
        await inspect(clerk, 'claim');
        await reviewer.open(`/journeys/${journey}`);
        await reviewer.shows('示例经办正在办理，您只能查看');
        await inspect(reviewer, 'claim-of-another');
        await clerk.press('转交');
        await clerk.page.getByLabel('转交给').waitFor();
        await inspect(clerk, 'hand-over');
        await clerk.press('取消');
        await clerk.press('上报');
        await look(clerk);
        await clerk.press('取消');
        await clerk.press('暂缓');
        await inspect(clerk, 'snooze');
        await clerk.press('取消');
        await clerk.fill('添加备注', '已致电当事人，下午再试');
        await clerk.press('添加');
        await clerk.shows('已致电当事人，下午再试');
        await look(clerk);
        await clerk.page.getByRole('link', { name: '待办', exact: true }).click();
        await reviewer.shows('目前无人办理');
        await look(reviewer);
      }),
    );
  });
}

export function keyChapters({ withClerk, chapter }: Manual): void {
  chapter('键盘快捷键', ({ look, inspect }) =>
    withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.isAt('待办');
      await look(clerk);
      await clerk.page.keyboard.press('?');
      await clerk.page.getByRole('dialog', { name: '键盘快捷键' }).waitFor();
      await inspect(clerk, 'keys');
    }),
  );
}
