import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MINUTES, setStage } from '../setup/stage';
import { phonesOf } from './browser-phone';

const stage = setStage('journey', 18_090);
const withPhone = phonesOf(stage);
const { invitationTo, push, rowsOf } = stage;

test(
  'the generated types of the API are up to date',
  async () => {
    const script = join(__dirname, '../../miniapp/scripts/types.mjs');
    await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({
      stderr: '',
    });
  },
  MINUTES,
);

test(
  'every screen resumes after the app was killed',
  () =>
    withPhone('tester-2', async (phone, holder) => {
      const resumes = async (title: string) => {
        await phone.isAt(title);
        await phone.page.reload();
        await phone.isAt(title);
      };
      await phone.enter(holder);
      await resumes('身份核验');
      await phone.tick();
      await phone.pressButton('同意协议并认证');
      await phone.page.getByText('刷脸通过').first().waitFor();
      // Leaves the vendor's page without a result.
      await phone.page.goBack();
      await phone.shows('尚未查询到刷脸结果，请重新刷脸。');
      // The vendor's page was not opened again, so that its result must not be asked for.
      const requested: string[] = [];
      phone.page.on('request', (request) => requested.push(new URL(request.url()).pathname));
      await resumes('身份核验');
      expect(requested).toContain('/api/journeys/current');
      expect(requested.filter((path) => path.endsWith('/result'))).toEqual([]);
      // The consent holds, and is not asked for again.
      await phone.face({ button: '重新核验' });
      await resumes('核验成功');
      await phone.pressButton('继续');
      await phone.isAt('银行卡核验');
      await phone.submitCard(holder.bankCards[0]?.number ?? '');
      await phone.shows('请确认这是您刚刚采集的人像');
      await resumes('请确认本人人像');
      await phone.pressButton('查看待办事项');
      await resumes('待办事项');
      await phone.pressButton('业务确认');
      await resumes('业务详情');
      await phone.pressButton('确认');
      await resumes('签字前身份核验');
      // Leads back to the details.
      await phone.pressButton('暂不认证');
      await phone.isAt('业务详情');
      await phone.pressButton('确认');
      await phone.isAt('签字前身份核验');
      await phone.face();
      await resumes('确认并签字');
      await phone.padIsReady(0);
      await phone.sign();
      await phone.pressButton('确认');
      await resumes('确认完成');
      await phone.pressAndConfirm('结束办理', '确认结束');
      await phone.shows('上次办理已结束');
    }),
  4 * MINUTES,
);

test(
  'the phone’s “back” leads from the details to the list, and from a text to the page that opened it',
  () =>
    withPhone('tester-3', async (phone, holder) => {
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await phone.pressLink('查看《人脸信息处理单独同意书》');
      await phone.isAt('人脸信息处理单独同意书');
      const headings = phone.visible('[role=heading][aria-level="3"]');
      expect(await headings.first().innerText()).toBe('一、处理者和接收方');
      expect(await phone.visible('[role=list] > [role=listitem]').count()).toBeGreaterThan(3);
      expect(await phone.barriers()).toEqual([]);
      await phone.page.goBack();
      await phone.isAt('身份核验');
      await phone.face();
      await phone.card(holder);
      await phone.shows('请确认这是您刚刚采集的人像');
      await phone.pressButton('查看待办事项');
      await phone.pressButton('业务确认');
      await phone.isAt('业务详情');
      await phone.page.goBack();
      await phone.isAt('待办事项');
    }),
  2 * MINUTES,
);

test(
  '授权管理 shows the texts in force without a journey, and within one the versions that were agreed to',
  () =>
    withPhone('tester-6', async (phone, holder) => {
      const rules = '查看《个人信息处理规则》';
      await phone.open(holder);
      await phone.pressLink('授权管理');
      await phone.isAt('授权管理');
      await phone.shows('现行文本');
      for (const title of ['人脸信息处理单独同意书', '银行卡信息处理单独同意书', '银行卡核验告知'])
        await phone.shows(`查看《${title}》`);
      expect(await phone.barriers()).toEqual([]);
      await phone.pressLink(rules);
      await phone.isAt('个人信息处理规则');
      await phone.pressButton('返回');
      await phone.pressButton('返回');
      await phone.fillIn(holder);
      await phone.pressButton('查看待办事项');
      await phone.isAt('身份核验');
      // As if an earlier version had been in force when the person agreed.
      await rowsOf("UPDATE consents SET version = '2026-1' WHERE kind = 'personal-information'");
      await phone.pressLink('授权管理');
      await phone.shows('同意时间');
      await phone.pressLink(rules);
      await phone.isAt('个人信息处理规则');
      await phone.shows('处理依据：《市场主体登记管理条例》');
      await phone.pressButton('返回');
      await phone.isAt('授权管理');
      await phone.press(phone.visible('.card', { hasText: '个人信息处理规则' }).getByText('撤回同意'));
      await phone.shows('撤回对个人信息处理的同意后，本次办理随即结束');
      await phone.pressButton('确认撤回');
      await phone.shows('您已撤回同意，本次办理已结束。');
      await phone.shows('现行文本');
    }),
  2 * MINUTES,
);

test.each([
  ['tester-8', '港居民样例'],
  ['tester-9', '台居民样例'],
  ['tester-11', '样例台胞'],
  ['tester-12', 'SAMPLE ALEX'],
])(
  '%s has another document and no bank card, and signs',
  (account) =>
    withPhone(account, async (phone, holder) => {
      await phone.verify(holder);
      await phone.confirm();
      await phone.sign();
      await phone.pressButton('确认');
      await phone.isAt('确认完成');
    }),
  2 * MINUTES,
);

test(
  'if the number is one of another document, one press chooses that document, and the form keeps its values',
  () =>
    withPhone('tester-8', async (phone, holder) => {
      await phone.open(holder);
      await phone.fill('name', holder.name);
      await phone.chooseDocument({ document: { ...holder.document, type: 'resident-id' } });
      await phone.fill('documentNumber', holder.document.number);
      await phone.tick();
      await phone.pressButton('查看待办事项');
      await phone.shows('该号码是港澳台居民居住证的号码，请核对证件类型。');
      expect(await phone.barriers()).toEqual([]);
      await phone.pressButton('改选港澳台居民居住证');
      await phone.visible('input[name=validUntil]').waitFor();
      expect(await phone.visible('input[name=documentNumber]').inputValue()).toBe(holder.document.number);
      expect(await phone.visible('input[name=name]').inputValue()).toBe(holder.name);
      expect(await phone.visible('.field-error').count()).toBe(0);
      await phone.fill('validUntil', holder.document.validUntil ?? '');
      await phone.pressButton('查看待办事项');
      await phone.isAt('身份核验');
    }),
  2 * MINUTES,
);

test(
  'a passport leads to the window, as the form says before',
  () =>
    withPhone('tester-6', async (phone, holder) => {
      const document = {
        type: 'foreign-passport',
        number: 'P90000001',
        validUntil: '2035-12-31',
        issuingCountry: 'usa',
      };
      await phone.open(holder);
      await phone.fillIn({ ...holder, name: 'SAMPLE ROBIN', document });
      await phone.pressButton('查看待办事项');
      await phone.isAt('请到窗口办理');
      await phone.shows('请携带证件');
      await phone.pressAndConfirm('结束本次办理', '确认结束');
      await phone.shows('上次办理已结束');
    }),
  2 * MINUTES,
);

test(
  'at the window the phone shows a code that screen readers read character by character, and a new one when it expires',
  () =>
    withPhone('tester-7', async (phone, holder) => {
      await phone.page.clock.install();
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await phone.pressButton('不刷脸，到窗口办理');
      await phone.shows('窗口验证码');
      const shownCode = async () => {
        const code = phone.visible('.window-code');
        const spoken = await code.getAttribute('aria-label');
        const text = await code.innerText();
        expect(text).toMatch(/^[2-9A-HJ-NP-Z]{3} [2-9A-HJ-NP-Z]{3}$/);
        expect(spoken).toBe([...text.replace(' ', '')].join(' '));
        return text;
      };
      const isAnother = (than: string) =>
        phone.visible('.window-code').filter({ hasNotText: than }).waitFor();
      const end = () => rowsOf("UPDATE window_codes SET expires_at = '2026-01-01'");
      const first = await shownCode();
      expect(await phone.barriers()).toEqual([]);
      // The code stays the same until it expires, even after a reload.
      await phone.page.reload();
      await phone.isAt('请到窗口办理');
      expect(await shownCode()).toBe(first);
      await phone.pressButton('刷新');
      await end();
      await phone.pressButton('刷新');
      await isAnother(first);
      const second = await shownCode();
      await end();
      await phone.page.clock.fastForward('30:01');
      await isAnother(second);
      await phone.pressLink('English');
      await phone.shows('Window code');
      await phone.pressAndConfirm('End this visit', 'End it now');
      await phone.shows('Your last visit has ended');
      expect(await rowsOf('SELECT journey_id FROM window_codes')).toEqual([]);
    }),
  2 * MINUTES,
);

test(
  'the link of an invitation opens its to-do as soon as the person is verified',
  () =>
    withPhone('tester-4', async (phone, holder) => {
      await phone.open(holder, `?invitation=${await invitationTo('SAMPLE-0003', 'liaison')}`);
      await phone.fillIn(holder);
      await phone.pressButton('查看待办事项');
      await phone.isAt('身份核验');
      await phone.face();
      await phone.card(holder);
      await phone.shows('请确认这是您刚刚采集的人像');
      await phone.pressButton('查看待办事项');
      await phone.isAt('业务详情');
      await phone.shows('财务负责人、联络员');
      await phone.pressLink('English');
      await phone.shows('Finance officer, Liaison');
    }),
  2 * MINUTES,
);

test(
  'the pad keeps its strokes when it is turned, undoes strokes, and does not accept a mere line',
  () =>
    withPhone('tester-7', async (phone, holder) => {
      const { type, number } = holder.document;
      await push('PAD-1', {
        version: 1,
        authority: '110105',
        kind: 'filing',
        entity: { name: '北京沙箱丁餐饮管理有限公司' },
        sections: [{ title: '备案事项', fields: [{ label: '联络员', value: holder.name }] }],
        documents: [{ name: '备案表', sha256: 'b'.repeat(64) }],
        persons: [{ reference: 'P-1', name: holder.name, document: { type, number }, roles: ['liaison'] }],
      });
      await phone.verify(holder);
      await phone.confirm();
      await phone.write([[0.2, 0.5, 0.8, 0.5]]);
      await phone.pressButton('确认');
      await phone.shows('签字笔画过少，请完整签写姓名。');
      await phone.pressButton('撤销一笔');
      await phone.padIsReady(0);
      await phone.sign();
      const upright = await phone.ink();
      await phone.page.setViewportSize({ width: 844, height: 390 });
      await phone.page.setViewportSize({ width: 390, height: 844 });
      expect(await phone.ink()).toBe(upright);
      await phone.pressButton('横屏签字');
      await phone.padIsReady(5);
      // Beyond the edge of the upright pad.
      await phone.write([[0.5, 0.85, 0.6, 0.95]], 5);
      await phone.pressButton('完成');
      await phone.padIsReady(6);
      // The palm lies on the screen while a finger writes.
      await phone.write([[0.1, 0.1, 0.3, 0.2]], 6, { palm: true });
      await phone.pressButton('清除');
      await phone.padIsReady(0);
      expect(await phone.ink()).toBe(0);
      await phone.sign();
      await phone.pressButton('确认');
      await phone.isAt('确认完成');
    }),
  3 * MINUTES,
);
