import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentTypeNames } from '../../domain/documents';
import { consentKinds } from '../../domain/consents';
import { matterKindNames, roleNames } from '../../domain/roles';
import { legalBlocks } from '../../miniapp/src/legal-blocks';
import { en as mainEn } from '../../miniapp/src/texts/en';
import { recordsEn } from '../../miniapp/src/texts/records.en';
import { recordsZhCN } from '../../miniapp/src/texts/records.zh-CN';
import { serverMessagesInEnglish } from '../../miniapp/src/texts/server-messages.en';
import { zhCN as mainZhCN } from '../../miniapp/src/texts/zh-CN';
import { readLegalTexts } from '../../texts/legal-texts';
import { userMessages, stuckMessages } from '../../texts/user-messages';
import { support } from '../../texts/support';

// With the texts of the pages that have their own.
const zhCN = { ...mainZhCN, records: recordsZhCN };
const en = { ...mainEn, records: recordsEn };

// Messages for clerks and registration systems only.
const forOthers = [
  'sign_in_refused',
  'request_not_verified',
  'nonce_replayed',
  'authority_not_permitted',
  'not_your_right',
  'csrf_missing',
  'not_on_oneself',
  'version_conflict',
  'content_type_unsupported',
  'document_not_as_named',
  'document_unsupported',
  'scan_unsupported',
  'scan_damaged',
  'scan_infected',
  'scan_unexamined',
  'scan_unknown',
  'too_many_scans',
  'matter_not_open',
  'flag_reviewed',
  'not_for_this_cause',
  'grant_limit_reached',
  'needs_second_clerk',
  'proposal_pending',
  'proposal_unknown',
  'proposal_expired',
  'too_many_proposals',
  'not_the_reviewer',
  'not_the_proposer',
  'reason_unsuitable',
  'login_taken',
  'login_waits',
  'invited_lately',
  'invitation_over',
  'provider_account_taken',
  'provider_account_unlinked',
  'provider_answer_invalid',
  'provider_sign_in_cancelled',
  'provider_sign_in_void',
  'provider_unavailable',
  'clerk_disabled',
  'sign_in_later',
  'password_change_required',
  'second_factor_required',
  'second_factor_wrong',
  'reauthentication_required',
  'enrolment_not_proven',
  'last_second_factor',
  'needs_another_admin',
  'act_not_pending',
  'act_not_yet',
  'password_wrong',
  'no_reviewer',
  'claimed_by_other',
  'claim_expired',
  'clerk_unsuitable',
  'nobody_above',
  'too_many_snoozed',
  'too_many_notes',
  'too_many_views',
  'complaint_answered',
  'verification_refused',
  'evidence_file_unreadable',
  'not_confirmed',
];

test('every message of the API to persons has its English, and there is no other', () => {
  const expected = [
    ...Object.keys(userMessages).filter((code) => !forOthers.includes(code)),
    ...Object.keys(stuckMessages).map((cause) => `stuck_${cause}`),
    ...documentTypeNames.map((type) => `document_${type}`),
    ...matterKindNames.map((kind) => `kind_${kind}`),
    ...roleNames.map((role) => `role_${role}`),
    ...consentKinds.map((kind) => `title_${kind}`),
  ];
  expect(Object.keys(serverMessagesInEnglish).sort()).toEqual(expected.sort());
});

const blanks = (catalogue: object) =>
  JSON.stringify(catalogue, (_, value: unknown) =>
    typeof value === 'string'
      ? [...value.matchAll(/\{\w+\}/g)]
          .sort()
          .map(([blank]) => blank.slice(1, -1))
          .join(' ')
      : value,
  );

test('both catalogues have the same placeholders', () => {
  expect(blanks(en)).toBe(blanks(zhCN));
});

test('Chinese texts stand in the catalogue, not in the screens', () => {
  const sources = join(__dirname, '../../miniapp/src');
  const screens = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.tsx'),
  );
  const spoken = screens.filter((file) => {
    const code = readFileSync(join(sources, file), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
    return /\p{sc=Han}{2}/u.test(code);
  });
  expect(screens.length).toBeGreaterThan(20);
  expect(spoken).toEqual([]);
});

test('the reference translation of what signing means is of the version that is shown', () => {
  const { version = '' } = readLegalTexts().get('liability') ?? {};
  expect(en.liabilityReference).toContain(`version ${version}.`);
});

test('every question is answered in both languages', () => {
  const { 'zh-CN': chinese, en: english } = support;
  expect(english.questions.length).toBe(chinese.questions.length);
  expect(english.howTo.length).toBe(chinese.howTo.length);
  const untold = english.questions.filter(({ question, answer }) =>
    /\p{sc=Han}{20}/u.test(question + answer),
  );
  expect(untold).toEqual([]);
});

const root = join(__dirname, '../..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const inForce = [...consentKinds, 'liability'].map((kind) => readLegalTexts().get(kind)?.text ?? '');

/** Everything that people read now, by the place where it stands. Legal texts that are no longer in force stay as they were. */
const official: Record<string, string> = {
  ...Object.fromEntries(
    ['miniapp/src/texts', 'texts'].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => [`${folder}/${file}`, read(folder, file)]),
    ),
  ),
  'texts/legal': inForce.join('\n'),
  'docs/manual.zh-CN.md': read('docs/manual.zh-CN.md'),
};

test.each<[string | RegExp, string]>([
  ['签字意味着什么', '签字须知及法律责任'],
  ['自愿担任或参与上列身份', '自愿担任上述职务或作为股东（合伙人），并确认所载内容真实'],
  ['推送系统', '申报系统'],
  ['登记系统会收到通知', '确认结果已提交登记机关'],
  ['处理时间', '确认时间'],
  [/自 ?\{at\} ?起/, '开始时间'],
  ['请核对此项', '请核对姓名是否与证件一致。'],
  ['请核对此项', '请核对证件号码是否与证件一致。'],
  ['光线暗', '画面较暗或不清晰，请在光线充足处重试'],
  ['提交的内容有误，请按提示修改', '证件号码有误，请逐位核对。'],
  ['如果您不知情，请不要签字', '如非本人办理，请点击「这不是我办的」'],
  ['已记录「这不是我办的」', '已登记您的异议，该业务已停止办理，并已通知登记机关'],
  ['我不知道这项业务', '本人对该业务不知情'],
  ['内容与我知道的不一致', '业务内容与实际情况不符'],
  ['我不再办理这项业务', '本人不再办理该业务'],
  [/(?<!暂)不拒绝，返回/, '暂不拒绝，返回'],
  ['三位字母', '请选择签发国家或地区'],
  ['刷脸核验尚未完成', '尚未查询到刷脸结果，请重新刷脸'],
  ['我的同意', '授权管理'],
  [/文件与登记机关提交的(是否)?一致/, '文件核对一致，与申报系统提交的申请材料相同。'],
  ['原大', '适应屏宽'],
  [/选填的(银行)?预留手机号/, '如需核验预留手机号，还包括该手机号'],
  ['业务身份核验', '签字前身份核验'],
  [/搜索[「“]登记注册身份验证[」”]/, '登记注册身份验证小程序'],
  ['目前请使用支付宝中的小程序', '目前版本仅支持支付宝小程序核验，后续微信及对应的APP将会陆续上线。'],
  [/[Ll]ook again”/, 'Refresh'],
])('nobody reads %s any more: it is %s', (before, now) => {
  const places = Object.entries(official);
  expect(places.filter(([, text]) => text.includes(now))).not.toEqual([]);
  const has = (text: string) => (typeof before === 'string' ? text.includes(before) : before.test(text));
  expect(places.filter(([, text]) => has(text)).map(([place]) => place)).toEqual([]);
});

test('what had the same words in several places has words of its own in each', () => {
  expect(zhCN).toMatchObject({
    stuckTitles: {
      'locked-out': '今日核验次数已用完',
      'in-person': '请到窗口办理',
      others: '正在等待处理',
    },
    passedTitle: '核验成功',
    portraitTitle: '请确认本人人像',
    faceTitle: '身份核验',
    matterFaceTitle: '签字前身份核验',
    toWindow: '不刷脸，到窗口办理',
    cardToWindow: '无法核验银行卡，到窗口办理',
    allDone: '待办事项已全部办理完毕。',
    documents: '申请材料',
    settledAt: { confirmed: '确认时间' },
  });
});

test.each(consentKinds)(
  'before and after the consent to %s is withdrawn, people read different things',
  (kind) => {
    const code = kind.replaceAll('-', '_') as 'face_check';
    expect(userMessages[`consent_withdrawal_${code}`]).toMatch(/^撤回/);
    expect(userMessages[`consent_withdrawn_${code}`]).toMatch(/^您已撤回/);
  },
);

test('one thing has one word', () => {
  expect(userMessages.consent_withdrawn_personal_information).toContain('您已撤回同意，本次办理已结束。');
  expect([zhCN.consentChanged, zhCN.issues.consent_to_old_text, zhCN.textsInForce]).toEqual([
    expect.stringContaining('文本已更新'),
    expect.stringContaining('文本已更新'),
    '现行文本',
  ]);
  // To withdraw a consent, and to end a visit.
  const english = JSON.stringify([en, serverMessagesInEnglish]);
  expect(english.match(/[Tt]ake[^.]{0,20} back|[Tt]aken[^.]{0,20} back|[Ff]inish now|network is gone/g)).toBe(
    null,
  );
});

test('English has English punctuation, and the usual words for the list', () => {
  expect(en).toMatchObject({ refresh: 'Refresh', open: 'To do', past: 'Done', listSeparator: ', ' });
  const english = [en, serverMessagesInEnglish, support.en].map((texts) => JSON.stringify(texts));
  expect(english.join('').match(/[、，。；：（）【】「」]/g)).toBe(null);
});

test('people find the buttons that the texts name', () => {
  // WeChat’s scanner, the account that helps, its service, and the form for complaints.
  const others = ['扫一扫', '你呼我应', '登记注册自然人身份验证系统'];
  const messages = Object.entries(userMessages).filter(([code]) => !forOthers.includes(code));
  const buttons = JSON.stringify(zhCN);
  const named = [...inForce, JSON.stringify(support['zh-CN']), JSON.stringify(messages)].flatMap((text) =>
    Array.from(text.matchAll(/[【「](.+?)[】」]/g), ([, name = '']) => name),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !others.includes(name) && !buttons.includes(`"${name}"`))).toEqual([]);
});

test('the marks of legal texts become headings, lists and paragraphs', () => {
  expect(legalBlocks('# 标题\n\n正文\n\n## 一、甲\n\n- 子\n- 丑\n\n- 寅\n末\n')).toEqual([
    { type: 'paragraph', text: '正文' },
    { type: 'heading', text: '一、甲' },
    { type: 'list', items: ['子', '丑', '寅'] },
    { type: 'paragraph', text: '末' },
  ]);
  const shown = inForce.flatMap((text) => legalBlocks(text));
  expect(new Set(shown.map(({ type }) => type)).size).toBe(3);
  expect(JSON.stringify(shown)).not.toMatch(/"[#-]|[*_`]/);
});
