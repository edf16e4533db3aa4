import { readFileSync } from 'node:fs';
import { MINUTES, setStage } from '../setup/stage';
import { clerksAt } from './browser-clerk';
import { phonesOf } from './phones';
import { keepPicture } from './pictures';

const stage = setStage('console-audit', 18_280);
const withClerk = clerksAt(stage);
const { strand } = phonesOf(stage);

let journey = '';
beforeAll(async () => {
  ({ journey } = await strand('tester-1', 'undecidable'));
}, MINUTES);

test(
  'the figures show what happened, and what the table says is what the bars show',
  () =>
    withClerk({ login: 'reviewer-1' }, async (clerk) => {
      await clerk.page.getByRole('link', { name: '统计' }).click();
      await clerk.isAt('统计');
      const stuck = clerk.page.locator('section').filter({ hasText: '受阻：原因与时长' });
      await stuck.getByText('数据表').click();
      await stuck.getByRole('row', { name: '核验结果不明确 1 0 0 0 0' }).waitFor();
      const funnel = clerk.page.locator('section').filter({ hasText: '各步骤通过情况' });
      await funnel.getByText('数据表').click();
      await funnel.getByRole('row', { name: '证件核验 1 1 100.0%' }).waitFor();
      await clerk.page.getByRole('link', { name: '今天' }).click();
      await clerk.page.waitForURL(/days=1/);
      await funnel.getByRole('row', { name: '证件核验 1 1 100.0%' }).waitFor();
    }),
  MINUTES,
);

test(
  'an auditor finds an action, verifies it against the log, exports it, and finds one that was changed',
  () =>
    withClerk({ login: 'auditor-1' }, async (clerk) => {
      await clerk.open(`/actions?subject=${journey}`);
      await withClerk({ login: 'reviewer-1' }, async (other) => {
        await other.open(`/journeys/${journey}`);
        await other.isAt('办理过程');
      });
      await clerk.fill('登录名', 'reviewer-1');
      await clerk.page.getByLabel('操作', { exact: true }).selectOption('查看办理件');
      await clerk.press('查询');
      const row = clerk.page.locator('tbody tr').first();
      await row.getByText('查看办理件').waitFor();
      expect(await clerk.page.locator('tbody').innerText()).not.toContain('show-journey');
      // The worker makes a leaf of it within seconds.
      const verify = row.getByRole('button', { name: /^核验/ });
      const said = row.locator('[role=status]');
      const deadline = Date.now() + 20_000;
      do {
        await verify.click();
        await said.getByText(/已核验|日志中没有/).waitFor();
      } while (!(await said.innerText()).includes('已核验') && Date.now() < deadline);
      expect(await said.innerText()).toMatch(/已核验：该记录在有 \d+ 条记录的日志中/);
      const download = clerk.page.waitForEvent('download');
      await clerk.press('导出 CSV');
      const text = readFileSync(await (await download).path(), 'utf8');
      expect(text.startsWith('\uFEFF"id"')).toBe(true);
      expect(text).toContain('"reviewer-1"');
      expect(text).toContain(`"${journey}"`);
      // Somebody hides what they looked at.
      await stage.rowsOf(
        `UPDATE clerk_actions SET subject_id = 'journey-0' WHERE subject_id = '${journey}' AND action = 'show-journey'`,
      );
      await clerk.open('/actions?login=reviewer-1&action=show-journey');
      await row.getByText('不符').waitFor();
      await row.getByText('记录可能被改动').waitFor();
      await row.getByRole('button', { name: /^核验/ }).click();
      await row.getByText('日志中没有与本条记录相符的内容').waitFor();
      await clerk.page.getByRole('link', { name: '异常使用报告' }).click();
      await clerk.isAt('异常使用报告');
    }),
  2 * MINUTES,
);

test.each([
  ['figures', '/figures', 'reviewer-1'],
  ['audit', '/actions?action=sign-in', 'auditor-1'],
  ['unusual-use', '/unusual-use', 'auditor-1'],
])(
  '%s has no barriers in light and dark, in both languages, and fits',
  (name, path, login) =>
    withClerk({ login }, async (clerk) => {
      for (const language of ['zh', 'en']) {
        await clerk.open(path);
        if (language === 'en') await clerk.press('English');
        await clerk.page.locator('main:not(:has(.skeleton)) h1').waitFor();
        for (const colorScheme of ['light', 'dark'] as const) {
          await clerk.page.emulateMedia({ colorScheme });
          expect([name, await clerk.barriers()]).toEqual([name, []]);
          for (const width of [1280, 1024]) {
            await clerk.page.setViewportSize({ width, height: 768 });
            expect([name, width, await clerk.fits()]).toEqual([name, width, true]);
            await keepPicture(clerk, `${name}-${language}-${colorScheme}-${width}`);
          }
        }
      }
      expect(await clerk.page.locator('main').innerText()).not.toMatch(/\p{Script=Han}/u);
    }),
  2 * MINUTES,
);

test(
  'the keyboard alone verifies an action',
  () =>
    withClerk({ login: 'auditor-1' }, async ({ page, ...clerk }) => {
      await clerk.open('/actions?action=show-journey');
      await clerk.tabTo(page.locator('tbody tr').first().getByRole('button', { name: /^核验/ }));
      await page.keyboard.press('Enter');
      await page
        .locator('[role=status]')
        .filter({ hasText: /已核验|日志中没有/ })
        .first()
        .waitFor();
    }),
  MINUTES,
);
