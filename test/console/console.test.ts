import { MINUTES, setStage } from '../setup/stage';
import { clerksAt, totpCode } from './browser-clerk';
import type { BrowserClerk } from './browser-clerk';
import { fillNotarised, fillWindowCheck, reviewIn, showFull } from './filled-window-check';
import { phonesOf } from './phones';
import { keepPicture } from './pictures';

const stage = setStage('console', 18_260);
const withClerk = clerksAt(stage);
const { strand } = phonesOf(stage);

const stepOf = async (journey: string) => {
  const [row] = (await stage.rowsOf(`SELECT step FROM journeys WHERE id = '${journey}'`)) as {
    step: string;
  }[];
  return row?.step;
};
const ONCE_MORE = '首次核验无结论，再次核验。';

test(
  'a clerk signs in, finds who is stuck, decides, and the journey goes on',
  async () => {
    const { journey } = await strand('tester-1', 'undecidable');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.isAt('待办');
      await clerk.page.getByRole('link', { name: /^核验结果不明确，已等待/ }).click();
      await clerk.isAt('办理过程');
      await clerk.shows('受阻：核验结果不明确');
      await clerk.shows('**甲');
      await clerk.choose(/^重试/);
      await clerk.shows('不能撤销。');
      await clerk.giveReason(ONCE_MORE);
      await clerk.fill('补充说明（选填）', '已电话说明');
      await clerk.press('提交：重试');
      await clerk.shows('已重试。');
      expect(await stepOf(journey)).toBe('face');
      await clerk.shows('您决定：重试');
      await clerk.shows(`理由：${ONCE_MORE}补充说明：已电话说明`);
      expect(await clerk.page.getByRole('region', { name: '经过' }).innerText()).not.toMatch(/。；/);
    });
  },
  MINUTES,
);

/** A journey that waits for clerks until the end of these tests. */
let waitingJourney: ReturnType<typeof strand> | undefined;
const waiting = () => (waitingJourney ??= strand('tester-5', 'window'));

/** Proposes what the clerk has seen at the window. */
async function propose(clerk: BrowserClerk, journey: string, windowCode: string) {
  await clerk.open(`/journeys/${journey}`);
  await fillWindowCheck(clerk, windowCode);
  await clerk.press('提请复核：认定为本人');
}

test(
  'four eyes: nobody reviews their own proposal; whom the system picked does, and the person goes on',
  async () => {
    const { journey, windowCode = '' } = await strand('tester-2', 'window');
    await withClerk({ login: 'reviewer-1' }, async (clerk) => {
      // A wrong code loses nothing that was typed or chosen.
      const wrong = windowCode === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA';
      await propose(clerk, journey, wrong);
      await clerk.shows('窗口验证码不正确');
      await clerk.fill('窗口验证码', windowCode);
      await clerk.page.getByRole('button', { name: /提请复核$/ }).click();
      await clerk.press('提请复核：认定为本人');
      await clerk.shows('已提请复核。');
      await clerk.shows('这是您自己提出的');
      expect(await clerk.button('同意').count()).toBe(0);
      // Not by the api either.
      const refused = await clerk.page.evaluate<string>(`(async () => {
        const { csrfToken } = await (await fetch('/api/clerk/session')).json();
        const { proposal, revision } = await (await fetch('/api/clerk/journeys/${journey}')).json();
        const post = (path, body) => fetch('/api/clerk/journeys/${journey}/' + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken, 'idempotency-key': 'own' },
          body: JSON.stringify(body),
        });
        await post('claim', {});
        const response = await post('proposals/' + proposal.id + '/review', { revision, verdict: 'approve', reason: 'compared-and-agrees' });
        const { error } = await response.json();
        await post('claim/release', {});
        return error.code;
      })()`);
      expect(refused).toBe('not_the_reviewer');
    });
    await withClerk({ login: 'reviewer-2' }, async (clerk) => {
      await clerk.open('/?mine=true');
      await clerk.page.getByRole('link', { name: /^到窗口办理，已等待/ }).click();
      await clerk.shows('待复核的决定');
      // Six minutes after the second factor it is asked for again, and nothing is lost.
      await stage.rowsOf('UPDATE clerk_sessions SET second_factor_at = second_factor_at - INTERVAL 6 MINUTE');
      await showFull(reviewIn(clerk), '复核');
      await clerk.shows('扫描件与提出时的文件一致。');
      await clerk.giveReason('已核对材料，与拟作决定一致。');
      await clerk.press('同意');
      const dialog = clerk.page.getByRole('dialog', { name: '请再次验证' });
      await dialog.waitFor();
      await dialog.getByLabel('身份验证器上的验证码').fill('000000');
      await dialog.getByRole('button', { name: '验证', exact: true }).click();
      await clerk.shows('第二步验证未通过');
      expect(await clerk.barriers()).toEqual([]);
      await dialog.getByLabel('身份验证器上的验证码').fill(await clerk.code('reviewer-2'));
      await dialog.getByRole('button', { name: '验证', exact: true }).click();
      await clerk.shows('已同意，决定生效。');
    });
    expect(await stepOf(journey)).toBe('to-dos');
  },
  2 * MINUTES,
);

test(
  'a proposal is taken back by its proposer, and what was put off is taken up again, by one key',
  async () => {
    const { journey } = await strand('tester-6', 'undecidable');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      const { page } = clerk;
      await clerk.open(`/journeys/${journey}`);
      await clerk.shows('您正在办理');
      await page.getByRole('checkbox', { name: '办理后打开下一件' }).uncheck();
      await fillNotarised(clerk);
      await clerk.shows('复核前可由提出人撤回；复核后不能撤销。');
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'journey-effects');
      await clerk.press('提请复核：认定为本人');
      await clerk.shows('这是您提出的。复核前可以撤回');
      await clerk.press('撤回');
      await clerk.shows('已撤回。');
      await clerk.shows('您正在办理');
      await clerk.press('上报');
      await clerk.press('确定');
      await clerk.shows('已上报给复核人员。');
      await clerk.press('领取');
      await clerk.shows('您正在办理');
      await clerk.press('暂缓');
      await clerk.press('确定');
      await clerk.button('撤销（10 秒）').or(clerk.button('撤销（9 秒）')).waitFor();
      expect(await clerk.barriers()).toEqual([]);
      await page.keyboard.press('z');
      await clerk.shows('已撤销，由您继续办理。');
      await clerk.shows('您正在办理');
      // Whose it was before.
      expect(
        await stage.rowsOf(
          `SELECT DISTINCT assignee, snoozed_until FROM worklist WHERE journey_id = '${journey}'`,
        ),
      ).toEqual([{ assignee: 'reviewers', snoozed_until: null }]);
      await clerk.choose(/^重试/);
      await clerk.giveReason(ONCE_MORE);
      await clerk.press('提交：重试');
      await clerk.shows('已重试。');
    });
    expect(await stepOf(journey)).toBe('face');
  },
  2 * MINUTES,
);

test(
  'a stale page, a second tab and a lost session each have a sentence, and what was typed stays',
  async () => {
    const { journey } = await strand('tester-4', 'undecidable');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.open(`/journeys/${journey}`);
      await clerk.choose(/^重试/);
      await showFull(clerk.page.getByRole('main'), '当事人咨询');
      // Somebody signs in and out in another tab: the session of this one is another one's now.
      const tab = await clerk.context.newPage();
      await tab.goto(clerk.home);
      await tab.getByRole('button', { name: '退出' }).click();
      await tab.getByLabel('登录名').waitFor();
      // The page learns of it by itself, or by the next thing that its clerk does.
      const dialog = clerk.page.getByRole('dialog', { name: '登录已失效' });
      await dialog.waitFor();
      expect(await clerk.barriers()).toEqual([]);
      expect(await clerk.page.getByText('已显示完整信息。').count()).toBe(0);
      await clerk.page.keyboard.press('Escape');
      await dialog.waitFor();
      await dialog.getByLabel('密码').fill(clerk.passwordOf('clerk-1'));
      await dialog.getByRole('button', { name: '登录' }).click();
      await dialog.getByLabel('身份验证器上的验证码').fill(await clerk.code('clerk-1'));
      await dialog.getByRole('button', { name: '验证', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await clerk.page.getByRole('radio', { name: /^重试/ }).isChecked()).toBe(true);
      // A tab that signs in anew changes the token against CSRF, which is then renewed unseen.
      await tab.getByLabel('登录名').fill('clerk-1');
      await tab.getByLabel('密码').fill(clerk.passwordOf('clerk-1'));
      await tab.getByRole('button', { name: '登录' }).click();
      await tab.getByLabel('身份验证器上的验证码').fill(await clerk.code('clerk-1'));
      await tab.getByRole('button', { name: '验证', exact: true }).click();
      await tab.getByRole('navigation', { name: '主菜单' }).waitFor();
      // Another clerk was faster.
      await stage.rowsOf(`UPDATE journeys SET revision = revision + 1 WHERE id = '${journey}'`);
      await clerk.giveReason(ONCE_MORE);
      await clerk.press('提交：重试');
      await clerk.shows('页面内容已更新');
      expect(await clerk.page.getByRole('radio', { name: /^重试/ }).isChecked()).toBe(true);
    });
  },
  2 * MINUTES,
);

test(
  'a one-time password is changed and a second factor enrolled before anything else; a recovery code replaces it',
  () =>
    withClerk({ login: 'admin-1' }, async (admin) => {
      await admin.isAt('账号');
      await admin.fill('登录名', 'new-clerk');
      await admin.fill('姓名', '新经办');
      await admin.fill('管辖范围', '110105');
      await admin.page.getByLabel('管辖范围').press('Enter');
      await admin.page.getByRole('button', { name: '移除 北京市朝阳区' }).waitFor();
      await admin.press('新增');
      const oneTime = await admin.page.locator('.secret').innerText();
      await withClerk({}, async (clerk) => {
        await clerk.page.goto(clerk.home);
        await clerk.fill('登录名', 'new-clerk');
        await clerk.fill('密码', oneTime);
        await clerk.press('登录');
        await clerk.shows('您用的是一次性密码');
        await clerk.fill('新密码（至少 12 个字符）', 'short');
        await clerk.fill('再次输入新密码', 'short');
        await clerk.press('修改密码');
        await clerk.shows('新密码至少 12 个字符。');
        await clerk.fill('新密码（至少 12 个字符）', 'a-password-of-its-own');
        await clerk.fill('再次输入新密码', 'a-password-of-its-own');
        await clerk.press('修改密码');
        await clerk.shows('绑定第二步验证方式');
        await clerk.shows('当前浏览器或访问地址不支持通行密钥。');
        expect(await clerk.barriers()).toEqual([]);
        await clerk.press('绑定身份验证器');
        const secret = await clerk.page.locator('.secret').innerText();
        expect(await clerk.barriers()).toEqual([]);
        await keepPicture(clerk, 'enrol');
        await clerk.fill('身份验证器上的验证码', '000000');
        await clerk.press('绑定');
        await clerk.shows('绑定未成功');
        await clerk.fill('身份验证器上的验证码', totpCode(secret));
        await clerk.press('绑定');
        await clerk.shows('请保存恢复码');
        expect(await clerk.barriers()).toEqual([]);
        await keepPicture(clerk, 'recovery-codes');
        const [recoveryCode = ''] = await clerk.page.locator('.recovery-codes code').allInnerTexts();
        await clerk.press('已保存，继续');
        await clerk.isAt('待办');
        await clerk.press('退出');
        await clerk.fill('登录名', 'new-clerk');
        await clerk.fill('密码', 'a-password-of-its-own');
        await clerk.press('登录');
        await clerk.press('无法使用身份验证器或通行密钥，改用恢复码');
        await clerk.fill('恢复码', recoveryCode);
        await keepPicture(clerk, 'second-step');
        await clerk.press('验证');
        await clerk.isAt('待办');
        await clerk.open('/security');
        await clerk.shows('还有 9 个未使用。');
        await clerk.press('全部退出');
        await clerk.page.getByLabel('登录名').waitFor();
      });
    }),
  2 * MINUTES,
);

// After the others, which have left something on every page.
test.each<[login: string, pages: [name: string, path: string][]]>([
  [
    'reviewer-1',
    [
      ['worklist', ''],
      ['journey', '/journeys/JOURNEY'],
      ['flags', '/flags?all=true'],
      ['matters', '/matters'],
      ['matter', '/matters/sample-registry/SAMPLE-0001'],
      ['missing', '/nothing'],
    ],
  ],
  [
    'clerk-1',
    [
      ['complaints', '/complaints'],
      ['security', '/security'],
    ],
  ],
  ['auditor-1', [['actions', '/actions?subject=JOURNEY']]],
  [
    'admin-1',
    [
      ['accounts', '/accounts'],
      ['acts', '/acts'],
      ['password', '/password'],
    ],
  ],
])(
  'the pages of %s have no barriers in light and dark, and fit a window and a tablet',
  async (login, pages) => {
    const { journey } = await waiting();
    await withClerk({ login }, async (clerk) => {
      for (const [name, path] of pages) {
        await clerk.open(path.replace('JOURNEY', journey));
        await clerk.page.locator('main h1').waitFor();
        await clerk.page.locator('body:not(:has(.skeleton))').waitFor();
        for (const colorScheme of ['light', 'dark'] as const) {
          await clerk.page.emulateMedia({ colorScheme });
          expect([name, await clerk.barriers()]).toEqual([name, []]);
          for (const width of [1280, 1024]) {
            await clerk.page.setViewportSize({ width, height: 768 });
            expect([name, width, await clerk.fits()]).toEqual([name, width, true]);
            await keepPicture(clerk, `${name}-${colorScheme}-${width}`);
          }
        }
      }
    });
  },
  2 * MINUTES,
);

test(
  'everything is English after a press',
  () =>
    withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.press('English');
      await clerk.isAt('Worklist');
      await clerk.page.reload();
      await clerk.isAt('Worklist');
      expect(await clerk.page.locator('html').getAttribute('lang')).toBe('en');
      // Names of places are Chinese, and say so.
      const main = await clerk.page.evaluate<string>(`(() => {
        const copy = document.querySelector('main').cloneNode(true);
        for (const part of copy.querySelectorAll('[lang="zh-CN"]')) part.remove();
        return copy.textContent;
      })()`);
      expect(main).not.toMatch(/\p{Script=Han}/u);
      await clerk.open('/security');
      await clerk.isAt('Account security');
      await clerk.shows('Recovery codes');
      expect(await clerk.page.locator('main').innerText()).not.toMatch(/\p{Script=Han}/u);
    }),
  MINUTES,
);
