import { phonesOf } from './browser-phone';
import type { BrowserPhone } from './browser-phone';
import { MINUTES, setStage } from '../setup/stage';

// 申请材料: what a person reads before signing, and how the page makes sure that it is what was submitted.

const stage = setStage('documents', 18_180);
const withPhone = phonesOf(stage);

const laptop = { width: 1280, height: 800, pixelRatio: 1, by: 'mouse' } as const;
const DIFFERS = '文件校验不一致，请勿签字，并联系登记机关。';
const SAME = '文件核对一致，与申报系统提交的申请材料相同。';
const NOT_READ = '文件暂时无法打开，请检查网络后重试。';

const rowOf = (phone: BrowserPhone, name: string) => phone.visible('.document', { hasText: name });

async function openDetails(
  phone: BrowserPhone,
  holder: Parameters<BrowserPhone['verify']>[0],
): Promise<void> {
  await phone.verify(holder);
  await phone.pressButton('业务确认');
  await phone.isAt('业务详情');
}

async function open(phone: BrowserPhone, name: string): Promise<void> {
  await phone.press(rowOf(phone, name));
  await phone.isAt(name);
}

/** Finds barriers, and what is wider than a narrow phone. */
async function inspect(phone: BrowserPhone): Promise<void> {
  expect(await phone.barriers()).toEqual([]);
  const size = phone.page.viewportSize() ?? { width: 390, height: 844 };
  await phone.page.setViewportSize({ ...size, width: 320 });
  await phone.zoomText(2);
  expect(await phone.fits()).toBe(true);
  await phone.zoomText(1);
  await phone.page.setViewportSize(size);
}

async function leave(phone: BrowserPhone): Promise<void> {
  await phone.pressButton('返回');
  await phone.isAt('业务详情');
}

test(
  'a person reads a picture and a PDF, and learns what is on paper, before the face check names the matter',
  () =>
    withPhone('tester-1', async (phone, holder) => {
      await openDetails(phone, holder);
      await phone.shows('北京市朝阳区市场监督管理局（演示）');
      expect(await rowOf(phone, '公司章程').innerText()).toContain('PDF 文件 · 250 KB');
      expect(await rowOf(phone, '股东决定').innerText()).toContain('JPEG 图片 · 38 KB');
      expect(await rowOf(phone, '住所使用证明').innerText()).toContain('纸质材料');
      expect(await phone.visible('.document[role=button]').count()).toBe(2);
      await inspect(phone);

      await open(phone, '股东决定');
      await phone.shows(SAME);
      const picture = phone.visible('.zoom-frame img');
      await picture.evaluate((image: { decode(): Promise<void> }) => image.decode());
      const width = async () => Math.round((await picture.boundingBox())?.width ?? 0);
      const frame = phone.visible('.zoom-frame');
      // The whole page of paper, which is 900 by 1270.
      const height = await frame.evaluate((one: { scrollHeight: number }) => one.scrollHeight);
      expect(Math.abs(height - (await width()) * (1270 / 900))).toBeLessThan(3);
      const atFirst = await width();
      expect(atFirst).toBeGreaterThan(300);
      await inspect(phone);
      await phone.pressButton('放大');
      await phone.shows('显示比例：150%');
      await phone.pressButton('放大');
      await phone.shows('显示比例：200%');
      expect(await width()).toBe(2 * atFirst);
      // It moves within its frame, and the page stays as wide as it was.
      const moved = await frame.evaluate((one: { scrollLeft: number }) => {
        one.scrollLeft = 1000;
        return one.scrollLeft;
      });
      expect(moved).toBeGreaterThan(100);
      expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      expect(await phone.barriers()).toEqual([]);
      await phone.pressButton('缩小');
      await phone.shows('显示比例：150%');
      await phone.pressButton('适应屏宽');
      await phone.shows('显示比例：100%');
      expect(await width()).toBe(atFirst);
      const address = await picture.getAttribute('src');
      expect(address).toMatch(/^blob:/);
      await leave(phone);
      // Nobody finds the picture after the page was left.
      const isThere = `new Promise((resolve) => {
        const image = new Image();
        image.onload = () => resolve(true);
        image.onerror = () => resolve(false);
        image.src = '${address}';
      })`;
      expect(await phone.page.evaluate(isThere)).toBe(false);

      await open(phone, '公司章程');
      await phone.shows(SAME);
      await inspect(phone);
      const opening = phone.context.waitForEvent('page');
      await phone.pressButton('查看 PDF 文件');
      const viewer = await opening;
      expect(viewer.url()).toMatch(/^blob:/);
      expect(await viewer.evaluate('document.contentType')).toBe('application/pdf');
      await viewer.close();
      await leave(phone);

      await phone.pressButton('确认');
      await phone.isAt('签字前身份核验');
      await phone.shows('北京沙箱甲科技有限公司');
      await phone.shows('设立登记');
      await phone.shows('北京市朝阳区市场监督管理局（演示）');
      await inspect(phone);
    }),
  3 * MINUTES,
);

test(
  'a file that is not the one of the matter is not shown, and one that can’t be read is read again',
  () =>
    withPhone(
      'tester-1',
      async (phone, holder) => {
        await openDetails(phone, holder);
        const files = /\/documents\/[0-9a-f]{64}$/;
        await phone.page.route(files, (route) => route.fulfill({ body: '%PDF-1.7 of somebody else' }));
        for (const name of ['公司章程', '股东决定']) {
          await open(phone, name);
          await phone.shows(DIFFERS);
          expect(await phone.page.getByText(SAME).filter({ visible: true }).count()).toBe(0);
          expect(await phone.visible('.zoom-frame').count()).toBe(0);
          expect(await phone.button('查看 PDF 文件').count()).toBe(0);
          expect(await phone.barriers()).toEqual([]);
          await leave(phone);
        }
        await phone.page.unroute(files);
        await phone.page.route(files, (route) => route.abort());
        await open(phone, '股东决定');
        await phone.shows(NOT_READ);
        await phone.page.unroute(files);
        await phone.pressButton('重试');
        await phone.shows(SAME);
        await leave(phone);
        // The api finds that what it keeps was changed.
        await stage.rowsOf('UPDATE application_document_parts SET content = REVERSE(content)');
        await open(phone, '股东决定');
        await phone.shows(NOT_READ);
        await leave(phone);

        await phone.pressLink('English');
        await phone.shows(
          'Reference translation of version 2026-3. Only the Chinese text above is in force.',
        );
        await phone.shows('签字即表示');
      },
      laptop,
    ),
  3 * MINUTES,
);
