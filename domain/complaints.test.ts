import { complaintDefect, LONGEST_COMPLAINT } from './complaints';

test.each([
  ['一个字', '好'],
  ['lines', '第一行\n第二行\r\n第三行'],
  ['a link', '见 https://example.com/a?b=c'],
  ['characters that are not seen', '👨‍👩‍👧 \u202e1\u200b'],
  ['as many characters as may be, of two units each', '𠮷'.repeat(LONGEST_COMPLAINT)],
])('%s is taken', (_, text) => {
  expect(complaintDefect(text)).toBeUndefined();
});

test.each([
  ['', 'text_blank'],
  [' \n\u3000\t', 'text_blank'],
  ['字'.repeat(LONGEST_COMPLAINT + 1), 'text_too_long'],
  ['前半\ud842', 'text_not_unicode'],
  ['\udfb7后半', 'text_not_unicode'],
])('%j is not', (text, code) => {
  expect(complaintDefect(text)).toBe(code);
});
