import { clerksOf } from '../setup/clerks';
import { MINUTES, setStage } from '../setup/stage';
import { phonesOf } from './browser-phone';
import { latestJourney, leaveOneAttempt } from './journey-rows';

// The page that waits: it says what, who, where, since when and until when, and goes on by itself.

const stage = setStage('waiting', 18_150);
const withPhone = phonesOf(stage);
const { push, scenario } = stage;
const authority = '北京市朝阳区市场监督管理局（演示）';

const clerks = clerksOf(stage);

test(
  'at the window the page names the national desk, not the authority, and goes on when two clerks have accepted',
  () =>
    withPhone('tester-8', async (phone, holder) => {
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await phone.pressButton('不刷脸，到窗口办理');
      await phone.isAt('请到窗口办理');
      await phone.shows('国家市场监督管理总局登记注册身份验证服务台（演示）');
      await phone.shows(/^\d{4} \d{4} \d{4} \d{2}$/);
      await phone.shows('港澳台居民居住证原件和本手机');
      expect(await phone.screen()).not.toContain(authority);
      // Nobody is sent to the desk: it is there to be called, and the authority of the application is where to go.
      await phone.shows('请到受理该登记申请的登记机关窗口办理。');
      await phone.visible('.row', { hasText: '咨询服务台' }).waitFor();
      expect(await phone.screen()).not.toContain('北京市西城区沙箱街2号');
      expect(await phone.barriers()).toEqual([]);
      const code = await phone.visible('.window-code').innerText();
      await clerks.accept(await latestJourney(stage), 'on-site', { windowCode: code });
      await phone.isAt('待办事项');
      // Nothing claims that a face was taken.
      expect(await phone.screen()).not.toContain('人像');
    }),
  3 * MINUTES,
);

test(
  'a person whose document has no face check is led to the window for a matter, too, and promised nothing else',
  () =>
    withPhone('tester-6', async (phone, holder) => {
      const document = { type: 'foreign-passport', number: 'P90000001', issuingCountry: 'USA' };
      await push('PASSPORT-1', {
        ...{ version: 1, authority: '110105', kind: 'change', entity: { name: '北京沙箱护照有限公司' } },
        sections: [{ title: '变更事项', fields: [{ label: '股东', value: 'SAMPLE ROBIN' }] }],
        documents: [{ name: '变更决议', sha256: 'a'.repeat(64) }],
        persons: [{ reference: 'P-1', name: 'SAMPLE ROBIN', document, roles: ['shareholder'] }],
      });
      await phone.open(holder);
      await phone.fillIn({ name: 'SAMPLE ROBIN', document: { ...document, validUntil: '2035-12-31' } });
      await phone.pressButton('查看待办事项');
      await phone.isAt('请到窗口办理');
      expect(await phone.button('改为刷脸核验').count()).toBe(0);
      const code = await phone.visible('.window-code').innerText();
      await clerks.accept(await latestJourney(stage), 'on-site', { windowCode: code });
      await phone.isAt('待办事项');
      await phone.openMatter();
      await phone.shows('接下来：到登记机关窗口核对证件并签字。');
      expect(await phone.screen()).not.toContain('刷脸');
      await phone.pressButton('确认');
      await phone.isAt('签字前身份核验');
      await phone.shows('您的证件暂不能线上核验');
      expect(await phone.screen()).not.toContain('刷脸');
      expect(await phone.barriers()).toEqual([]);
      await phone.pressButton('到窗口办理');
      await phone.isAt('请到窗口办理');
      await phone.shows(authority);
      expect(await phone.button('改为刷脸核验').count()).toBe(0);
    }),
  3 * MINUTES,
);

test(
  'within a matter the page names its authority, and leads back to the other matters',
  () =>
    withPhone('tester-9', async (phone, holder) => {
      await phone.verify(holder);
      await phone.pressButton('业务确认');
      await phone.pressButton('确认');
      await phone.isAt('签字前身份核验');
      await phone.pressButton('不刷脸，到窗口办理');
      await phone.isAt('请到窗口办理');
      await phone.shows(authority);
      await phone.shows('北京市朝阳区沙箱路1号政务服务中心二层登记注册窗口');
      await phone.pressButton('返回待办事项');
      await phone.isAt('待办事项');
      await phone.confirm();
      await phone.sign();
      await phone.pressButton('确认');
      await phone.isAt('确认完成');
    }),
  3 * MINUTES,
);

test(
  'a person without attempts left is told so at once, can ask for more, and goes on when a clerk grants them',
  () =>
    withPhone('tester-11', async (phone, holder) => {
      await scenario(holder.account, 'not-same-person');
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await phone.face();
      await phone.isAt('核验失败');
      await phone.shows('今日还可尝试 9 次');
      const journey = await latestJourney(stage);
      await leaveOneAttempt(stage, journey);
      await phone.face({ button: '重新核验' });
      await phone.isAt('今日核验次数已用完');
      await phone.shows('恢复时间');
      // It is said once.
      expect((await phone.screen()).match(/次数已用完/g)).toHaveLength(1);
      expect(await phone.button('重新核验').count()).toBe(0);
      await phone.pressButton('申请增加核验次数');
      await phone.shows('申请增加核验次数，经办人员处理后本页自动更新');
      await scenario(holder.account, 'all-well');
      await clerks.decide(journey, 'grant-attempts', { attempts: 2 });
      await phone.isAt('身份核验');
    }),
  3 * MINUTES,
);
