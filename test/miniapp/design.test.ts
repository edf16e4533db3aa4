import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { phonesOf } from './browser-phone';
import type { BrowserPhone } from './browser-phone';
import { h5Build } from '../setup/needs/h5';
import { MINUTES, setStage } from '../setup/stage';

// How the product looks (docs/design.md), as the browser draws it.

const stage = setStage('design', 18_160);
const withPhone = phonesOf(stage);
const { scenario } = stage;

/** Measures with a script in the page, whose `seen(selector)` finds the elements that have a size. */
const measure = <T>({ page }: BrowserPhone, script: string): Promise<T> =>
  page.evaluate<T>(`(() => {
    const seen = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length > 0);
    return (${script});
  })()`);

const heightOf = (phone: BrowserPhone, selector: string) =>
  measure<number>(phone, `seen('${selector}')[0].getBoundingClientRect().height`);

/** The texts and targets of a screen in large print that the MIIT's rules for elderly users would reject. */
const tooSmall = (phone: BrowserPhone) =>
  measure<string[]>(
    phone,
    `[
      ...seen('.page *').filter((one) => one.matches('.weui-input') || [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .filter((one) => {
          const { fontSize, lineHeight } = getComputedStyle(one);
          const isLow = lineHeight !== 'normal' && parseFloat(lineHeight) < 1.3 * parseFloat(fontSize);
          return parseFloat(fontSize) < 18 || (isLow && !one.matches('.progress-dot'));
        }),
      ...seen('.action, .link, .picked, .option, .tab, .consent').filter((one) => one.getBoundingClientRect().height < 60),
    ].map((one) => one.className + ': ' + one.textContent)`,
  );

/** Dates that are on more than one line. */
const brokenDates = (phone: BrowserPhone) =>
  measure<string[]>(
    phone,
    `seen('.page *').flatMap((one) => [...one.childNodes]).filter((node) => node.nodeType === 3).flatMap((node) =>
      [...node.data.matchAll(/\\d{4}-\\D?\\d\\d-\\D?\\d\\d(\\s\\d\\d:\\d\\d)?/g)].filter(({ 0: date, index }) => {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + date.length);
        return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
      }).map(([date]) => date))`,
  );

async function isWellInLargePrint(phone: BrowserPhone, screen: string): Promise<void> {
  await phone.page.setViewportSize({ width: 320, height: 844 });
  expect([screen, await phone.fits(), await brokenDates(phone)]).toEqual([screen, true, []]);
  await phone.page.setViewportSize({ width: 390, height: 844 });
  const found = [await tooSmall(phone), await phone.barriers(), await phone.fits(), await brokenDates(phone)];
  expect([screen, ...found]).toEqual([screen, [], [], true, []]);
}

const colourOf = (phone: BrowserPhone, selector: string, property: string) =>
  measure<string>(phone, `getComputedStyle(seen('${selector}')[0]).${property}`);

test(
  'the header is low and the demo notice has one line, at every width and in both languages',
  () =>
    withPhone('tester-1', async (phone, holder) => {
      await phone.open(holder);
      for (const [other, title] of [
        ['English', 'Registration identity check'],
        ['中文', '登记注册身份验证'],
      ] as const) {
        await phone.pressLink(other);
        await phone.isAt(title);
        for (const width of [320, 360, 390, 768, 1280]) {
          await phone.page.setViewportSize({ width, height: 844 });
          const head = await heightOf(phone, '.head');
          expect([title, width, head <= 88, await heightOf(phone, '.sandbox')]).toEqual([
            title,
            width,
            true,
            44,
          ]);
          expect(await phone.fits()).toBe(true);
        }
      }
      await phone.zoomText(2);
      expect(await phone.fits()).toBe(true);
    }),
  2 * MINUTES,
);

test(
  'the demo notice can be closed, and stays closed in this tab',
  () =>
    withPhone('tester-1', async (phone, holder) => {
      await phone.open(holder);
      const notice = phone.visible('.sandbox');
      await phone.press(notice.locator('.close'));
      expect(await notice.count()).toBe(0);
      await phone.page.reload();
      await phone.isAt('登记注册身份验证');
      expect(await notice.count()).toBe(0);
      await phone.pressLink('技术支持');
      await phone.isAt('技术支持');
      expect(await notice.count()).toBe(0);
      const tab = await phone.context.newPage();
      await tab.goto(phone.home);
      await tab.locator('.sandbox').waitFor();
    }),
  2 * MINUTES,
);

test(
  'the first key leads to the link that skips what every page has, and the others follow the page',
  () =>
    withPhone(
      'tester-1',
      async (phone, holder) => {
        await phone.open(holder);
        await phone.visible('.consent').waitFor();
        const { keyboard } = phone.page;
        const focused = 'document.activeElement';
        const reached = async () => {
          await keyboard.press('Tab');
          return await measure<string>(
            phone,
            `${focused}.getAttribute('aria-label') || ${focused}.textContent || ${focused}.type`,
          );
        };
        expect(await reached()).toBe('跳到正文');
        expect(await measure(phone, `${focused}.getBoundingClientRect().top >= 0`)).toBe(true);
        const order = [];
        for (let keys = 0; keys < 9; keys += 1) order.push(await reached());
        expect(order).toEqual([
          ...['演示人物', '关闭提示', 'English', '大字版', '技术支持'],
          ...['姓名', '证件类型 请选择证件类型', '证件号码', 'checkbox'],
        ]);
        expect(await measure(phone, `getComputedStyle(${focused}).outlineStyle`)).toBe('solid');
        await phone.page.reload();
        await phone.visible('.consent').waitFor();
        expect(await reached()).toBe('跳到正文');
        await keyboard.press('Enter');
        expect(await measure(phone, `${focused}.className`)).toBe('body');
        expect(await reached()).toBe('姓名');
      },
      { width: 1280, height: 800, by: 'keys' },
    ),
  2 * MINUTES,
);

test(
  'in large print everything is large, from the entry to the end; what is chosen has one colour',
  () =>
    withPhone('tester-1', async (phone, holder) => {
      // Otherwise a colour may be measured while it changes.
      await phone.page.emulateMedia({ reducedMotion: 'reduce' });
      await phone.open(holder);
      await phone.pressLink('大字版');
      await phone.visible('.picked').tap();
      await isWellInLargePrint(phone, 'entry');
      await phone.visible('.option').first().tap();
      await phone.fillIn(holder);
      const chosen = await colourOf(phone, '.progress-step.now .progress-dot', 'backgroundColor');
      expect(await colourOf(phone, '.consent input', 'backgroundColor')).toBe(chosen);
      await phone.pressButton('查看待办事项');
      await phone.isAt('身份核验');
      await isWellInLargePrint(phone, 'face');
      await phone.face();
      await phone.isAt('核验成功');
      await phone.page.getByRole('img', { name: '成功', exact: true }).waitFor();
      await isWellInLargePrint(phone, 'passed');
      await phone.card(holder);
      await phone.shows('请确认这是您刚刚采集的人像');
      await isWellInLargePrint(phone, 'portrait');
      await phone.pressButton('查看待办事项');
      await phone.isAt('待办事项');
      await phone.shows('北京沙箱甲科技有限公司');
      await isWellInLargePrint(phone, 'to-dos');
      expect(await colourOf(phone, '.tab.chosen', 'borderBottomColor')).toBe(chosen);
      await phone.pressButton('业务确认');
      await phone.isAt('业务详情');
      await phone.pressButton('这不是我办的');
      await phone.visible('.consent').first().tap();
      expect(await colourOf(phone, ':checked + .weui-icon-checked', 'borderTopColor')).toBe(chosen);
      await isWellInLargePrint(phone, 'details');
      await phone.pressButton('暂不拒绝，返回');
      await phone.pressButton('确认');
      await phone.isAt('签字前身份核验');
      await phone.face();
      await phone.isAt('确认并签字');
      await phone.padIsReady(0);
      await isWellInLargePrint(phone, 'signing');
      await phone.sign();
      await phone.pressButton('确认');
      await phone.isAt('确认完成');
      await phone.shows('存证编号');
      await isWellInLargePrint(phone, 'completed');
    }),
  5 * MINUTES,
);

test(
  'a failure and the wait for the window have their marks',
  () =>
    withPhone('tester-2', async (phone, holder) => {
      await scenario(holder.account, 'not-same-person-first');
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await phone.face();
      await phone.isAt('核验失败');
      const mark = (name: string) => phone.page.getByRole('img', { name, exact: true });
      await mark('未通过').waitFor();
      const red = await colourOf(phone, '.mark', 'backgroundColor');
      await phone.pressLink('大字版');
      await isWellInLargePrint(phone, 'failed');
      await phone.pressButton('不刷脸，到窗口办理');
      await mark('等待处理').waitFor();
      expect(await colourOf(phone, '.mark', 'backgroundColor')).not.toBe(red);
      await phone.visible('.window-code').waitFor();
      await isWellInLargePrint(phone, 'window');
    }),
  3 * MINUTES,
);

test(
  'the pages of the sandbox have their landmark',
  () =>
    withPhone('tester-1', async (phone, holder) => {
      await phone.page.goto(phone.home);
      await phone.shows(holder.name);
      expect(await phone.barriers()).toEqual([]);
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await phone.tick();
      await phone.pressButton('同意协议并认证');
      await phone.shows('刷脸通过');
      expect(await phone.barriers()).toEqual([]);
    }),
  2 * MINUTES,
);

test(
  'what is on its way has a skeleton, and nothing moves for people who want less movement',
  () =>
    withPhone('tester-1', async (phone, holder) => {
      await phone.open(holder);
      const release = await phone.hold('**/api/document-types');
      await phone.page.reload();
      await phone.visible('.skeleton-bar').first().waitFor();
      const moving = () =>
        measure<number>(
          phone,
          `seen('.page *').filter((one) => {
            const { animationName, transitionDuration } = getComputedStyle(one);
            return animationName !== 'none' || transitionDuration !== '0s';
          }).length`,
        );
      expect(await moving()).toBeGreaterThan(0);
      await phone.page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await moving()).toBe(0);
      release();
      await phone.isAt('登记注册身份验证');
      expect(await moving()).toBe(0);
      await phone.page.emulateMedia({ reducedMotion: 'no-preference' });
      expect(await moving()).toBeGreaterThan(0);
    }),
  2 * MINUTES,
);

test('all icons together have less than 8 KB', () => {
  const styles = join(h5Build(), 'css');
  const [app = ''] = readdirSync(styles).filter((file) => file.startsWith('app.'));
  const icons = readFileSync(join(styles, app), 'utf8').match(/url\("?data:image[^)]*\)/g) ?? [];
  expect(icons.length).toBeGreaterThan(15);
  expect(icons.join('').length).toBeLessThan(8 * 1024);
});
