import { MINUTES, setStage } from '../setup/stage';
import { clerksAt } from './browser-clerk';
import type { BrowserClerk } from './browser-clerk';
import { checkIn, hashOfScan, reviewIn, reviewerOf, scan } from './filled-window-check';
import { persons } from './manual/signed';
import { phonesOf } from './phones';

// Everything by keys: no test here uses a mouse.

const stage = setStage('keyboard', 18_480);
const withClerk = clerksAt(stage);
const { strand } = phonesOf(stage);

const stepOf = async (journey: string) => {
  const [row] = (await stage.rowsOf(`SELECT step FROM journeys WHERE id = '${journey}'`)) as {
    step: string;
  }[];
  return row?.step;
};

type Target = Parameters<BrowserClerk['tabTo']>[0];

/** What a clerk does with the keys of the keyboard. */
function handsOf({ page, tabTo }: BrowserClerk) {
  /** Goes there with Tab, and presses a key. */
  const press = async (target: Target, key: 'Enter' | 'Space' | 'ArrowDown') => {
    await tabTo(target);
    await page.keyboard.press(key);
  };
  return {
    press,
    enter: (name: string, within: Target = page.locator('main')) =>
      press(within.getByRole('button', { name, exact: true }), 'Enter'),

    /** Takes the first reason. */
    giveReason: () => press(page.getByLabel('理由', { exact: true }), 'ArrowDown'),

    /** Opens the first row of a list. */
    async openFirst(name: RegExp) {
      await page.getByRole('link', { name }).waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
    },

    async tickAll() {
      const ticks = page.locator('.ticks input');
      await ticks.first().waitFor();
      for (const tick of await ticks.all()) await press(tick, 'Space');
    },

    async showFull(part: Target, reason: string) {
      await press(part.getByRole('button', { name: '查看完整信息' }), 'Enter');
      await press(part.getByRole('button', { name: reason, exact: true }), 'Enter');
      await part.getByText('已显示完整信息。').waitFor();
    },
  };
}

test(
  'a clerk signs in, opens who is stuck, and decides',
  async () => {
    const { journey } = await strand('tester-3', 'undecidable');
    await withClerk({}, async ({ page, ...clerk }) => {
      await page.goto(clerk.home);
      await page.getByLabel('登录名').waitFor();
      await page.keyboard.type('clerk-1');
      await page.keyboard.press('Tab');
      await page.keyboard.type(clerk.passwordOf('clerk-1'));
      await page.keyboard.press('Enter');
      await page.getByLabel('身份验证器上的验证码').waitFor();
      expect(await clerk.barriers()).toEqual([]);
      await page.keyboard.type(await clerk.code('clerk-1'));
      await page.keyboard.press('Enter');
      await clerk.isAt('待办');
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: '键盘快捷键' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: /^核验结果不明确，已等待/ }).waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await clerk.isAt('办理过程');
      await page.keyboard.press('u');
      await clerk.isAt('待办');
      await page.getByRole('link', { name: /^核验结果不明确，已等待/ }).waitFor();
      await page.keyboard.press('n');
      await clerk.isAt('办理过程');
      await clerk.tabTo(page.getByRole('radio', { name: /^重试/ }));
      await page.keyboard.press('Space');
      await clerk.tabTo(page.getByLabel('理由', { exact: true }));
      await page.keyboard.press('ArrowDown');
      await clerk.tabTo(page.getByRole('button', { name: '提交：重试' }));
      await page.keyboard.press('Enter');
      await clerk.shows('已重试。');
    });
    expect(await stepOf(journey)).toBe('face');
  },
  2 * MINUTES,
);

test(
  'two clerks accept a person at the window: checks, the scan, the proposal and its review',
  async () => {
    const { journey, windowCode = '' } = await strand('tester-5', 'window');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      const { page } = clerk;
      const hands = handsOf(clerk);
      await hands.openFirst(/^到窗口办理，已等待/);
      await clerk.shows('您正在办理');
      await hands.press(page.getByRole('radio', { name: /^认定为本人/ }), 'Space');
      await clerk.tabTo(page.getByLabel('窗口验证码', { exact: true }));
      await page.keyboard.type(windowCode);
      await page.keyboard.press('Enter');
      await hands.showFull(checkIn(clerk), '当事人在窗口，核对证件');
      await hands.press(page.getByLabel('长期'), 'Space');
      await hands.tickAll();
      await hands.enter('下一步');
      await hands.tickAll();
      await hands.enter('下一步');
      const asked = page.waitForEvent('filechooser');
      await hands.press(page.getByLabel('选择文件'), 'Enter');
      await (await asked).setFiles(scan);
      await clerk.shows(hashOfScan);
      await hands.enter('上传');
      await clerk.shows('已上传。');
      await hands.enter('下一步');
      await hands.giveReason();
      await hands.enter('提请复核：认定为本人');
      await clerk.shows('已提请复核。');
    });
    await withClerk({ login: await reviewerOf(stage, journey) }, async (clerk) => {
      const { page } = clerk;
      const hands = handsOf(clerk);
      await hands.press(page.getByRole('link', { name: '待我复核' }), 'Enter');
      await page.waitForURL(/mine=true/);
      await hands.openFirst(/^到窗口办理，已等待/);
      await hands.showFull(reviewIn(clerk), '复核');
      await clerk.shows('扫描件与提出时的文件一致。');
      await hands.giveReason();
      await hands.enter('同意');
      await clerk.shows('已同意，决定生效。');
    });
    expect(await stepOf(journey)).toBe('to-dos');
  },
  3 * MINUTES,
);

test(
  'what an outage has stranded is found by its cause, previewed, and tried again together',
  async () => {
    const outage = persons.filter(({ account }) => ['tester-8', 'tester-9', 'tester-13'].includes(account));
    const journeys = await phonesOf(stage, outage).strandAll();
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      const { page } = clerk;
      const hands = handsOf(clerk);
      const causes = page.getByRole('navigation', { name: '按原因' });
      await hands.press(causes.getByRole('link', { name: /^核验服务未受理/ }), 'Enter');
      await page.getByRole('link', { name: '清除筛选' }).waitFor();
      await hands.press(page.getByRole('link', { name: '批量办理' }), 'Enter');
      await clerk.shows(`将执行 ${outage.length} 件，不执行 0 件。`);
      await hands.giveReason();
      await hands.enter(`执行 ${outage.length} 件`);
      await clerk.shows('本批次已全部处理。');
    });
    expect(await Promise.all(journeys.map(stepOf))).toEqual(journeys.map(() => 'face'));
  },
  2 * MINUTES,
);
