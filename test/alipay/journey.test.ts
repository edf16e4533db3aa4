import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Holder } from '../../sandbox/alipay/settings';
import { alipayBuild } from '../setup/needs/alipay';
import { MINUTES, setStage } from '../setup/stage';
import type { Owner } from './my';
import { openPhone } from './phone';
import type { Phone } from './phone';

const bundle = alipayBuild();
const holders = JSON.parse(readFileSync(join(__dirname, '../../samples/persons.json'), 'utf8')) as Holder[];

const stage = setStage('alipay', 18_100);
let phone: Phone | undefined;
const ink: string[] = [];
const askedFor: string[][] = [];

afterEach(() => {
  phone?.putAway();
});

function pickUp(
  { account }: Holder,
  folder = bundle,
  patience?: number,
  owned: Pick<Owner, 'isReserved' | 'leaves'> = {},
): Phone {
  ink.length = 0;
  askedFor.length = 0;
  const owner = { account, urls: stage.urls(), storage: new Map(), ink, askedFor, ...owned };
  const opened = openPhone(folder, owner, patience);
  phone = opened;
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

async function chooseIdCard(hand: Phone): Promise<void> {
  await hand.sees('登记注册身份验证');
  await hand.tap('请选择证件类型');
  await hand.tap('居民身份证');
}

/** Typed by hand. */
async function enter(hand: Phone, { name, document }: Holder): Promise<void> {
  await hand.fill('请填写姓名', name);
  await chooseIdCard(hand);
  await hand.fill('请填写证件号码', document.number);
  await agree(hand);
}

async function agree(hand: Phone): Promise<void> {
  await hand.tick('为提高认证安全等级');
  await hand.tick('您知悉并同意');
  await hand.tap('查看待办事项');
}

async function passFace(hand: Phone): Promise<void> {
  await hand.sees('身份核验');
  await hand.tick('我已阅读');
  await hand.tap('同意协议并认证');
}

async function submitCard(hand: Phone, { bankCards }: Holder): Promise<void> {
  await hand.tap('继续');
  await hand.fill('请填写本人银行卡号', bankCards[0]!.number);
  await hand.tick('我已阅读');
  await hand.tap('提交核验');
  await hand.sees('请确认这是您刚刚采集的人像');
}

async function confirm(hand: Phone): Promise<void> {
  await hand.tap('查看待办事项');
  await hand.tap('业务确认');
  await hand.hears('heading', '业务详情');
  await hand.tap('确认');
}

test(
  'a person goes from the entry to the signature in Alipay, through the end of the mini-program on the way',
  async () => {
    const person = holders[2]!;
    const hand = pickUp(person);
    await hand.sees('证件类型');
    // The first time Alipay asks whether it may give name and number.
    await chooseIdCard(hand);
    await hand.sees('已根据支付宝授权信息填写');
    await agree(hand);
    await passFace(hand);
    await hand.sees('核验成功');
    hand.relaunch();
    await submitCard(hand, person);
    await hand.seesPicture();
    await confirm(hand);
    await passFace(hand);
    expect(askedFor).toEqual([[expect.stringMatching(/^[0-9a-f]{32}$/)]]);
    await hand.sees('确认并签字');
    await hand.sign();
    expect(ink.filter((command) => command.startsWith('stroke'))).toHaveLength(50);
    await hand.tap('确认');
    await hand.sees('确认完成');
  },
  2 * MINUTES,
);

test.each([
  ['says no to messages', 0, true, () => bundle],
  [
    'has an Alipay of old, which cannot be asked for them',
    1,
    false,
    () => changed('.js', 'my.requestSubscribeMessage', 'my.requestNothing'),
  ],
])(
  'who %s confirms all the same',
  async (_, at, isReserved, folder) => {
    const person = holders[at]!;
    const hand = pickUp(person, folder(), undefined, { isReserved });
    await enter(hand, person);
    await passFace(hand);
    await submitCard(hand, person);
    await confirm(hand);
    await passFace(hand);
    await hand.sees('确认并签字');
    expect(askedFor).toHaveLength(isReserved ? 1 : 0);
  },
  MINUTES,
);

test(
  'who is not the person is told so, with what to do about it',
  async () => {
    const person = holders[3]!;
    await stage.scenario(person.account, 'not-same-person-first');
    const hand = pickUp(person);
    await enter(hand, person);
    await passFace(hand);
    await hand.sees('核验失败');
    await hand.sees('人像比对未通过');
  },
  MINUTES,
);

test(
  "leaving the vendor's page early costs no attempt, and the same check is gone on with",
  async () => {
    const failedAttempts = () => stage.rowsOf("SELECT COUNT(*) FROM attempts WHERE state = 'failed'");
    const before = await failedAttempts();
    const person = holders[5]!;
    const hand = pickUp(person, bundle, undefined, { leaves: 1 });
    await enter(hand, person);
    await passFace(hand);
    await hand.sees('我已完成刷脸');
    await hand.tap('同意协议并认证');
    await hand.sees('核验成功');
    expect(await failedAttempts()).toEqual(before);
  },
  MINUTES,
);

test('a text is read and left again, and what is wrong is said in words', async () => {
  const hand = pickUp(holders[0]!);
  await hand.tap('查看《个人信息处理规则》');
  await hand.sees('市场主体登记管理条例');
  hand.back();
  await enter(hand, { ...holders[0]!, document: { ...holders[0]!.document, number: '110105190002031016' } });
  await hand.sees('证件号码有误，请逐位核对。');
  await hand.tap('居民身份证');
  await hand.tap('台湾居民来往大陆通行证');
  await hand.pick('请选择有效期截止日期', '2099-12-31');
  await hand.sees('2099-12-31');
});

test.each([
  ['a tap reaches no button', '.axml', 'onTap="eh"', '', '“居民身份证” to tap does not come'],
  [
    'the face check does not open',
    '.js',
    'my.startAPVerify',
    'my.getSystemInfoSync',
    '“核验成功” does not come',
  ],
])('a bundle in which %s does not pass for a good one', async (_, kind, from, to, complaint) => {
  const person = holders[4]!;
  const hand = pickUp(person, changed(kind, from, to), 3_000);
  const walk = async () => {
    await enter(hand, person);
    await passFace(hand);
    await hand.sees('核验成功');
  };
  await expect(walk()).rejects.toThrow(complaint);
});
