import {
  checkIn,
  hashOfScan,
  next,
  reviewerOf,
  reviewIn,
  scan,
  showFull,
  tickAll,
} from '../filled-window-check';
import type { Manual } from './chapters';

export function windowCheckChapters({ stage, withClerk, strand, chapter }: Manual): void {
  chapter('到窗口办理', async ({ look, inspect }) => {
    const { journey, windowCode = '' } = await strand('tester-4', 'window');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      const { page } = clerk;
      await clerk.open(`/journeys/${journey}`);
      await clerk.choose(/^认定为本人/);
      await look(clerk);
      await clerk.fill('窗口验证码', windowCode);
      await inspect(clerk, 'window-code', '#deciding');
      await next(clerk);
      await look(clerk);
      await showFull(checkIn(clerk), '当事人在窗口，核对证件');
      await clerk.fill('证件上的有效期至', '2036-01-01');
      await tickAll(clerk);
      await inspect(clerk, 'window-document', '#deciding');
      await next(clerk);
      await tickAll(clerk);
      await look(clerk);
      await next(clerk);
      await page.getByLabel('选择文件').setInputFiles(scan);
      await clerk.shows(hashOfScan);
      await look(clerk);
      await clerk.press('上传');
      await clerk.shows('已上传。');
      await inspect(clerk, 'window-scan', '.steps');
      await next(clerk);
      await clerk.giveReason('当事人选择到窗口办理。');
      await inspect(clerk, 'window-summary', '.effects');
      await clerk.press('提请复核：认定为本人');
      await clerk.shows('已提请复核。');
    });
    await withClerk({ login: await reviewerOf(stage, journey) }, async (clerk) => {
      await clerk.isAt('待办');
      await look(clerk);
      await clerk.open(`/journeys/${journey}`);
      await reviewIn(clerk).getByRole('button', { name: '查看扫描件' }).click();
      await reviewIn(clerk).getByRole('button', { name: '复核', exact: true }).click();
      await clerk.shows('扫描件与提出时的文件一致。');
      await clerk.page.locator('.scan img').waitFor();
      await clerk.giveReason('已核对材料，与拟作决定一致。');
      await inspect(clerk, 'window-review', 'h4:text-is("提出人核对的内容")');
      await showFull(reviewIn(clerk), '复核');
      await clerk.press('同意');
      await clerk.shows('已同意，决定生效。');
      await look(clerk);
    });
  });
}
