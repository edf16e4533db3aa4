import { phonesOf } from './browser-phone';
import { twoCharacters } from './signature-pad';
import type { BrowserPhone } from './browser-phone';
import { MINUTES, setStage } from '../setup/stage';

// What the pages say, and when: about the last thing that the person did, at the place where it matters, and before something is lost.

const stage = setStage('words', 18_200);
const withPhone = phonesOf(stage);
const { scenario } = stage;

/** Text on the screen that must not be there. */
const saysNot = async (phone: BrowserPhone, text: string) =>
  expect(await phone.page.getByText(text).filter({ visible: true }).count()).toBe(0);

/** Waits until an element of this role has the focus. */
const hasFocus = (phone: BrowserPhone, role: string, text: string) =>
  phone.visible(`[role=${role}]:focus`, { hasText: text }).waitFor();

test(
  'a dark picture has its own advice, the consent is not asked for again, and “back” never leads to the vendor’s page',
  () =>
    withPhone('tester-1', async (phone, holder) => {
      await scenario(holder.account, 'poor-picture-first');
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await phone.face();
      await phone.isAt('核验失败');
      await phone.shows('画面较暗或不清晰，请在光线充足处重试。');
      await saysNot(phone, '人像比对未通过');
      await phone.shows('同意《人脸信息处理单独同意书》。');
      expect(await phone.visible('input[type=checkbox]').count()).toBe(0);
      const sent = phone.page.waitForRequest((request) => request.url().endsWith('/face-checks'));
      await phone.pressButton('重新核验');
      expect((await sent).postDataJSON()).not.toHaveProperty('consent');
      await phone.choose('刷脸通过');
      await phone.isAt('核验成功');
      for (let pages = 0; pages < 2; pages += 1) {
        await phone.page.goBack();
        await phone.isAt('核验成功');
      }
    }),
  2 * MINUTES,
);

test(
  'after a lost reply, “retry” opens the face check that has begun',
  () =>
    withPhone('tester-3', async (phone, holder) => {
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await phone.page.route('**/face-checks', async (route) => {
        await route.fetch();
        await route.abort();
      });
      await phone.tick();
      await phone.pressButton('同意协议并认证');
      await phone.shows('没有收到系统的回复');
      await phone.page.unroute('**/face-checks');
      await phone.pressButton('重试');
      await phone.choose('刷脸通过');
      await phone.isAt('核验成功');
    }),
  2 * MINUTES,
);

test(
  'a new problem takes the place of the last visit, and stands at its field only',
  () =>
    withPhone('tester-2', async (phone, holder) => {
      await scenario(holder.account, 'not-the-holder');
      await phone.enter(holder);
      await phone.shows('与当前支付宝账号的实名信息不一致');
      await phone.fill('documentNumber', '110105190002031016');
      await phone.pressButton('查看待办事项');
      await phone.shows('证件号码有误，请逐位核对。');
      await saysNot(phone, '与当前支付宝账号的实名信息不一致');
      await saysNot(phone, '提交的内容有误');
      await saysNot(phone, '上次办理已结束');
      expect(await phone.visible('.problem').count()).toBe(0);
      expect(await phone.visible('.field-error').count()).toBe(1);
      await phone.fill('documentNumber', holder.document.number);
      await phone.page.route('**/api/journeys', (route) =>
        route.fulfill({
          status: 422,
          json: {
            error: {
              ...{ code: 'invalid', message: '提交的内容有误，请按提示修改。' },
              issues: [{ path: 'consents', code: 'consent_to_old_text' }],
            },
          },
        }),
      );
      await phone.pressButton('查看待办事项');
      // What has no field stands above the form.
      await phone.visible('.problem').getByText('文本已更新，请重新阅读并勾选。').waitFor();
      expect(await phone.visible('.field-error').count()).toBe(0);
    }),
  2 * MINUTES,
);

test(
  'what cannot be undone is asked once, by keys too; what is done says so, and its number can be copied',
  () =>
    withPhone(
      'tester-9',
      async (phone, holder) => {
        const { page } = phone;
        await phone.context.grantPermissions(['clipboard-read', 'clipboard-write']);
        await phone.enter(holder);
        await phone.isAt('身份核验');
        await phone.face();
        await phone.shows('请确认这是您刚刚采集的人像');
        await phone.pressButton('重新录入');
        await phone.shows('重新录入后，本次核验作废');
        await hasFocus(phone, 'group', '重新录入后');
        expect(await phone.barriers()).toEqual([]);
        await phone.pressButton('返回');
        await hasFocus(phone, 'button', '重新录入');
        await phone.pressButton('查看待办事项');
        await phone.isAt('待办事项');
        await phone.confirm();
        await phone.pressButton('取消');
        await phone.shows('取消后，本次核验作废');
        await phone.pressButton('确认取消');
        await phone.shows('已取消，本次核验作废');
        await phone.confirm({ button: '重新核验' });
        await phone.writeWith('mouse', twoCharacters);
        await phone.pressButton('确认');
        await phone.isAt('确认完成');
        await phone.pressLink('复制');
        await phone.shows('已复制');
        const number = await phone.visible('.row', { hasText: '存证编号' }).innerText();
        const copied = await page.evaluate<string>('navigator.clipboard.readText()');
        expect(copied).toMatch(/^\S{8,}$/);
        expect(number).toContain(copied);
        await phone.pressButton('返回待办事项');
        await phone.shows('待办事项已全部办理完毕');
        await saysNot(phone, '近 7 天没有待办事项');
        await phone.press(phone.visible('.tab').getByText('已办'));
        await phone.pressButton('业务详情');
        await phone.isAt('业务详情');
        await phone.shows('如非本人办理，请点击「这不是我办的」。');
        await saysNot(phone, '签字须知及法律责任');
        await phone.pressButton('返回');
        await phone.pressButton('结束办理');
        await phone.shows('结束后，如需继续办理，须重新录入信息并重新核验');
        await phone.pressButton('确认结束');
        await phone.shows('上次办理已结束');
      },
      { width: 1280, height: 800, pixelRatio: 1, by: 'keys' },
    ),
  4 * MINUTES,
);

test(
  'a refusal has a receipt that says what happens now',
  () =>
    withPhone('tester-12', async (phone, holder) => {
      await phone.verify(holder);
      await phone.pressButton('业务确认');
      await phone.isAt('业务详情');
      await phone.pressButton('这不是我办的');
      await phone.visible('.consent').first().tap();
      await phone.pressButton('确认拒绝');
      await phone.isAt('待办事项');
      const receipt = phone.visible('.card', { hasText: '受理编号' });
      await receipt.waitFor();
      expect(await receipt.innerText()).toContain('北京沙箱外投商贸有限公司');
      await phone.shows('该业务已停止办理，登记机关将核查');
      // It was the only one. The receipt is what the person comes to, and its number stays.
      await phone.shows('待办事项已全部办理完毕。');
      await saysNot(phone, '近 7 天没有待办事项');
      await phone.visible('#refusal-receipt:focus').waitFor();
      const [number] = /\d{14}/.exec(await receipt.innerText()) ?? [];
      await phone.press(phone.visible('.tab').getByText('已办'));
      await phone
        .visible('.card', { hasText: '已拒绝' })
        .getByText(number ?? 'none')
        .waitFor();
      await phone.pressLink('复制');
      await phone.shows('已复制');
    }),
  2 * MINUTES,
);
