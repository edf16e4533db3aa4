import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Stage } from '../setup/stage';
import type { BrowserClerk } from './browser-clerk';

/** A page, as a scanner makes it. */
export const scan = {
  name: 'scan.jpg',
  mimeType: 'image/jpeg',
  buffer: readFileSync(join(__dirname, '../../samples/documents/sample-0001-decision.jpg')),
};
export const hashOfScan = createHash('sha256').update(scan.buffer).digest('hex');

export const next = (clerk: BrowserClerk) => clerk.press('下一步');

export const checkIn = ({ page }: BrowserClerk) => page.locator('.window-check');
export const reviewIn = ({ page }: BrowserClerk) => page.getByRole('region', { name: '待复核的决定' });

/** The login of the reviewer whom the system has picked. */
export async function reviewerOf({ rowsOf }: Pick<Stage, 'rowsOf'>, journey: string): Promise<string> {
  const [row] = (await rowsOf(
    `SELECT c.login FROM decisions d JOIN clerks c ON c.id = d.reviewer
     WHERE d.journey_id = '${journey}' AND d.state = 'proposed'`,
  )) as { login: string }[];
  return row?.login ?? '';
}

/** Shows the personal data in full, from a part of the page. */
export async function showFull(part: Locator, reason: string): Promise<void> {
  await part.getByRole('button', { name: '查看完整信息' }).click();
  await part.getByRole('button', { name: reason, exact: true }).click();
  await part.getByText('已显示完整信息。').waitFor();
}

/** Ticks everything that the step asks for. */
export async function tickAll({ page }: BrowserClerk): Promise<void> {
  const ticks = page.locator('.ticks input');
  await ticks.first().waitFor();
  for (const tick of await ticks.all()) await tick.check();
}

/** Fills in a window check of a journey that is open, up to its proposal. */
export async function fillWindowCheck(clerk: BrowserClerk, windowCode: string): Promise<void> {
  await clerk.choose(/^认定为本人/);
  await clerk.fill('窗口验证码', windowCode);
  await next(clerk);
  await showFull(checkIn(clerk), '当事人在窗口，核对证件');
  await clerk.page.getByLabel('长期').check();
  await tickAll(clerk);
  await next(clerk);
  await tickAll(clerk);
  await next(clerk);
  await uploadScan(clerk);
  await clerk.giveReason('当事人选择到窗口办理。');
}

/** The same where a notarised document has come and nobody is at the window. */
export async function fillNotarised(clerk: BrowserClerk): Promise<void> {
  await clerk.choose(/^认定为本人/);
  await clerk.choose(/^收到公证书/);
  await showFull(checkIn(clerk), '核对姓名写法');
  await tickAll(clerk);
  await next(clerk);
  await uploadScan(clerk);
  await clerk.giveReason('线上核验无法得出结果，改由人工核对。');
}

async function uploadScan(clerk: BrowserClerk): Promise<void> {
  await clerk.page.getByLabel('选择文件').setInputFiles(scan);
  await clerk.shows(hashOfScan);
  await clerk.press('上传');
  await clerk.shows('已上传。');
  await next(clerk);
}
