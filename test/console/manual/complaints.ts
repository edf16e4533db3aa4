import type { Manual } from './chapters';

export function complaintChapters({ withClerk, runPhone, chapter }: Manual): void {
  chapter('投诉建议', async ({ look, inspect }) => {
    await runPhone(
      'tester-1',
      "await phone.signIn(); await phone.enter('face'); await phone.request('POST', '/api/complaints', { kind: 'complaint', text: '刷脸页面一直打不开，请协助处理。' });",
    );
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.page.getByRole('link', { name: '投诉建议' }).click();
      await clerk.shows('刷脸页面一直打不开，请协助处理。');
      await clerk.fill('答复', '服务已恢复，请重新进入小程序办理。');
      await inspect(clerk, 'complaints');
      await clerk.press('发出答复');
      await clerk.shows('没有待答复的投诉建议。');
      await clerk.page.getByRole('link', { name: '已答复' }).click();
      await clerk.shows('服务已恢复，请重新进入小程序办理。');
      await look(clerk);
    });
  });
}
