import type { Manual } from './chapters';
import { signedBy } from './signed';

export function journeyChapters({ stage, withClerk, strand, chapter }: Manual): void {
  chapter('办理过程', async ({ look, inspect }) => {
    const { journey } = await strand('tester-6', 'undecidable');
    const signed = await signedBy(stage, strand);
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      const { page } = clerk;
      await clerk.open(`/journeys/${journey}`);
      await clerk.shows('可以这样处理');
      await page.locator('.phone').waitFor();
      await inspect(clerk, 'journey');
      await clerk.press('查看完整信息');
      await clerk.shows('查看人、时间和原因将记入审计记录。');
      await inspect(clerk, 'look-reason', 'h2:text-is("手机上现在显示")');
      await clerk.press('当事人咨询');
      await clerk.button('恢复遮盖').waitFor();
      await look(clerk);
      await clerk.open(`/journeys/${signed}`);
      await clerk.press('查看人像');
      await clerk.press('核实投诉');
      await page.getByRole('img', { name: '签字前刷脸' }).waitFor();
      await inspect(clerk, 'portraits', 'h2:text-is("当事人")');
    });
  });
}
