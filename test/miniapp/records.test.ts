import { readFileSync } from 'node:fs';
import { phonesOf } from './browser-phone';
import type { BrowserPhone } from './browser-phone';
import { untilLettersAreMade } from './journey-rows';
import { MINUTES, setStage } from '../setup/stage';

// 我的确认记录: what a person has confirmed, the letter to keep, and who saw it.

const stage = setStage('records', 18_270);
const withPhone = phonesOf(stage);

const laptop = { width: 1280, height: 800, pixelRatio: 1 } as const;
const SAME = '已取得《业务确认书》，与存证记录一致。';

/** Finds barriers, and what is wider than a narrow phone, also in large letters. */
async function inspect(phone: BrowserPhone): Promise<void> {
  expect(await phone.barriers()).toEqual([]);
  const size = phone.page.viewportSize() ?? { width: 390, height: 844 };
  for (const width of [320, 375]) {
    await phone.page.setViewportSize({ ...size, width });
    expect([width, await phone.fits()]).toEqual([width, true]);
  }
  await phone.zoomText(2);
  expect(await phone.fits()).toBe(true);
  await phone.zoomText(1);
  await phone.page.setViewportSize(size);
}

async function openRecords(phone: BrowserPhone): Promise<void> {
  await phone.pressButton('我的确认记录');
  await phone.isAt('我的确认记录');
}

async function openRecord(phone: BrowserPhone): Promise<void> {
  await phone.pressButton('查看记录');
  await phone.isAt('确认记录');
  await phone.shows('谁看过这份记录');
}

const numberOf = async (phone: BrowserPhone) =>
  (await phone.visible('.row', { hasText: '存证编号' }).first().innerText()).match(/\d{8}-\w{10}/)?.[0] ?? '';

/** Has the API's next answers about a record say something else about its letter. */
async function letterIs(phone: BrowserPhone, state: string): Promise<() => Promise<void>> {
  const details = /\/confirmation-records\/[\w-]+$/;
  await phone.page.route(details, async (route) => {
    const response = await route.fetch();
    const record = (await response.json()) as object;
    await route.fulfill({ response, json: { ...record, letter: { state } } });
  });
  return () => phone.page.unroute(details);
}

test(
  'a person who has confirmed finds the record, saves the letter, and is told of that',
  () =>
    withPhone(
      'tester-2',
      async (phone, holder) => {
        await phone.verify(holder);
        await openRecords(phone);
        await phone.shows('您还没有确认过业务。');
        await inspect(phone);
        await phone.pressButton('返回');
        await phone.isAt('待办事项');
        await phone.confirm();
        await phone.sign();
        await phone.pressButton('确认');
        await phone.isAt('确认完成');
        await untilLettersAreMade(stage);
        await openRecords(phone);
        const number = await numberOf(phone);
        await phone.shows('已确认');
        await inspect(phone);

        const unroute = await letterIs(phone, 'waiting');
        await openRecord(phone);
        await phone.shows('《业务确认书》正在制作，请稍后再来查看。');
        expect(await phone.button('获取业务确认书').count()).toBe(0);
        await unroute();
        await phone.pressButton('刷新');
        await phone.button('获取业务确认书').waitFor();
        await phone.shows('还没有人查看过。');
        await phone.shows('时间戳机构');
        await phone.visible('.qr-code').waitFor();
        const address = await phone.visible('.row', { hasText: '核验网址' }).innerText();
        expect(address).toMatch(new RegExp(`/verify#${number}\\.([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}`));
        expect(await phone.screen()).not.toContain(holder.document.number);
        await inspect(phone);

        await phone.pressButton('获取业务确认书');
        await phone.shows(SAME);
        await phone.shows('您本人');
        await phone.shows(/· 获取业务确认书/);
        await inspect(phone);
        const saving = phone.page.waitForEvent('download');
        await phone.pressButton('保存到本机');
        const saved = await saving;
        expect(saved.suggestedFilename()).toBe(`业务确认书-${number}.pdf`);
        expect(readFileSync(await saved.path(), 'latin1')).toMatch(/^%PDF-1\.7[^]*%%EOF\s*$/);
        const opening = phone.context.waitForEvent('page');
        await phone.pressButton('查看 PDF 文件');
        const viewer = await opening;
        expect(await viewer.evaluate('document.contentType')).toBe('application/pdf');
        await viewer.close();
        // Reloaded, the page leads to where the person is, and no other person's record can be opened from here.
        await phone.page.goto(`${phone.home}#/pages/records/record/index?number=20260301-ZZZZZZZZZZ`);
        await phone.shows('没有找到相应内容');
      },
      { ...laptop, by: 'mouse' },
    ),
  4 * MINUTES,
);

test(
  'with keys alone, in English and in large print; a letter that is not that of the record is not shown',
  () =>
    withPhone(
      'tester-2',
      async (phone, holder) => {
        await phone.verify(holder);
        await openRecords(phone);
        await openRecord(phone);
        const file = /\/letter$/;
        await phone.page.route(file, (route) => route.fulfill({ body: '%PDF-1.7 of somebody else' }));
        await phone.pressButton('获取业务确认书');
        await phone.shows('《业务确认书》与存证记录不一致');
        expect(await phone.button('查看 PDF 文件').count()).toBe(0);
        expect(await phone.barriers()).toEqual([]);
        await phone.page.unroute(file);
        await phone.page.route(file, (route) => route.abort());
        await phone.pressButton('重试');
        await phone.shows('文件暂时无法打开，请检查网络后重试。');
        await phone.page.unroute(file);
        await phone.pressButton('重试');
        await phone.shows(SAME);
        // What came in the place of the button has the focus.
        const focused = 'document.activeElement.textContent';
        await phone.page.waitForFunction(`${focused}.includes('查看 PDF 文件')`);
        const opening = phone.context.waitForEvent('page');
        await phone.page.keyboard.press('Enter');
        await (await opening).close();
        await phone.pressLink('大字版');
        await inspect(phone);
        await phone.pressLink('English');
        await phone.isAt('Record of a confirmation');
        await phone.shows('Who saw this record');
        await phone.shows('You');
        await inspect(phone);
        await phone.pressButton('Back');
        await phone.isAt('My confirmations');
        await inspect(phone);
        for (const [state, says] of [
          ['deleted', 'It may be kept no longer and was deleted.'],
          ['not-made', 'You refused the matter, so that none is made.'],
        ] as const) {
          const unroute = await letterIs(phone, state);
          await phone.pressButton('View record');
          await phone.shows(says);
          await unroute();
          await phone.pressButton('Back');
          await phone.isAt('My confirmations');
        }
      },
      { ...laptop, by: 'keys' },
    ),
  4 * MINUTES,
);
