import { phonesOf } from './browser-phone';
import type { BrowserPhone } from './browser-phone';
import { MINUTES, setStage } from '../setup/stage';

// Double presses, slow and lost responses, no network, and sessions that are over.

const stage = setStage('network', 18_130);
const withPhone = phonesOf(stage);
const { rowsOf } = stage;

const cardChecks = async () => (await rowsOf("SELECT id FROM attempts WHERE purpose = 'bank-card'")).length;

/** Goes to the bank card check and fills in the form. */
async function fillCard(phone: BrowserPhone, holder: Parameters<BrowserPhone['card']>[0]): Promise<void> {
  await phone.enter(holder);
  await phone.isAt('身份核验');
  await phone.face();
  await phone.isAt('核验成功');
  await phone.pressButton('继续');
  await phone.isAt('银行卡核验');
  await phone.fill('cardNumber', holder.bankCards[0]?.number ?? '');
  await phone.tick();
}

test(
  'a double press sends one request',
  () =>
    withPhone('tester-1', async (phone, holder) => {
      await fillCard(phone, holder);
      const before = await cardChecks();
      await phone.button('提交核验').evaluate((button: { click(): void }) => {
        button.click();
        button.click();
      });
      await phone.shows('请确认这是您刚刚采集的人像');
      expect(await cardChecks()).toBe(before + 1);
    }),
  2 * MINUTES,
);

test(
  'while a response is slow the button says so, and all others are disabled',
  () =>
    withPhone('tester-2', async (phone, holder) => {
      await fillCard(phone, holder);
      const release = await phone.hold('**/bank-card-checks');
      await phone.pressButton('提交核验');
      await phone.visible('.action[aria-busy=true]').getByText('正在核验银行卡…').waitFor();
      expect(await phone.visible('.action:not(.off)').count()).toBe(0);
      release();
      await phone.shows('请确认这是您刚刚采集的人像');
    }),
  2 * MINUTES,
);

test(
  'after a lost response the request is repeated with the same key, and costs one attempt',
  () =>
    withPhone('tester-3', async (phone, holder) => {
      await fillCard(phone, holder);
      const before = await cardChecks();
      const keys: (string | undefined)[] = [];
      await phone.page.route('**/bank-card-checks', async (route) => {
        keys.push(route.request().headers()['idempotency-key']);
        if (keys.length > 1) {
          await route.continue();
          return;
        }
        await route.fetch();
        await route.abort();
      });
      await phone.pressButton('提交核验');
      await phone.shows('请确认这是您刚刚采集的人像');
      expect(keys.length).toBe(2);
      expect(new Set(keys).size).toBe(1);
      expect(await cardChecks()).toBe(before + 1);
    }),
  2 * MINUTES,
);

test(
  'without network the page says so, and the same request can be repeated when it is back',
  () =>
    withPhone('tester-4', async (phone, holder) => {
      await fillCard(phone, holder);
      await phone.context.setOffline(true);
      await phone.shows('网络已断开');
      await phone.pressButton('提交核验');
      await phone.shows('没有收到系统的回复');
      await phone.context.setOffline(false);
      await phone.pressButton('重试');
      await phone.shows('请确认这是您刚刚采集的人像');
      expect(await phone.page.getByText('网络已断开').count()).toBe(0);
    }),
  2 * MINUTES,
);

test(
  'a signature that was cleared while offline is not sent',
  () =>
    withPhone('tester-8', async (phone, holder) => {
      await phone.verify(holder);
      await phone.confirm();
      await phone.sign();
      await phone.context.setOffline(true);
      await phone.pressButton('确认');
      await phone.shows('没有收到系统的回复');
      await phone.pressButton('清除');
      await phone.context.setOffline(false);
      expect(await phone.button('重试').count()).toBe(0);
      await phone.sign();
      await phone.pressButton('确认');
      await phone.isAt('确认完成');
    }),
  2 * MINUTES,
);

test(
  'the page says that a journey goes on on another phone',
  () =>
    withPhone('tester-9', async (phone, holder) => {
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await rowsOf("UPDATE journeys SET session_id = UUID() WHERE document_type = 'hmt-residence-permit'");
      await phone.pressButton('暂不认证');
      await phone.shows('您已在其他设备上继续办理');
      await phone.isAt('登记注册身份验证');
    }),
  2 * MINUTES,
);

test(
  'a sign-in whose response was lost can be repeated with a new code',
  () =>
    withPhone('tester-11', async (phone, holder) => {
      let lost = 0;
      await phone.page.route('**/api/sessions', async (route) => {
        lost += 1;
        if (lost > 1) {
          await route.continue();
          return;
        }
        await route.fetch();
        await route.abort();
      });
      await phone.page.goto(phone.home);
      await phone.choose(holder.name);
      await phone.shows('支付宝授权码无效或已使用');
      await phone.pressButton('重试');
      await phone.choose(holder.name);
      await phone.isAt('登记注册身份验证');
    }),
  2 * MINUTES,
);

test(
  'a page that could not be read can be read again',
  () =>
    withPhone('tester-5', async (phone, holder) => {
      await phone.page.route('**/api/support?*', (route) => route.abort());
      await phone.open(holder);
      await phone.pressLink('技术支持');
      await phone.shows('没有收到系统的回复');
      await phone.page.unroute('**/api/support?*');
      await phone.pressButton('重试');
      await phone.isAt('常见问题');
    }),
  2 * MINUTES,
);

test(
  'after a session is over the person signs in, enters the data again and meets the same journey',
  () =>
    withPhone('tester-6', async (phone, holder) => {
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await rowsOf('UPDATE sessions SET ends_at = created_at');
      await phone.pressButton('暂不认证');
      await phone.choose(holder.name);
      await phone.isAt('登记注册身份验证');
      await phone.fillIn(holder);
      await phone.pressButton('查看待办事项');
      await phone.isAt('身份核验');
    }),
  2 * MINUTES,
);

test(
  'what loads later says that it did not load, and loads when it is asked for again',
  () =>
    withPhone('tester-8', async (phone, holder) => {
      const { page } = phone;
      await phone.open(holder);
      await phone.fillIn(holder);
      const loaded = new Set(await page.evaluate<string[]>(`[...document.scripts].map(({ src }) => src)`));
      const isLate = (url: URL) => url.pathname.endsWith('.js') && !loaded.has(url.href);
      await page.route(isLate, (route) => route.abort());
      await phone.pressLink('English');
      await phone.shows('The English texts did not load.');
      await phone.pressButton('查看待办事项');
      await phone.isAt('身份核验');
      await phone.pressButton('不刷脸，到窗口办理');
      await phone.shows('二维码暂时无法显示，请检查网络后重试。');
      expect(await phone.barriers()).toEqual([]);
      await page.unroute(isLate);
      await phone.pressButton('重试');
      await phone.visible('.qr-code img').waitFor();
      await phone.pressLink('English');
      await phone.isAt('Please go to the window');
      expect(await page.getByText('The English texts did not load.').count()).toBe(0);
    }),
  2 * MINUTES,
);
