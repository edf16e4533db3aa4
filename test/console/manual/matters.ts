import type { BrowserClerk } from '../browser-clerk';
import type { Manual } from './chapters';
import { persons, SIGNED_MATTER } from './signed';

const address = `/matters/sample-registry/${SIGNED_MATTER}`;

/** Reads the page again until it shows the text. */
async function awaits(clerk: BrowserClerk, text: RegExp): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    await clerk.page.reload();
    await clerk.isAt('业务详情');
    await clerk.page.getByRole('heading', { name: '回调' }).waitFor();
    if (text.test(await clerk.page.locator('main').innerText())) return;
    if (Date.now() > deadline) throw new Error(`The page does not show ${String(text)}.`);
  }
}

export function matterChapters({ stage, withClerk, chapter }: Manual): void {
  chapter('查找', ({ look, inspect }) =>
    withClerk({ login: 'clerk-1' }, async (clerk) => {
      const { page } = clerk;
      await page.getByRole('link', { name: '查找', exact: true }).click();
      await clerk.isAt('查找');
      const { name, document } = persons.find(({ account }) => account === 'tester-7')!;
      await clerk.fill('证件号码', document.number);
      await clerk.fill('姓名', name);
      await page.getByLabel('查找事由').selectOption({ label: '当事人咨询' });
      await clerk.press('查找当事人');
      await page.getByRole('region', { name: '查找结果' }).or(page.getByLabel('查找结果')).first().waitFor();
      await inspect(clerk, 'search');
      await clerk.fill('编号', '26010112345678');
      await clerk.press('查找');
      await clerk.shows('没有找到，或不在您的管辖范围。');
      await look(clerk);
    }),
  );

  chapter('业务', async ({ look, inspect }) => {
    const setRegistry = (mode: string) =>
      fetch(`${stage.urls().registrySandbox ?? ''}/admin/mode`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ mode }),
      });
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      const { page } = clerk;
      await page.getByRole('link', { name: '业务', exact: true }).click();
      await page.getByRole('link', { name: SIGNED_MATTER }).waitFor();
      await inspect(clerk, 'matters');
      await page.getByRole('link', { name: SIGNED_MATTER }).click();
      await clerk.isAt('业务详情');
      await clerk.shows('已确认签字');
      await inspect(clerk, 'matter');
      await setRegistry('500');
      await page.getByRole('button', { name: /^请登记系统重发邀请/ }).click();
      await clerk.shows('已请登记系统重发邀请。');
      await awaits(clerk, /未接收（HTTP 500）/);
      await clerk.button('重新送达').scrollIntoViewIfNeeded();
      await inspect(clerk, 'callbacks');
      await setRegistry('up');
      await clerk.press('重新送达');
      await clerk.shows('正在重新送达。');
      await look(clerk);
      await awaits(clerk, /已封存[^]*第 \d+ 条/);
      await clerk.page.getByRole('button', { name: /^核验存证/ }).click();
      await clerk.shows(/已由本页核验/);
      await clerk.page.getByRole('button', { name: /^核验存证/ }).scrollIntoViewIfNeeded();
      await inspect(clerk, 'evidence');
      await clerk.page.getByRole('button', { name: /^无手机，在窗口办理/ }).click();
      await clerk.page.getByRole('dialog', { name: '在窗口办理' }).waitFor();
      await inspect(clerk, 'on-site');
      await clerk.press('打开办理');
      await clerk.isAt('办理过程');
      await clerk.shows('受阻：到窗口办理');
      await clerk.choose(/^认定为本人/);
      await look(clerk);
      await clerk.open(address);
      await page.getByRole('link', { name: '等待经办人员处理：到窗口办理' }).waitFor();
      await look(clerk);
    });
  });
}
