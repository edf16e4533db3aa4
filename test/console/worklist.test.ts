import { MINUTES, setStage } from '../setup/stage';
import { clerksAt } from './browser-clerk';
import type { BrowserClerk } from './browser-clerk';
import { phonesOf } from './phones';
import { keepPicture } from './pictures';

const stage = setStage('worklist', 18_280);
const withClerk = clerksAt(stage);
const { strand } = phonesOf(stage);

const ONCE_MORE = '首次核验无结论，再次核验。';
const CLERK = '示例经办';
const REVIEWER = '示例复核甲';

/** Two clerks at their own computers. */
const withTwo = (work: (clerk: BrowserClerk, reviewer: BrowserClerk) => Promise<void>) =>
  withClerk({ login: 'clerk-1' }, (clerk) =>
    withClerk({ login: 'reviewer-1' }, (reviewer) => work(clerk, reviewer)),
  );

const claimOf = async (journey: string) => {
  const [row] = (await stage.rowsOf(
    `SELECT c.login FROM worklist w JOIN clerks c ON c.id = w.claimed_by
     WHERE w.journey_id = '${journey}' AND w.claimed_until > UTC_TIMESTAMP() LIMIT 1`,
  )) as { login: string }[];
  return row?.login;
};
const stepOf = async (journey: string) => {
  const [row] = (await stage.rowsOf(`SELECT step FROM journeys WHERE id = '${journey}'`)) as {
    step: string;
  }[];
  return row?.step;
};
/** As if nobody had renewed it for two minutes. */
const expire = (journey: string) =>
  stage.rowsOf(
    `UPDATE worklist SET claimed_until = UTC_TIMESTAMP() - INTERVAL 1 SECOND WHERE journey_id = '${journey}'`,
  );

test(
  'two clerks: who has a journey is seen at once; it is handed over, noted and put off',
  async () => {
    const { journey } = await strand('tester-1', 'undecidable');
    await withTwo(async (clerk, reviewer) => {
      await reviewer.shows('实时更新');
      await clerk.page.getByRole('link', { name: /^核验结果不明确，已等待/ }).click();
      await clerk.shows('您正在办理');
      // Nobody has loaded anything again.
      await reviewer.page.locator('[data-column=claim]', { hasText: CLERK }).waitFor();
      expect(await reviewer.barriers()).toEqual([]);
      await keepPicture(reviewer, 'worklist-claimed');
      await reviewer.open(`/journeys/${journey}`);
      await reviewer.shows(`${CLERK}正在办理，您只能查看`);
      expect(await reviewer.page.getByRole('radio', { name: /^重试/ }).isDisabled()).toBe(true);
      expect(await reviewer.button('转交').count()).toBe(0);
      await keepPicture(reviewer, 'journey-of-another');

      await clerk.fill('添加备注', '已致电当事人，下午再试');
      await clerk.press('添加');
      await reviewer.shows('已致电当事人，下午再试');

      await clerk.press('转交');
      await clerk.page.getByLabel('转交给').selectOption({ label: REVIEWER });
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'hand-over');
      await clerk.press('确定');
      await clerk.shows(`已转交给${REVIEWER}。`);
      expect(await claimOf(journey)).toBeUndefined();
      await reviewer.shows('目前无人办理');
      await reviewer.press('领取');
      await clerk.shows(`${REVIEWER}正在办理，您只能查看`);

      await clerk.page.getByRole('link', { name: '待办', exact: true }).click();
      await clerk.page.locator('[data-column=assignee]', { hasText: REVIEWER }).waitFor();
      await reviewer.press('暂缓');
      await reviewer.choose(/^明天 9:00/);
      expect(await reviewer.barriers()).toEqual([]);
      await keepPicture(reviewer, 'snooze');
      await reviewer.press('确定');
      await reviewer.shows(/^已暂缓至 .* 09:00。$/);
      await clerk.shows('没有等待处理的办理件。');
      await reviewer.page.getByRole('link', { name: '待办', exact: true }).click();
      await reviewer.page.getByRole('link', { name: '已暂缓' }).click();
      await reviewer.page.getByRole('link', { name: /^核验结果不明确，已等待/ }).click();
      await reviewer.shows('您正在办理');
      await reviewer.press('恢复办理');
      await reviewer.shows('已恢复办理。');
      await clerk.page.getByRole('link', { name: /^核验结果不明确，已等待/ }).waitFor();

      // Nothing more waits after this one.
      await reviewer.choose(/^重试/);
      await reviewer.giveReason(ONCE_MORE);
      await reviewer.press('提交：重试');
      await reviewer.shows('已重试。');
      await reviewer.shows('没有等待办理的办理件。');
      await clerk.shows('没有等待处理的办理件。');
    });
    expect(await stepOf(journey)).toBe('face');
  },
  2 * MINUTES,
);

test(
  'an expired claim loses nothing that was typed; after the decision the next journey opens',
  async () => {
    const { journey } = await strand('tester-2', 'undecidable');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.open(`/journeys/${journey}`);
      await clerk.shows('您正在办理');
      const other = await strand('tester-3', 'undecidable');
      await clerk.choose(/^重试/);
      await clerk.fill('添加备注', '尚未写完');
      await expire(journey);
      await clerk.giveReason(ONCE_MORE);
      await clerk.press('提交：重试');
      await clerk.shows('领取已超时，您填写的内容已保留');
      expect(await clerk.page.getByRole('radio', { name: /^重试/ }).isChecked()).toBe(true);
      expect(await clerk.page.getByLabel('添加备注').inputValue()).toBe('尚未写完');
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'claim-over');
      await clerk.press('重新领取');
      await clerk.shows('您正在办理');
      await clerk.press('提交：重试');
      await clerk.page.waitForURL(`**/journeys/${other.journey}*`);
      await clerk.shows('已重试。');
      await clerk.shows('您正在办理');
      expect(await claimOf(other.journey)).toBe('clerk-1');
      await keepPicture(clerk, 'journey-next');
    });
    expect(await stepOf(journey)).toBe('face');
  },
  2 * MINUTES,
);

test(
  'a claim is that of all tabs of a clerk: the last one that is closed gives it back',
  async () => {
    const { journey } = await strand('tester-4', 'undecidable');
    await withTwo(async (clerk, reviewer) => {
      await clerk.open(`/journeys/${journey}`);
      await clerk.shows('您正在办理');
      const tab = await clerk.context.newPage();
      await tab.goto(clerk.page.url());
      await tab.getByText('您正在办理').waitFor();
      await reviewer.open(`/journeys/${journey}`);
      await reviewer.shows(`${CLERK}正在办理，您只能查看`);
      await clerk.page.getByRole('link', { name: '待办', exact: true }).click();
      await clerk.isAt('待办');
      await clerk.page.locator('[data-column=claim]', { hasText: '您' }).waitFor();
      expect(await claimOf(journey)).toBe('clerk-1');
      await tab.close({ runBeforeUnload: true });
      await reviewer.shows('目前无人办理');
      expect(await claimOf(journey)).toBeUndefined();
    });
  },
  2 * MINUTES,
);

test(
  'filters and columns stand in the address, and views are saved, shared, renamed and deleted',
  () =>
    withTwo(async (clerk, reviewer) => {
      const { page } = clerk;
      await page.getByRole('navigation', { name: '按原因' }).getByText('核验结果不明确').click();
      await page.getByRole('combobox', { name: '办理时限' }).selectOption('running');
      await page.getByText('显示列').first().click();
      await page.getByRole('checkbox', { name: '优先级' }).check();
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'columns');
      await page.reload();
      await page.getByRole('columnheader', { name: '优先级' }).waitFor();
      expect(await page.getByRole('combobox', { name: '办理时限' }).inputValue()).toBe('running');
      const rows = page.locator('[data-row]');
      expect(await rows.count()).toBeGreaterThan(0);

      await clerk.press('保存为视图');
      await clerk.fill('名称', '今日时限内');
      await clerk.page.getByLabel('供谁使用').selectOption('11');
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'save-view');
      await clerk.press('保存');
      await page.getByRole('link', { name: '今日时限内' }).waitFor();

      await reviewer.page.reload();
      await reviewer.page.getByRole('link', { name: '今日时限内' }).click();
      await reviewer.page.getByRole('columnheader', { name: '优先级' }).waitFor();
      expect(new URL(reviewer.page.url()).searchParams.get('due')).toBe('running');
      expect(await reviewer.button('修改视图：今日时限内').count()).toBe(0);

      await page.getByRole('combobox', { name: '办理时限' }).selectOption('overdue');
      await clerk.shows('没有符合条件的办理件。');
      await clerk.press('修改视图：今日时限内');
      await clerk.fill('名称', '时限内');
      await clerk.press('保存');
      await page.getByRole('link', { name: '时限内', exact: true }).click();
      await rows.first().waitFor();
      await clerk.press('修改视图：时限内');
      await clerk.press('删除视图');
      await page.getByRole('link', { name: '时限内', exact: true }).waitFor({ state: 'detached' });
      await page.getByRole('link', { name: '清除筛选' }).click();
      expect(new URL(page.url()).searchParams.get('due')).toBeNull();
    }),
  MINUTES,
);

test(
  'by the keyboard alone',
  () =>
    withClerk({ login: 'clerk-1' }, async ({ page, ...clerk }) => {
      await page.locator('[data-row]').first().waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('c');
      await clerk.shows('您正在办理');
      // A key that is typed into a field does nothing else.
      await clerk.tabTo(page.getByLabel('添加备注'));
      await page.keyboard.type('e n c u ?');
      expect(await page.getByLabel('添加备注').inputValue()).toBe('e n c u ?');
      await clerk.tabTo(clerk.button('添加'));
      await page.keyboard.press('e');
      await page.getByRole('dialog', { name: '上报' }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await clerk.shows('已上报给复核人员。');
      await page.keyboard.press('u');
      await clerk.isAt('待办');
      await page.keyboard.press('n');
      await clerk.isAt('办理过程');
      await clerk.shows('您正在办理');
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: '键盘快捷键' }).waitFor();
    }),
  MINUTES,
);

/** What stands in the page but names, which are Chinese in every language. */
const wordsOf = ({ page }: BrowserClerk) =>
  page.evaluate<string>(`(() => {
    const main = document.querySelector('main').cloneNode(true);
    for (const name of main.querySelectorAll('[lang=zh-CN]')) name.remove();
    return main.textContent;
  })()`);

test(
  'list and journey have no barriers, in light and dark, in English too',
  () =>
    withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.press('English');
      for (const [name, open] of [
        ['worklist', () => clerk.page.locator('[data-row]').first().waitFor()],
        ['journey', () => clerk.page.locator('[data-row]').first().click()],
      ] as const) {
        await open();
        await clerk.page.locator('body:not(:has(.skeleton))').waitFor();
        if (name === 'journey') await clerk.shows('You work on this journey');
        expect(await wordsOf(clerk)).not.toMatch(name === 'worklist' ? /\p{Script=Han}/u : /领取|办理/);
        for (const colorScheme of ['light', 'dark'] as const) {
          await clerk.page.emulateMedia({ colorScheme });
          expect([name, await clerk.barriers()]).toEqual([name, []]);
          for (const width of [1280, 1024]) {
            await clerk.page.setViewportSize({ width, height: 900 });
            expect([name, width, await clerk.fits()]).toEqual([name, width, true]);
            await keepPicture(clerk, `${name}-en-${colorScheme}-${width}`);
          }
        }
      }
    }),
  MINUTES,
);
