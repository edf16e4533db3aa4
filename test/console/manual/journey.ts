import { fillNotarised } from '../filled-window-check';
import type { Manual } from './chapters';
import { signedBy } from './signed';

export function journeyChapters({ stage, withClerk, strand, chapter }: Manual): void {
  let journey = '';

  chapter('办理过程', async ({ look, inspect }) => {
    ({ journey } = await strand('tester-6', 'undecidable'));
    const signed = await signedBy(stage, strand);
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      const { page } = clerk;
      await clerk.open(`/journeys/${journey}`);
      await page.getByRole('heading', { name: '处理方式' }).waitFor();
      await page.locator('.phone').waitFor();
      await inspect(clerk, 'journey');
      await clerk.press('查看完整信息');
      await clerk.shows('查看人、时间和事由将记入审计记录。');
      await inspect(clerk, 'look-reason', 'h2:text-is("手机上现在显示")');
      await clerk.press('当事人咨询');
      await clerk.button('隐藏完整信息').waitFor();
      await look(clerk);
      await clerk.open(`/journeys/${signed}`);
      await clerk.press('查看人像');
      await clerk.press('核实投诉');
      await page.getByRole('img', { name: '签字前刷脸' }).waitFor();
      await inspect(clerk, 'portraits', 'h2:text-is("当事人")');
    });
  });

  chapter('作出决定', ({ look, inspect }) =>
    withClerk({ login: 'clerk-1' }, async (clerk) => {
      const { page } = clerk;
      await clerk.open(`/journeys/${journey}`);
      const goOn = page.getByRole('checkbox', { name: '办理后打开下一件' });
      await goOn.uncheck();
      await clerk.choose(/^重试/);
      await clerk.giveReason('首次核验无结论，再次核验。');
      await inspect(clerk, 'deciding', '#deciding');
      await fillNotarised(clerk);
      await clerk.press('提请复核：认定为本人');
      await clerk.shows('这是您提出的。复核前可以撤回');
      await inspect(clerk, 'withdraw', 'h4:text-is("提出人核对的内容")');
      await clerk.press('撤回');
      await clerk.shows('已撤回。');
      await clerk.press('暂缓');
      await clerk.press('确定');
      await page.getByRole('button', { name: /^撤销（/ }).waitFor();
      await page.getByRole('heading', { level: 1 }).click();
      await page.keyboard.press('z');
      await clerk.shows('已撤销，由您继续办理。');
      await look(clerk);
      await clerk.choose(/^重试/);
      await clerk.giveReason('首次核验无结论，再次核验。');
      await goOn.check();
      await clerk.press('提交：重试');
      await page.getByRole('link', { name: '查看上一件' }).waitFor();
      await look(clerk);
    }),
  );
}
