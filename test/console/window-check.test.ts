import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from 'playwright-core';
import { MINUTES, setStage } from '../setup/stage';
import { clerksAt } from './browser-clerk';
import type { BrowserClerk } from './browser-clerk';
import {
  checkIn,
  fillWindowCheck,
  hashOfScan,
  next,
  reviewIn,
  reviewerOf,
  scan,
  showFull,
  tickAll,
} from './filled-window-check';
import { phonesOf } from './phones';
import { keepPicture } from './pictures';

const stage = setStage('window-check', 18_300);
const withClerk = clerksAt(stage);
const { strand, waitAtWindow } = phonesOf(stage);

const file = (content: Buffer | string, name = 'scan.pdf') => ({
  ...{ name, mimeType: 'application/pdf' },
  buffer: Buffer.from(content),
});
// In two parts: else scanners would take this file for the virus.
const virus = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-' + 'ANTIVIRUS-TEST-FILE!$H+H*';
const choose = ({ page }: BrowserClerk, chosen: ReturnType<typeof file> | string) =>
  page.getByLabel(/^(选择|另选)文件$/).setInputFiles(chosen);
const open = ({ page }: BrowserClerk, step: string) =>
  page.getByRole('list', { name: '办理步骤' }).getByRole('button', { name: step }).click();

const AT_WINDOW = '当事人在窗口，核对证件';

/** Has the person have entered another day than the one that the document will bear. */
const enteredAnotherDay = ({ page }: BrowserClerk, journey: string, more: () => object = () => ({})) =>
  page.route(`**/api/clerk/journeys/${journey}/person`, async (route) => {
    const answer = await route.fetch();
    const { person, ...rest } = (await answer.json()) as { person: object };
    await route.fulfill({
      json: { ...rest, person: { ...person, validUntil: '2035-12-31' }, ...more() },
    });
  });
const DIFFERS = '与当事人录入的有效期（2035-12-31）不同';

test(
  'two clerks accept a person with the phone’s code, who then signs',
  async () => {
    const { journey, windowCode, sign } = await waitAtWindow('tester-1');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.open(`/journeys/${journey}`);
      await clerk.choose(/^认定为本人/);
      await next(clerk);
      await clerk.shows('请录入手机上显示的窗口验证码');
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'window-check-code');
      const wrong = windowCode === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA';
      await clerk.fill('窗口验证码', wrong);
      await next(clerk);
      // A document that has expired proves nothing.
      await clerk.fill('证件上的有效期至', '2020-01-01');
      await tickAll(clerk);
      await next(clerk);
      // Nor is it compared with what is masked.
      await clerk.page.getByRole('alert').getByText('请先查看完整信息，再逐项核对。').waitFor();
      await enteredAnotherDay(clerk, journey);
      await showFull(checkIn(clerk), AT_WINDOW);
      await next(clerk);
      await clerk.shows('证件已过有效期');
      await clerk.fill('证件上的有效期至', '2036-01-01');
      await clerk.shows(DIFFERS);
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'window-check-document');
      await next(clerk);
      await next(clerk);
      await clerk.shows('请逐项核对并勾选');
      await tickAll(clerk);
      // One look is shown in both places, and recorded once.
      await checkIn(clerk).getByRole('button', { name: '查看人像' }).click();
      await clerk.press(AT_WINDOW);
      await clerk.shows('已显示人像。');
      expect(await clerk.button('收起人像').count()).toBe(2);
      expect(
        await stage.rowsOf(
          `SELECT reason FROM clerk_actions WHERE subject_id = '${journey}' AND action = 'show-portraits'`,
        ),
      ).toEqual([{ reason: 'at-window' }]);
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'window-check-comparison');
      await next(clerk);
      await choose(clerk, scan);
      await clerk.shows(hashOfScan);
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'window-check-scan');
      await clerk.press('上传');
      await clerk.shows('已上传。');

      // A reload keeps what is not personal.
      await clerk.page.reload();
      await clerk.choose(/^认定为本人/);
      expect(await clerk.page.getByLabel('窗口验证码').inputValue()).toBe('');
      await clerk.fill('窗口验证码', wrong);
      await next(clerk);
      expect(await clerk.page.getByLabel('证件上的有效期至').inputValue()).toBe('');
      await showFull(checkIn(clerk), AT_WINDOW);
      await clerk.fill('证件上的有效期至', '2036-01-01');
      await open(clerk, '扫描材料');
      await clerk.press('查看扫描件');
      await clerk.shows('扫描件与上传的文件一致');
      await open(clerk, '提请复核');
      await clerk.giveReason('当事人选择到窗口办理。');
      expect(await clerk.barriers()).toEqual([]);
      expect(await checkIn(clerk).innerText()).not.toContain('**');
      await keepPicture(clerk, 'window-check-summary');
      await clerk.press('提请复核：认定为本人');

      await clerk.shows('窗口验证码不正确');
      await keepPicture(clerk, 'window-check-wrong-code');
      await clerk.fill('窗口验证码', ` ${windowCode.slice(0, 3)}-${windowCode.slice(3)}`.toLowerCase());
      await open(clerk, '提请复核');
      // What was refused is said where it is put right.
      expect(await checkIn(clerk).getByText('窗口验证码不正确').count()).toBe(0);
      await clerk.press('提请复核：认定为本人');
      await clerk.shows('已提请复核。');
    });
    await withClerk({ login: await reviewerOf(stage, journey) }, async (clerk) => {
      // The same as a proposal of another name: that name has to be on the screen.
      let proposedName: object = {};
      await enteredAnotherDay(clerk, journey, () => proposedName);
      const asName = async (route: Route) => {
        const answer = await route.fetch();
        const { proposal, ...rest } = (await answer.json()) as { proposal: object };
        await route.fulfill({ json: { ...rest, proposal: { ...proposal, decision: 'correct-name' } } });
      };
      await clerk.page.route(`**/api/clerk/journeys/${journey}`, asName);
      for (const isKnown of [false, true]) {
        proposedName = isKnown ? { proposedName: '沙箱㐀' } : {};
        await clerk.open(`/journeys/${journey}`);
        await clerk.giveReason('已核对材料，与拟作决定一致。');
        await showFull(reviewIn(clerk), '复核');
        await clerk.shows('扫描件与提出时的文件一致。');
        expect(await reviewIn(clerk).locator('ins').count()).toBe(isKnown ? 1 : 0);
        expect(await clerk.button('同意').isDisabled()).toBe(!isKnown);
      }
      await clerk.page.unroute(`**/api/clerk/journeys/${journey}`, asName);

      await clerk.open(`/journeys/${journey}`);
      // The scan shows an identity document: it has a reason, which the page asks for once.
      await reviewIn(clerk).getByRole('button', { name: '查看扫描件' }).click();
      await reviewIn(clerk).getByRole('button', { name: '复核', exact: true }).click();
      await clerk.shows('扫描件与提出时的文件一致。');
      await clerk.shows('当事人与证件照片、人像是同一人');
      // The day on the document is masked as the person is.
      await reviewIn(clerk).getByText('****-**-**').waitFor();
      expect(await clerk.page.getByText('2036-01-01').count()).toBe(0);
      await clerk.page.locator('.scan img').waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await clerk.page.emulateMedia({ colorScheme });
        expect(await clerk.barriers()).toEqual([]);
        await keepPicture(clerk, `window-check-review-${colorScheme}`);
      }
      await clerk.giveReason('已核对材料，与拟作决定一致。');
      await clerk.shows('请先查看完整信息，核对后方可同意。');
      expect(await clerk.button('同意').isDisabled()).toBe(true);
      await showFull(reviewIn(clerk), '复核');
      await clerk.shows('2036-01-01');
      await clerk.shows(DIFFERS);
      await clerk.press('同意');
      await clerk.shows('已同意，决定生效。');
      expect(
        await stage.rowsOf(
          `SELECT reason, COUNT(*) AS times FROM clerk_actions
           WHERE subject_id = '${journey}' AND action = 'show-scan' GROUP BY reason ORDER BY reason`,
        ),
      ).toEqual([
        { reason: 'at-window', times: 1 },
        { reason: 'review', times: 3 },
      ]);
    });
    expect(await sign()).toMatch(/^\d{8}-/);
  },
  3 * MINUTES,
);

test(
  'a file that is no scan, a virus, a lost claim and a lost session each have a sentence, and nothing is lost',
  async () => {
    const { journey, windowCode = '' } = await strand('tester-2', 'window');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.open(`/journeys/${journey}`);
      await fillWindowCheck(clerk, windowCode);
      await open(clerk, '扫描材料');
      // From the disk, since it is too much for the line to the browser.
      const large = join(stage.newFolder('scans'), 'scan.pdf');
      writeFileSync(large, Buffer.alloc(20 * 1024 * 1024 + 1, '%PDF-1.7 '));
      for (const [chosen, sentence] of [
        [large, '该文件超过 20 MB'],
        [file('<html>', 'scan.png'), '该文件不是 PDF、JPEG 或 PNG'],
        [file(''), '该文件为空'],
      ] as const) {
        await choose(clerk, chosen);
        await clerk.shows(sentence);
        // The scan that was uploaded before is still there.
        await clerk.shows('已上传。');
      }
      expect(await clerk.barriers()).toEqual([]);
      await keepsTheChosenScan(clerk);
      await choose(clerk, file(`%PDF-1.7 ${virus}`));
      await clerk.press('上传');
      await clerk.shows('在该文件中发现病毒');
      expect(await clerk.page.getByRole('link', { name: '在新标签页打开 PDF' }).count()).toBe(0);
      await keepPicture(clerk, 'window-check-virus');
      const [action] = (await stage.rowsOf(
        `SELECT result FROM clerk_actions WHERE action = 'upload-scan' ORDER BY id DESC LIMIT 1`,
      )) as { result: string }[];
      expect(action?.result).toBe('scan_infected');

      await choose(clerk, scan);
      await stage.rowsOf(
        `UPDATE worklist SET claimed_until = UTC_TIMESTAMP() - INTERVAL 1 SECOND WHERE journey_id = '${journey}'`,
      );
      await clerk.press('上传');
      await clerk.shows('领取已超时');
      await clerk.press('重新领取');
      await clerk.shows('您正在办理');
      // Another tab has ended the session.
      await clerk.page.evaluate(`(async () => {
        const { csrfToken } = await (await fetch('/api/clerk/session')).json();
        const headers = { 'content-type': 'application/json', 'x-csrf-token': csrfToken };
        await fetch('/api/clerk/session/end', { method: 'POST', headers, body: '{}' });
      })()`);
      await clerk.page.getByRole('button', { name: /上传$/ }).click();
      const dialog = clerk.page.getByRole('dialog', { name: '登录已失效' });
      await dialog.getByLabel('密码').fill(clerk.passwordOf('clerk-1'));
      await dialog.getByRole('button', { name: '登录' }).click();
      await dialog.getByLabel('身份验证器上的验证码').fill(await clerk.code('clerk-1'));
      await dialog.getByRole('button', { name: '验证', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await clerk.page.getByRole('button', { name: /上传$/ }).click();
      await clerk.shows('已上传。');
      await open(clerk, '核对手机');
      expect(await clerk.page.getByLabel('窗口验证码').inputValue()).toBe(windowCode);
      await open(clerk, '提请复核');
      await clerk.press('提请复核：认定为本人');
      await clerk.shows('已提请复核。');
      await clerk.page.getByRole('heading', { level: 1 }).click();
      await clerk.page.keyboard.press('z');
      await clerk.shows('已撤回。');
    });
  },
  3 * MINUTES,
);

/** Of two files that are chosen quickly the last counts; while it is uploaded none takes its place, and other steps may be open. */
async function keepsTheChosenScan(clerk: BrowserClerk): Promise<void> {
  const { page } = clerk;
  const [first, second] = [file('%PDF-1.7 first', 'first.pdf'), file('%PDF-1.7 second')];
  const hashOf = ({ buffer }: typeof first) => createHash('sha256').update(buffer).digest('hex');
  await page.evaluate(`(() => {
    const { arrayBuffer } = Blob.prototype;
    let goOn;
    const late = new Promise((then) => (goOn = then));
    Blob.prototype.arrayBuffer = async function () {
      if (this.name === 'first.pdf') await late;
      return await arrayBuffer.call(this);
    };
    // The same work again takes as long.
    window.readFirst = async () => {
      goOn();
      await crypto.subtle.digest('SHA-256', await new Blob(['as long']).arrayBuffer());
      await new Promise(requestAnimationFrame);
      Blob.prototype.arrayBuffer = arrayBuffer;
    };
  })()`);
  await choose(clerk, first);
  await choose(clerk, second);
  await clerk.shows(hashOf(second));
  await page.evaluate('window.readFirst()');

  let goOn = () => {};
  const held = new Promise<void>((then) => (goOn = then));
  await page.route('**/scans?*', async (route) => {
    await held;
    await route.continue();
  });
  await clerk.press('上传');
  await clerk.shows('正在上传');
  const dropped = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['%PDF-1.7 dropped'], 'dropped.pdf'));
    return transfer;
  })()`);
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer: dropped });
  await open(clerk, '核对手机');
  const uploaded = page.waitForResponse('**/scans?*');
  goOn();
  expect((await uploaded).ok()).toBe(true);
  await open(clerk, '扫描材料');
  await clerk.shows('已上传。');
  await clerk.shows(hashOf(second));
  await page.unroute('**/scans?*');
}

test(
  'fits a tablet, and speaks English',
  async () => {
    const { journey } = await strand('tester-3', 'window');
    await withClerk({ login: 'clerk-1', width: 820, height: 1180 }, async (clerk) => {
      await clerk.press('English');
      await clerk.isAt('Worklist');
      await clerk.open(`/journeys/${journey}`);
      await clerk.choose(/^Accept/);
      await clerk.page.getByRole('heading', { name: 'The phone', exact: true }).waitFor();
      await clerk.page.getByLabel('Window code', { exact: true }).fill('7K3M9P');
      await clerk.press('Next');
      expect(await clerk.page.locator('.window-check').innerText()).not.toMatch(/核对|证件/);
      expect([await clerk.fits(), await clerk.barriers()]).toEqual([true, []]);
      await keepPicture(clerk, 'window-check-en-820');
    });
  },
  MINUTES,
);
