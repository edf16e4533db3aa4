import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserClerk } from './browser-clerk';

/** A page, as a scanner makes it. */
export const scan = {
  name: 'scan.jpg',
  mimeType: 'image/jpeg',
  buffer: readFileSync(join(__dirname, '../../samples/documents/sample-0001-decision.jpg')),
};
export const hashOfScan = createHash('sha256').update(scan.buffer).digest('hex');

export const next = (clerk: BrowserClerk) => clerk.press('下一步');

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
  await clerk.choose(/^收到经公证的身份证件/);
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
