import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Holder } from '../../sandbox/alipay/settings';
import { alipayBuild } from '../setup/needs/alipay';
import { MINUTES, setStage } from '../setup/stage';
import type { Files } from './fake-files';
import type { Owner } from './fake-my';
import { openPhone } from './alipay-phone';
import type { Phone } from './alipay-phone';

const bundle = alipayBuild();
const holders = JSON.parse(readFileSync(join(__dirname, '../../samples/persons.json'), 'utf8')) as Holder[];

const stage = setStage('alipay', 18_100);
let opened: Phone | undefined;
const ink: string[] = [];
const requestedTemplates: string[][] = [];
const files: Files = new Map();
const shownPdfs: Buffer[] = [];

afterEach(() => {
  opened?.close();
});

function openPhoneOf(
  { account }: Holder,
  folder = bundle,
  timeoutMs?: number,
  owned: Pick<Owner, 'refuses' | 'leaves'> = {},
): Phone {
  ink.length = 0;
  requestedTemplates.length = 0;
  files.clear();
  shownPdfs.length = 0;
  const kept = { storage: new Map(), files };
  const owner = { account, urls: stage.urls(), ...kept, shownPdfs, ink, requestedTemplates, ...owned };
  opened = openPhone(folder, owner, timeoutMs);
  return opened;
}

/** The bundle with something changed in all of its files of a kind. */
function changed(kind: string, from: string, to: string): string {
  const folder = stage.newFolder('bundle');
  cpSync(bundle, folder, { recursive: true });
  let count = 0;
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith(kind)) continue;
    const parts = readFileSync(join(folder, file), 'utf8').split(from);
    count += parts.length - 1;
    writeFileSync(join(folder, file), parts.join(to));
  }
  expect([from, count]).not.toEqual([from, 0]);
  return folder;
}

async function chooseIdCard(phone: Phone): Promise<void> {
  await phone.sees('登记注册身份验证');
  await phone.press('请选择证件类型');
  await phone.press('居民身份证');
}

/** Typed by phone. */
async function enter(phone: Phone, { name, document }: Holder): Promise<void> {
  await phone.fill('请填写姓名', name);
  await chooseIdCard(phone);
  await phone.fill('请填写证件号码', document.number);
  await agree(phone);
}

async function agree(phone: Phone): Promise<void> {
  await phone.tick('为提高认证安全等级');
  await phone.tick('您知悉并同意');
  await phone.press('查看待办事项');
}

async function passFace(phone: Phone): Promise<void> {
  await phone.sees('身份核验');
  await phone.tick('我已阅读并单独同意《人脸信息');
  await phone.press('同意协议并认证');
}

async function submitCard(phone: Phone, { bankCards }: Holder): Promise<void> {
  await phone.press('继续');
  await phone.fill('请填写本人银行卡号', bankCards[0]!.number);
  await phone.tick('我已阅读');
  await phone.press('提交核验');
  await phone.sees('请确认这是您刚刚采集的人像');
}

async function confirm(phone: Phone): Promise<void> {
  await phone.press('查看待办事项');
  await phone.press('业务确认');
  await phone.announces('heading', '业务详情');
  await phone.press('确认');
}

test(
  'a person goes from the entry to the signature in Alipay, although the mini-program is killed on the way',
  async () => {
    const person = holders[2]!;
    const phone = openPhoneOf(person);
    await phone.sees('证件类型');
    // The first time, Alipay asks whether it may give name and number.
    await chooseIdCard(phone);
    await phone.sees('已根据支付宝授权信息填写');
    await agree(phone);
    await passFace(phone);
    await phone.sees('核验成功');
    phone.relaunch();
    await submitCard(phone, person);
    await phone.seesPicture();
    await confirm(phone);
    await passFace(phone);
    expect(requestedTemplates).toEqual([[expect.stringMatching(/^[0-9a-f]{32}$/)]]);
    await phone.sees('确认并签字');
    await phone.sign();
    expect(ink.filter((command) => command.startsWith('stroke'))).toHaveLength(50);
    await phone.press('确认');
    await phone.sees('确认完成');
  },
  2 * MINUTES,
);

test.each([
  ['refuses messages', 0, true, () => bundle],
  [
    'has an old Alipay that has no such request',
    1,
    false,
    () => changed('.js', 'my.requestSubscribeMessage', 'my.requestNothing'),
  ],
])(
  'a person who %s can confirm all the same',
  async (_, at, refuses, folder) => {
    const person = holders[at]!;
    const phone = openPhoneOf(person, folder(), undefined, { refuses });
    await enter(phone, person);
    await passFace(phone);
    await submitCard(phone, person);
    await confirm(phone);
    await passFace(phone);
    await phone.sees('确认并签字');
    expect(requestedTemplates).toHaveLength(refuses ? 1 : 0);
  },
  MINUTES,
);

test(
  'Alipay’s viewer shows a PDF and the page a picture, as they were submitted; then they are off the phone',
  async () => {
    const sample = (name: string) =>
      readFileSync(join(__dirname, `../../samples/documents/sample-0001-${name}`));
    const person = holders[0]!;
    const phone = openPhoneOf(person);
    await enter(phone, person);
    await passFace(phone);
    await submitCard(phone, person);
    await phone.press('查看待办事项');
    await phone.press('业务确认');
    await phone.press('公司章程');
    await phone.sees('文件核对一致，与申报系统提交的申请材料相同。');
    await phone.press('查看 PDF 文件');
    expect(shownPdfs).toEqual([sample('charter.pdf')]);
    phone.back();
    await phone.press('股东决定');
    await phone.sees('显示比例：100%');
    await phone.press('放大');
    await phone.sees('显示比例：150%');
    expect([...files.keys()]).toEqual([
      expect.stringMatching(/^https:\/\/usr\/documents\/[0-9a-f]{64}\.jpg$/),
    ]);
    expect([...files.values()]).toEqual([sample('decision.jpg')]);
    await phone.press('返回');
    await phone.sees('住所使用证明');
    // Of one that the api can't open any more, nothing is written to the phone.
    await stage.rowsOf('UPDATE application_document_parts SET content = REVERSE(content)');
    await phone.press('公司章程');
    await phone.sees('文件暂时无法打开');
    expect(files.size).toBe(0);
  },
  MINUTES,
);

test(
  'another person’s face fails the check, and the page says what to do',
  async () => {
    const person = holders[3]!;
    await stage.scenario(person.account, 'not-same-person-first');
    const phone = openPhoneOf(person);
    await enter(phone, person);
    await passFace(phone);
    await phone.sees('核验失败');
    await phone.sees('人像比对未通过');
  },
  MINUTES,
);

test(
  "leaving the vendor's page early costs no attempt, and the same check goes on",
  async () => {
    const failedAttempts = () => stage.rowsOf("SELECT COUNT(*) FROM attempts WHERE state = 'failed'");
    const before = await failedAttempts();
    const person = holders[5]!;
    const phone = openPhoneOf(person, bundle, undefined, { leaves: 1 });
    await enter(phone, person);
    await passFace(phone);
    await phone.sees('我已完成刷脸');
    await phone.press('重新核验');
    await phone.sees('核验成功');
    expect(await failedAttempts()).toEqual(before);
  },
  MINUTES,
);

test('a text opens and closes again, and the form says in words what is wrong', async () => {
  const phone = openPhoneOf(holders[0]!);
  await phone.press('查看《个人信息处理规则》');
  await phone.sees('市场主体登记管理条例');
  phone.back();
  await enter(phone, { ...holders[0]!, document: { ...holders[0]!.document, number: '110105190002031016' } });
  await phone.sees('证件号码有误，请逐位核对。');
  await phone.press('居民身份证');
  await phone.press('台湾居民来往大陆通行证');
  await phone.pick('请选择有效期截止日期', '2035-12-31');
  await phone.sees('2035-12-31');
});

test(
  'a passport leads to the window: its country is found by name, the number to show is a picture, and ending asks once',
  async () => {
    const phone = openPhoneOf(holders[5]!, bundle, undefined, { refuses: true });
    await phone.fill('请填写姓名', 'SAMPLE ROBIN');
    await phone.press('请选择证件类型');
    await phone.press('外国护照');
    await phone.fill('请填写证件号码', 'P90000001');
    await phone.pick('请选择有效期截止日期', '2035-12-31');
    await phone.press('请选择签发国家或地区');
    await phone.fill('输入名称查找国家或地区', '美国');
    await phone.press('美国 United States of America');
    await phone.tick('您知悉并同意');
    await phone.press('查看待办事项');
    await phone.sees('请到窗口办理');
    await phone.seesPicture();
    await phone.press('结束本次办理');
    await phone.sees('结束后，如需继续办理，须重新录入信息并重新核验');
    await phone.press('返回');
    await phone.press('结束本次办理');
    await phone.press('确认结束');
    await phone.sees('上次办理已结束');
  },
  MINUTES,
);

test(
  'a complaint is written, gets a number, and is listed',
  async () => {
    const phone = openPhoneOf(holders[6]!);
    await phone.press('技术支持');
    await phone.press('投诉建议');
    await phone.announces('radiogroup', '建议');
    await phone.choose('建议');
    await phone.fill('请写明时间、地点和具体情况', '希望增加夜间模式。');
    await phone.press('提交');
    await phone.sees('已收到您的投诉建议');
    await phone.sees('待答复');
    await phone.press('继续提交');
    await phone.press('提交');
    await phone.sees('请选择投诉或建议。');
  },
  MINUTES,
);

test.each([
  ['a press reaches no button', '.axml', 'onTap="eh"', '', '“居民身份证” to press does not come'],
  [
    'the face check does not open',
    '.js',
    'my.startAPVerify',
    'my.getSystemInfoSync',
    '“核验成功” does not come',
  ],
])('the test notices a bundle in which %s', async (_, kind, from, to, complaint) => {
  const person = holders[4]!;
  const phone = openPhoneOf(person, changed(kind, from, to), 3_000);
  const walk = async () => {
    await enter(phone, person);
    await passFace(phone);
    await phone.sees('核验成功');
  };
  await expect(walk()).rejects.toThrow(complaint);
});
