import { MINUTES, setStage } from '../setup/stage';
import { clerksAt } from './browser-clerk';
import type { BrowserClerk } from './browser-clerk';
import { fillWindowCheck, reviewerOf, reviewIn, showFull } from './filled-window-check';
import { phonesOf } from './phones';

const stage = setStage('two-reviewers', 18_500);
const withClerk = clerksAt(stage);
const { strand } = phonesOf(stage);

const SETTLED = '现在没有需要经办人员处理的事项。';

/** Opens the proposal and fills in the review, all but its last press. */
async function prepare(clerk: BrowserClerk, journey: string): Promise<void> {
  await clerk.open(`/journeys/${journey}`);
  await showFull(reviewIn(clerk), '复核');
  await clerk.shows('扫描件与提出时的文件一致。');
  await clerk.giveReason('已核对材料，与拟作决定一致。');
}

test(
  'a proposal that one has approved is settled on the pages of the others, and nothing is decided twice',
  async () => {
    const { journey, windowCode = '' } = await strand('tester-1', 'window');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.open(`/journeys/${journey}`);
      await fillWindowCheck(clerk, windowCode);
      await clerk.press('提请复核：认定为本人');
      await clerk.shows('已提请复核。');
    });
    const picked = await reviewerOf(stage, journey);
    const other = picked === 'reviewer-1' ? 'reviewer-2' : 'reviewer-1';
    await withClerk({ login: other }, (onlooker) =>
      // The same reviewer, on a computer that is told of no change.
      withClerk({ login: picked }, (late) =>
        withClerk({ login: picked }, async (first) => {
          await onlooker.open(`/journeys/${journey}`);
          await onlooker.shows('由系统指定的另一名人员复核。');
          await late.page.route('**/api/clerk/worklist/events', (route) => route.abort());
          await prepare(late, journey);
          await prepare(first, journey);
          await first.page.getByLabel('办理后打开下一件').uncheck();
          await first.press('同意');
          await first.shows('已同意，决定生效。');

          await onlooker.shows(SETTLED);
          await onlooker.shows(/复核：同意/);
          expect(await onlooker.button('下一件').isEnabled()).toBe(true);

          const refused = late.page.waitForResponse(/\/review$/);
          await late.press('同意');
          expect((await refused).status()).toBe(409);
          await late.shows(SETTLED);
          await late.shows(/复核：同意/);
          expect(await late.button('下一件').isEnabled()).toBe(true);
        }),
      ),
    );
    expect(
      await stage.rowsOf(`SELECT decision, state FROM decisions WHERE journey_id = '${journey}'`),
    ).toEqual([{ decision: 'accept', state: 'approved' }]);
    expect(
      await stage.rowsOf(
        `SELECT COUNT(*) AS times FROM clerk_actions
         WHERE action = 'review' AND subject_id = '${journey}' AND result = 'done'`,
      ),
    ).toEqual([{ times: 1 }]);
  },
  3 * MINUTES,
);
