import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { support } from '../../texts/support';
import { phonesOf } from './browser-phone';
import { inspect, inspected, picturesTo, screen } from './manual-pictures';
import { waysBeside } from './manual-ways';
import { MINUTES, setStage } from '../setup/stage';

// Goes through every screen of the manual (docs/manual.zh-CN.md) and checks whether people can use it. `npm run manual` takes
// the pictures on the way.

const docs = join(__dirname, '../../docs');
const file = join(docs, 'manual.zh-CN.md');
const manual = readFileSync(file, 'utf8');

const stage = setStage('manual', 18_110);
const withPhone = phonesOf(stage);
const { scenario, gateway, push, rowsOf } = stage;

test(
  '从录入到签字',
  () =>
    withPhone(
      'tester-1',
      async (phone, holder) => {
        await phone.open(holder);
        await inspect(phone, 'entry');
        await phone.visible('.picked').first().tap();
        await inspect(phone, 'entry-documents');
        await phone.visible('.picked').first().tap();
        await phone.fillIn({ ...holder, document: { ...holder.document, number: '110105190002031016' } });
        await inspect(phone, 'entry-filled');
        await phone.pressButton('查看待办事项');
        await phone.shows('证件号码有误，请逐位核对。');
        await inspect(phone, 'entry-mistake');
        await phone.pressLink('查看《个人信息处理规则》');
        await phone.isAt('个人信息处理规则');
        await inspect(phone, 'legal-text');
        await phone.pressButton('返回');
        await phone.fill('documentNumber', holder.document.number);
        // The vendor is so slow that the API answers 202.
        await gateway({ mode: 'slow', delayMs: 6_000, times: 2 });
        await phone.pressButton('查看待办事项');
        await phone.button('正在核对证件…').waitFor();
        await inspect(phone, 'certificate-check');
        await phone.isAt('身份核验');
        expect(await phone.page.getByText('今日还可尝试').count()).toBe(0);
        await inspect(phone, 'face');
        await phone.tick();
        await phone.pressButton('同意协议并认证');
        await phone.page.getByText('刷脸通过').first().waitFor();
        await inspect(phone, 'face-vendor', { whole: false });
        await phone.choose('刷脸通过');
        await phone.isAt('核验成功');
        await inspect(phone, 'face-passed');
        await phone.pressButton('继续');
        await phone.isAt('银行卡核验');
        expect(await phone.page.getByText('今日还可尝试').count()).toBe(0);
        await inspect(phone, 'bank-card');
        await scenario(holder.account, 'card-mismatch-first');
        await phone.submitCard('6200000000000054');
        await phone.shows('银行卡核验未通过');
        await phone.shows('今日还可尝试');
        await inspect(phone, 'bank-card-failed');
        await phone.submitCard(holder.bankCards[0]?.number ?? '');
        await phone.shows('请确认这是您刚刚采集的人像');
        await phone.visible('.portrait-picture').waitFor();
        await inspect(phone, 'portrait');
        await phone.pressButton('重新录入');
        await inspect(phone, 'question-re-enter');
        await phone.pressButton('返回');
        await phone.pressButton('查看待办事项');
        await phone.isAt('待办事项');
        await phone.shows('北京沙箱甲科技有限公司');
        await inspect(phone, 'to-dos');
        await phone.pressButton('业务确认');
        await phone.isAt('业务详情');
        await phone.shows('签字须知及法律责任');
        await inspect(phone, 'details');
        await phone.press(phone.visible('.document', { hasText: '股东决定' }));
        await phone.shows('文件核对一致，与申报系统提交的申请材料相同。');
        await inspect(phone, 'document');
        await phone.pressButton('返回');
        await phone.isAt('业务详情');
        await phone.pressButton('确认');
        await phone.isAt('签字前身份核验');
        await inspect(phone, 'matter-face');
        await phone.face();
        await phone.isAt('确认并签字');
        await phone.padIsReady(0);
        await phone.shows('北京沙箱甲科技有限公司');
        await phone.sign();
        await inspect(phone, 'signing');
        await phone.pressButton('取消');
        await inspect(phone, 'question-cancel');
        await phone.pressButton('返回');
        await phone.pressButton('横屏签字');
        await phone.padIsReady(5);
        await inspect(phone, 'signing-sideways', { whole: false });
        await phone.pressButton('完成');
        await phone.padIsReady(5);
        await phone.pressButton('确认');
        await phone.isAt('确认完成');
        await phone.shows('存证编号');
        await inspect(phone, 'completed');
        await phone.pressButton('返回待办事项');
        await phone.shows('待办事项已全部办理完毕');
        await inspect(phone, 'to-dos-empty');
        await phone.visible('.tab').getByText('已办').tap();
        await phone.shows('已确认');
        await inspect(phone, 'to-dos-past');
        await phone.pressButton('结束办理');
        await inspect(phone, 'question-close');
        await phone.pressButton('返回');
        await phone.pressLink('授权管理');
        await phone.isAt('授权管理');
        await phone.shows('同意时间');
        await inspect(phone, 'consents');
        await phone.pressButton('撤回同意');
        await phone.shows('撤回前依法完成的核验');
        await inspect(phone, 'consent-withdrawal');
      },
      screen,
    ),
  5 * MINUTES,
);

test(
  '由支付宝填写',
  () =>
    withPhone(
      'tester-5',
      async (phone, holder) => {
        await phone.open(holder);
        await phone.chooseDocument(holder);
        await phone.pressButton('使用支付宝实名信息填写');
        await phone.page.getByText(holder.name).first().waitFor();
        await inspect(phone, 'authorization', { whole: false });
        await phone.choose(holder.name);
        await phone.shows('已根据支付宝授权信息填写');
        await inspect(phone, 'entry-authorized');
        await phone.tick();
        await phone.pressButton('查看待办事项');
        await phone.isAt('身份核验');
      },
      screen,
    ),
  2 * MINUTES,
);

test(
  '核验失败、技术支持、大字版、英文',
  () =>
    withPhone(
      'tester-2',
      async (phone, holder) => {
        await scenario(holder.account, 'not-the-holder');
        await phone.enter(holder);
        await phone.shows('与当前支付宝账号的实名信息不一致');
        await inspect(phone, 'entry-not-own-account');
        await phone.pressLink('技术支持');
        await phone.isAt('常见问题');
        await phone.visible('.qr-code').waitFor();
        await inspect(phone, 'support');
        await phone.pressButton('返回');
        await scenario(holder.account, 'not-same-person-first');
        await phone.pressButton('查看待办事项');
        await phone.isAt('身份核验');
        await phone.face();
        await phone.isAt('核验失败');
        await phone.shows('人像比对未通过');
        await phone.shows('今日还可尝试');
        await inspect(phone, 'face-failed-portrait');
        await scenario(holder.account, 'service-trouble-first');
        await phone.face({ button: '重新核验' });
        await phone.shows('请稍后重试，或重新启动支付宝后重试。');
        await inspect(phone, 'face-failed-service');
        await scenario(holder.account, 'no-reason');
        await phone.face({ button: '重新核验' });
        await phone.shows('身份验证失败');
        await inspect(phone, 'face-failed-no-reason');
        await phone.pressLink('大字版');
        await inspect(phone, 'large-print');
        await phone.pressLink('标准版');
        await phone.pressLink('English');
        await phone.shows('中文');
        await inspect(phone, 'english');
        await phone.pressLink('中文');
        await scenario(holder.account, 'no-source-photo');
        await phone.face({ button: '重新核验' });
        await phone.isAt('正在等待处理');
        await inspect(phone, 'stuck');
        await phone.pressButton('不刷脸，到窗口办理');
        await phone.isAt('请到窗口办理');
        await phone.shows('请携带证件原件到登记机关窗口');
        await inspect(phone, 'window');
      },
      screen,
    ),
  5 * MINUTES,
);

test(
  '这不是我办的、姓名不一致、已超过7天',
  () =>
    withPhone(
      'tester-10',
      async (phone, holder) => {
        const { type, number } = holder.document;
        const matter = (name: string, entity: string) => ({
          version: 1,
          authority: '110105',
          kind: 'change',
          entity: { name: entity },
          sections: [{ title: '变更事项', fields: [{ label: '股东', value: name }] }],
          documents: [{ name: '变更决议', sha256: 'a'.repeat(64) }],
          persons: [{ reference: 'P-1', name, document: { type, number }, roles: ['shareholder'] }],
        });
        await push('MANUAL-1', matter('SAMPLE TAI WOMAN', '北京沙箱改名有限公司'));
        await phone.open(holder);
        await phone.fillIn({ ...holder, name: 'SAMPLE TAI WONG' });
        await phone.pressButton('查看待办事项');
        await phone.isAt('身份核验');
        await phone.face();
        await phone.shows('身份验证失败');
        await inspect(phone, 'face-failed-identity');
        await phone.pressButton('返回');
        await phone.isAt('登记注册身份验证');
        await phone.fillIn(holder);
        await phone.pressButton('查看待办事项');
        await phone.isAt('身份核验');
        await phone.face();
        await phone.pressButton('查看待办事项');
        await phone.pressButton('业务确认');
        await phone.shows('业务中的姓名与您的证件姓名不一致');
        await inspect(phone, 'name-differs');
        await phone.pressButton('返回');
        await phone.visible('.card', { hasText: '外投商贸' }).locator('.action').tap();
        await phone.isAt('业务详情');
        await phone.pressButton('这不是我办的');
        await phone.shows('请选择原因');
        await inspect(phone, 'refusal', { whole: false, near: phone.button('确认拒绝') });
        await phone.visible('.consent').first().tap();
        await phone.pressButton('确认拒绝');
        await phone.shows('已登记您的异议，该业务已停止办理，并已通知登记机关。');
        await inspect(phone, 'refusal-recorded');
        await push('MANUAL-2', matter(holder.name, '北京沙箱迟办有限公司'));
        await rowsOf("UPDATE matters SET listed_until = pushed_at WHERE external_id = 'MANUAL-2'");
        await phone.visible('.tab').getByText('已办').tap();
        await phone.shows('已超过7天');
        await phone.visible('.card', { hasText: '迟办' }).locator('.action').tap();
        await phone.shows('已超过7天的业务需由申报系统重新推送');
        await inspect(phone, 're-issue');
        await phone.pressButton('申请重新推送');
        await phone.shows('已请申报系统重新推送该业务');
        await inspect(phone, 're-issue-requested');
      },
      screen,
    ),
  5 * MINUTES,
);

waysBeside(stage, withPhone);

test('the manual shows every inspected screen, and no other', () => {
  const pictured = [...manual.matchAll(/\]\(manual\/([\w-]+)\.webp\)/g)].map(([, name]) => name);
  expect(pictured.sort()).toEqual([...inspected].sort());
  const kept = readdirSync(join(docs, 'manual')).map((file) => file.replace('.webp', ''));
  expect(kept.sort()).toEqual([...inspected].sort());
});

test('the questions of the manual are those of the support page', () => {
  const [before, after] = ['<!-- questions:start -->', '<!-- questions:end -->'];
  const questions = support['zh-CN'].questions.map(
    ({ question, answer }, at) => `**问题${at + 1}：${question}**\n\n${answer}\n`,
  );
  const chapter = `${before}\n\n${questions.join('\n')}\n${after}`;
  if (picturesTo === undefined) expect(manual).toContain(chapter);
  else writeFileSync(file, manual.replace(/<!-- questions:start -->[^]*<!-- questions:end -->/, chapter));
});

test('every button that the manual names exists', () => {
  const catalogue = readFileSync(join(__dirname, '../../miniapp/src/texts/zh-CN.ts'), 'utf8');
  const named = [...manual.matchAll(/【(.+?)】/g)].map(([, name]) => name ?? '');
  expect(named.filter((name) => !catalogue.includes(`'${name}'`))).toEqual([]);
});
