import { MINUTES, setStage } from '../setup/stage';
import { clerksAt } from './browser-clerk';
import { newHolders, phonesOf } from './phones';
import { keepPicture } from './pictures';

const COUNT = 20;
const holders = newHolders(COUNT);

const stage = setStage('batch', 18_300, holders);
const withClerk = clerksAt(stage);
const { strandAll } = phonesOf(stage, holders);

const stepsOf = async () =>
  (
    (await stage.rowsOf('SELECT step, COUNT(*) AS n FROM journeys GROUP BY step')) as {
      step: string;
      n: number;
    }[]
  ).map(({ step, n }) => [step, n]);
const decisions = async () =>
  (await stage.rowsOf('SELECT journey_id, reason FROM decisions WHERE decision = "retry"')) as {
    journey_id: string;
    reason: string;
  }[];
const LIST = '/?cause=vendor-refused';

test(
  'an outage strands twenty: a clerk previews a retry of all, loses the connection, continues, and nothing is done twice',
  async () => {
    const journeys = await strandAll();
    expect(await stepsOf()).toEqual([['stuck', COUNT]]);
    // A reviewer holds one on purpose until the other nineteen are done.
    const [held = ''] = journeys;
    await withClerk({ login: 'reviewer-1' }, (reviewer) =>
      withClerk({ login: 'clerk-1' }, async (clerk) => {
        const { page } = clerk;
        await reviewer.open(`/journeys/${held}`);
        await reviewer.shows('您正在办理');

        const belongTo = (authority: string) =>
          stage.rowsOf(`UPDATE worklist SET authority = '${authority}' WHERE journey_id = '${held}'`);
        await belongTo('110105');
        await clerk.open(LIST);
        await page.getByRole('link', { name: '批量办理' }).click();
        await clerk.isAt('批量办理');
        await clerk.shows(`将执行 ${COUNT - 1} 件，不执行 1 件。`);
        await clerk.shows('他人正在办理');
        await clerk.shows('北京市朝阳区');
        await belongTo('national');
        // What else narrows the list is named, and can be left out here.
        await clerk.open('/batches/new?cause=vendor-refused&authority=11');
        const chosen = page.getByRole('region', { name: '同时适用的筛选条件' });
        await chosen.getByText('北京市', { exact: true }).waitFor();
        await chosen.getByRole('link', { name: '清除筛选' }).click();
        await chosen.waitFor({ state: 'detached' });
        await clerk.shows(`将执行 ${COUNT - 1} 件，不执行 1 件。`);
        // What the clerk reads does not change while they look elsewhere.
        const previews: string[] = [];
        page.on('request', (sent) => {
          if (sent.url().endsWith('/api/clerk/batch-previews')) previews.push(sent.method());
        });
        await page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
        await page.evaluate('fetch("/api/clerk/session").then(() => undefined)');
        expect(previews).toEqual([]);
        await clerk.shows('系统重做未完成的核验，手机显示核验结果。');
        const run = clerk.button(`执行 ${COUNT - 1} 件`);
        expect(await run.isDisabled()).toBe(true);
        await page.getByLabel('理由').selectOption({ label: '核验服务已恢复正常。' });
        expect(await clerk.barriers()).toEqual([]);
        await keepPicture(clerk, 'batch-preview');

        // The answer to the first ten is lost, and they are done all the same.
        let isLost = false;
        await page.route('**/api/clerk/batches/*/run', async (route) => {
          if (!isLost) await route.fetch();
          isLost = true;
          await route.abort();
        });
        await run.click();
        await clerk.isAt('批量重试');
        // The page may have read by then that ten are done.
        await clerk.button('开始执行').or(clerk.button('继续执行')).waitFor();
        await page.unroute('**/api/clerk/batches/*/run');
        expect((await decisions()).length).toBe(10);
        await page.reload();
        await clerk.shows('已执行 10 件，未执行 0 件，待执行 9 件。');
        expect(await clerk.barriers()).toEqual([]);
        await keepPicture(clerk, 'batch-interrupted');

        // It is found again, and continued.
        await clerk.open('/batches/new');
        await page.getByRole('link', { name: '重试：还有 9 / 19 件' }).click();
        await clerk.press('继续执行');
        await clerk.shows('本批次已全部处理。');
        await clerk.shows(`已执行 ${COUNT - 1} 件，未执行 0 件，待执行 0 件。`);
        expect(await page.locator('tr[data-result=done]').count()).toBe(COUNT - 1);
        expect(await clerk.barriers()).toEqual([]);
        await page.setViewportSize({ width: 820, height: 1000 });
        expect(await clerk.fits()).toBe(true);
        await keepPicture(clerk, 'batch-done');

        // How things are now follows the worklist, here as the reviewer lets go of the one; and is read at a press.
        const [done = ''] = journeys.filter((journey) => journey !== held);
        const row = page.getByRole('row').filter({ has: page.locator(`a[href$="${done}"]`) });
        const stepIs = (step: string) =>
          stage.rowsOf(`UPDATE journeys SET step = '${step}' WHERE id = '${done}'`);
        await row.getByText('身份核验：等待本人刷脸').waitFor();
        await stepIs('closed');
        await reviewer.open('/');
        await row.getByText('本次办理已结束').waitFor();
        await stepIs('face');
        await clerk.press('刷新');
        await row.getByText('身份核验：等待本人刷脸').waitFor();

        // The one that the reviewer held on purpose goes on by itself.
        await clerk.open('/batches/new?cause=vendor-refused');
        await page.getByLabel('理由').selectOption({ label: '核验服务已恢复正常。' });
        await clerk.press('执行 1 件');
        await clerk.shows('本批次已全部处理。');
      }),
    );
    expect(await stepsOf()).toEqual([['face', COUNT]]);
    const made = await decisions();
    expect(new Set(made.map(({ journey_id: journey }) => journey)).size).toBe(made.length);
    expect(made.map(({ reason }) => reason)).toEqual(made.map(() => 'service-restored'));
    const recorded = (await stage.rowsOf(
      `SELECT action, result, COUNT(*) AS n FROM clerk_actions
       WHERE action IN ('make-batch', 'decide') GROUP BY action, result ORDER BY action`,
    )) as { action: string; result: string; n: number }[];
    expect(recorded.map(({ action, result, n }) => [action, result, n])).toEqual([
      ['decide', 'done', COUNT],
      ['make-batch', 'done', 2],
    ]);
  },
  4 * MINUTES,
);
