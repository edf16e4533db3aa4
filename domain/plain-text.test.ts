import { plainTextDefect } from './plain-text';
import type { PlainTextDefect } from './plain-text';

test.each<[string, PlainTextDefect | undefined]>([
  ['北京市朝阳区试验路1号\n二层（A座）', undefined],
  ['Ünïcode, 𠮷野家 & 100 %', undefined],
  ['', undefined],
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
