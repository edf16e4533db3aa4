import { clerksOf } from '../setup/clerks';
import { MINUTES, setStage } from '../setup/stage';
import { phonesOf } from './browser-phone';
import type { BrowserPhone } from './browser-phone';

// 投诉建议, from the support page to the answer.

const stage = setStage('complaints', 18_170);
const withPhone = phonesOf(stage);
const { rowsOf } = stage;

const clerks = clerksOf(stage);

async function openForm(phone: BrowserPhone): Promise<void> {
  await phone.pressLink('技术支持');
  await phone.isAt('技术支持');
  await phone.pressButton('投诉建议');
  await phone.isAt('投诉建议');
}

const choose = (phone: BrowserPhone, kind: string) =>
  phone.press(phone.visible('.consent').filter({ hasText: kind }), { key: 'Space' });
const area = (phone: BrowserPhone) => phone.visible('textarea[name=text]');
const chosen = (phone: BrowserPhone) => phone.visible('.consent:has(input:checked)').innerText();
const number = (phone: BrowserPhone) =>
  phone
    .visible('#complaint-receipt')
    .getByText(/^\d{14}$/)
    .innerText();

test(
  'by finger, on a narrow phone: the page says what is missing, keeps the draft, gives a number and shows the answer',
  () =>
    withPhone(
      'tester-1',
      async (phone, holder) => {
        await phone.open(holder);
        await openForm(phone);
        await phone.shows('您还没有提交过投诉建议。');
        expect(await phone.barriers()).toEqual([]);
        await phone.pressButton('提交');
        await phone.shows('请选择投诉或建议。');
        await phone.shows('请填写内容。');
        expect(await phone.barriers()).toEqual([]);
        await choose(phone, '投诉');
        await phone.page.getByRole('radiogroup', { name: '类型' }).waitFor();
        await area(phone).fill('字'.repeat(2001));
        await phone.shows('2001/2000 字');
        await phone.shows('内容超过 2000 字，请删减。');
        await area(phone).fill('窗口排队两小时。\n<b>https://example.com</b>');
        expect(await phone.visible('.field-error').count()).toBe(0);
        await phone.page.reload();
        await phone.isAt('投诉建议');
        expect(await chosen(phone)).toContain('投诉');
        expect(await area(phone).inputValue()).toContain('窗口排队两小时。');
        await phone.pressLink('大字版');
        expect(await phone.fits()).toBe(true);
        await phone.pressButton('提交');
        await phone.shows('经办人员将在15个工作日内答复，答复后可在本页查看。');
        await phone.shows('待答复');
        // The text stays text.
        await phone.shows('<b>https://example.com</b>');
        expect(await phone.fits()).toBe(true);
        expect(await phone.barriers()).toEqual([]);
        const given = await number(phone);
        await phone.pressLink('复制');
        await phone.shows('已复制');
        await clerks.answer(given, '已增开两个窗口。\n感谢您的监督。');
        await phone.page.reload();
        await phone.shows('已增开两个窗口。');
        await phone.shows(given);
        expect(await area(phone).inputValue()).toBe('');
        expect(await phone.fits()).toBe(true);
        expect(await phone.barriers()).toEqual([]);
      },
      { width: 320 },
    ),
  3 * MINUTES,
);

test(
  'by keys alone, during a journey, which goes with it; the page says when the limit of the day is reached',
  () =>
    withPhone(
      'tester-2',
      async (phone, holder) => {
        await phone.enter(holder);
        await phone.isAt('身份核验');
        await openForm(phone);
        // As everywhere, arrows lead from one choice to the next.
        await choose(phone, '投诉');
        await phone.page.keyboard.press('ArrowDown');
        expect(await chosen(phone)).toContain('建议');
        const hasFocus = () => area(phone).evaluate((one) => one.matches(':focus'));
        for (let keys = 0; keys < 5 && !(await hasFocus()); keys += 1) await phone.page.keyboard.press('Tab');
        const outline = 'getComputedStyle(document.activeElement).outlineStyle';
        expect(await phone.page.evaluate(outline)).toBe('solid');
        await phone.page.keyboard.type('Please add a night mode.');
        await phone.pressButton('提交');
        await phone.shows('已收到您的投诉建议');
        const given = await number(phone);
        const [row] = await rowsOf(
          `SELECT j.step FROM complaints c JOIN journeys j ON j.id = c.journey_id WHERE c.number = '${given}'`,
        );
        expect(row).toEqual({ step: 'face' });
        // The focus is in the receipt, and stays there.
        await phone.pressLink('复制');
        await phone.shows('已复制');
        await phone.pressButton('继续提交');
        await rowsOf(
          `INSERT INTO complaints SELECT UUID(), LPAD(n, 14, '0'), account, journey_id, kind, content, NULL,
             LPAD(n, 64, '0'), made_at, NULL, NULL
           FROM complaints, (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) AS four WHERE number = '${given}'`,
        );
        await choose(phone, '投诉');
        await area(phone).fill('一天里的第六条');
        await phone.pressButton('提交');
        await phone.shows('今日提交的投诉建议已达5条');
        expect(await area(phone).inputValue()).toBe('一天里的第六条');
        expect(await phone.barriers()).toEqual([]);
        await phone.pressLink('English');
        await phone.shows('You have sent 5 complaints or suggestions today.');
        await phone.pressButton('Back');
        await phone.isAt('Support');
      },
      { width: 1280, height: 800, pixelRatio: 1, by: 'keys' },
    ),
  3 * MINUTES,
);

test(
  'after lost replies and a reload, or after a session that is over, the same draft is sent once',
  () =>
    withPhone('tester-3', async (phone, holder) => {
      const { page } = phone;
      const count = async () =>
        (await rowsOf("SELECT id FROM complaints WHERE kind = 'complaint' AND answer IS NULL")).length;
      const before = await count();
      await phone.open(holder);
      await openForm(phone);
      await choose(phone, '投诉');
      await area(phone).fill('收不到回复');
      // The API takes it, and the phone does not hear of it.
      await page.route('**/api/complaints', async (route) => {
        if (route.request().method() === 'POST') {
          await route.fetch();
          await route.abort();
        } else await route.continue();
      });
      await phone.pressButton('提交');
      await phone.shows('没有收到系统的回复');
      await page.unroute('**/api/complaints');
      await page.reload();
      await phone.isAt('投诉建议');
      await rowsOf('UPDATE sessions SET ends_at = created_at');
      await phone.pressButton('提交');
      await phone.choose(holder.name);
      await phone.isAt('登记注册身份验证');
      await openForm(phone);
      expect(await area(phone).inputValue()).toBe('收不到回复');
      await phone.pressButton('提交');
      await phone.shows('已收到您的投诉建议');
      expect(await count()).toBe(before + 1);
    }),
  3 * MINUTES,
);
