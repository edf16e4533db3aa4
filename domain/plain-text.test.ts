import { assert, constantFrom, property, string, stringMatching, tuple } from 'fast-check';
import { plainTextDefect } from './plain-text';
import type { PlainTextDefect } from './plain-text';

test.each<[string, PlainTextDefect | undefined]>([
  ['北京市朝阳区试验路1号\n二层（A座）', undefined],
  ['Ünïcode, 𠮷野家 & 100 %', undefined],
  ['', 'text_blank'],
  [' \n\u3000', 'text_blank'],
  ['见 example.com/x', 'text_has_link'],
  ['见example.com/x。', 'text_has_link'],
  ['见 EXAMPLE.COM:8443', 'text_has_link'],
  ['见 example.com?a=1', 'text_has_link'],
  ['见ｅｘａｍｐｌｅ．ｃｏｍ／ｘ', 'text_has_link'],
  ['见 example。com/x', 'text_has_link'],
  ['见 例子.中国/x', 'text_has_link'],
  ['见 xn--fsqu00a.xn--fiqs8s/x', 'text_has_link'],
  ['见 10.0.0.1/x', 'text_has_link'],
  ['http:\\\\example.com', 'text_has_link'],
  ['mailto:a@example.com', 'text_has_link'],
  ['javascript:alert(1)', 'text_has_link'],
  ['联系邮箱：zhang.san@example.com', undefined],
  ['股东 Trip.com (Hong Kong) Limited；A.B.C. Co., Ltd. / 某某公司', undefined],
  ['ASP.NET、Node.js、C/C++ 软件开发；1.5km/h、3.2/5', undefined],
  ['1.经营范围/住所 2.注册资本：100.00万元', undefined],
  ['住所变更。经营范围/注册资本变更', undefined],
  ['是\u{e0100}、神\ufe00', undefined],
  ['\ufe00法人', 'text_has_hidden_characters'],
  ['A\ufe0f', 'text_has_hidden_characters'],
  ['法\u{e0041}人', 'text_has_hidden_characters'],
  ['法\uffa0人', 'text_has_hidden_characters'],
  ['法\u3164人', 'text_has_hidden_characters'],
  ['法\u115f人', 'text_has_hidden_characters'],
  ['法\u034f人', 'text_has_hidden_characters'],
  ['法\u180b人', 'text_has_hidden_characters'],
  ['法\u2800人', 'text_has_hidden_characters'],
  ['法\u{1d173}人', 'text_has_hidden_characters'],
  ['法\ufff9人', 'text_has_hidden_characters'],
  ['法\uffff人', 'text_has_hidden_characters'],
  ['详见 https://example.com', 'text_has_link'],
  ['详见HTTP://example.com', 'text_has_link'],
  ['alipays://platformapi/startapp', 'text_has_link'],
  ['WWW.example.com', 'text_has_link'],
  ['awww.example', undefined],
  ['注册资本\u202e000001\u202c元', 'text_has_hidden_characters'],
  ['法\u200b人', 'text_has_hidden_characters'],
  ['法\u2066人', 'text_has_hidden_characters'],
  ['\ufeff法人', 'text_has_hidden_characters'],
  ['法\u0007人', 'text_has_hidden_characters'],
  ['法\r\n人', 'text_has_hidden_characters'],
  ['法\ud800人', 'text_not_unicode'],
])('%j: %s', (text, defect) => {
  expect(plainTextDefect(text)).toBe(defect);
});

const label = stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const around = constantFrom('', '见', ' ', '（', '，', '详见：');

test('whatever looks like a link is one, wherever it stands', () => {
  const link = tuple(
    constantFrom('', 'https://', 'weixin://', '//'),
    label,
    constantFrom('.', '．', '。', '｡'),
    constantFrom('com', 'cn', 'COM', 'xn--fiqs8s'),
    constantFrom('/', '／', ':80', '?', '/支付'),
  );
  assert(
    property(around, link, around, (before, parts, after) => {
      expect(plainTextDefect(`${before}${parts.join('')}${after}`)).toBe('text_has_link');
    }),
  );
});

test('no character that nobody sees passes, wherever it stands', () => {
  const hidden = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}]/u;
  // The other planes have none.
  const planes = [0x0_0000, 0x1_0000, 0xe_0000];
  const characters = planes.flatMap((plane) =>
    Array.from({ length: 0x1_0000 }, (_, code) => String.fromCodePoint(plane + code)),
  );
  const passing = characters.filter(
    (character) =>
      hidden.test(character) && plainTextDefect(`A${character}人`) !== 'text_has_hidden_characters',
  );
  expect(passing).toEqual([]);
});

test('what registrations are made of passes', () => {
  const words = [
    '北京',
    '有限公司',
    '（普通合伙）',
    '100.00',
    'ABC',
    'Co., Ltd.',
    '股东/董事',
    '；',
    ' ',
    '1.',
    '《章程》',
    '①',
    '㎡',
    '·',
  ];
  assert(
    property(string({ unit: constantFrom(...words), minLength: 1 }), (text) => {
      expect(plainTextDefect(`甲${text}`)).toBeUndefined();
    }),
  );
});
