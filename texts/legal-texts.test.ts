import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consentKinds } from '../domain/consents';
import { readLegalTexts } from './legal-texts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'legal-texts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (...files: string[]) =>
  files.forEach((file) => writeFileSync(join(folder, file), `# 标题 ${file}\n\n正文\n`));

test('the highest version is in force, compared as numbers', () => {
  write('face-check.2026-9.md', 'face-check.2026-10.md', 'face-check.2026-1.md', 'face-check.2025-99.md');
  const texts = readLegalTexts(folder);
  expect(texts.get('face-check')).toMatchObject({
    kind: 'face-check',
    version: '2026-10',
    title: '标题 face-check.2026-10.md',
  });
});

test('an earlier version stays readable, with the same hash as in its consents', () => {
  write('face-check.2026-1.md', 'face-check.2026-2.md');
  const text = readLegalTexts(folder).get('face-check', '2026-1');
  expect(text?.text).toContain('2026-1');
  expect(text?.sha256).toBe(
    createHash('sha256')
      .update(text?.text ?? '')
      .digest('hex'),
  );
});

test('an unknown text is undefined', () => {
  write('face-check.2026-1.md');
  const texts = readLegalTexts(folder);
  expect([texts.get('face-check', '2026-2'), texts.get('liability')]).toEqual([undefined, undefined]);
});

test.each(['face-check.md', 'face-check.v2.md', 'face-check.2026-1.md.orig', 'Face.2026-1.md'])(
  'a file named %s is rejected at the start',
  (file) => {
    write(file);
    expect(() => readLegalTexts(folder)).toThrow(file);
  },
);

test('there is a text in force for each consent', () => {
  const texts = readLegalTexts();
  for (const kind of consentKinds) expect([kind, texts.get(kind)?.title]).toEqual([kind, expect.any(String)]);
});

// 个人信息保护法 art. 7, 14–17, 23, 29–30, 44–50, and 人脸识别技术应用安全管理办法 (2025) art. 5, for a text to which people agree.
const required: [string, RegExp][] = [
  ['its version', /版本：\d+-\d+。/],
  ['from when it is in force', /生效日期：\d+年\d+月\d+日/],
  ['who processes the data', /个人信息处理者/],
  ['how they are reached', /联系方式/],
  ['on whose behalf it is checked', /支付宝（中国）网络技术有限公司/],
  ['that the data is sensitive, and what may follow', /敏感个人信息[^]*一旦泄露或者被非法使用/],
  ['the purpose', /目的/],
  ['the necessity', /必要性/],
  ['how long data is kept', /保存期限/],
  ['the way without it', /到登记机关窗口办理，[^]*效力相同/],
  ['how to take it back', /撤回同意：通过页面下方【授权管理】办理/],
  ['access, copies, corrections and deletion', /查阅、复制、更正、补充、(?:转移、)?删除/],
  ['complaints', /投诉举报/],
  ['minors', /不满十四周岁/],
  ['what happens when it changes', /变更的，将/],
];

describe.each(consentKinds)('the text %s in force', (kind) => {
  const { text = '', version } = readLegalTexts().get(kind) ?? {};

  test.each(required)('tells %s', (_, pattern) => {
    expect(text).toMatch(pattern);
  });

  test('tells the version of its file', () => {
    expect(text).toContain(`版本：${version}。`);
  });
});
