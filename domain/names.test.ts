import fc from 'fast-check';
import { isOtherWritingOf, isWrittenInSeveralWays, maskName, maskNumber, readName } from './names';

test.each([
  ['张三', '张三', '张三'],
  ['  张三\u200b ', '张三', '张三'],
  ['买买提•吐尔逊', '买买提•吐尔逊', '买买提·吐尔逊'],
  ['买买提.吐尔逊', '买买提.吐尔逊', '买买提·吐尔逊'],
  ['𠅤某', '𠅤某', '𠅤某'],
  ['王\ue863', '王\ue863', '王䶮'],
  ['O’Neil  Mary-Ann', 'O’Neil  Mary-Ann', "O'NEIL MARY-ANN"],
])('%j is the name %j, compared as %j', (typed, name, matchKey) => {
  expect(readName(typed)).toEqual({ ok: true, name, matchKey });
});

test('a compatibility character is kept and not replaced', () => {
  expect(readName('\uf90a某')).toEqual({ ok: true, name: '\uf90a某', matchKey: '\uf90a某' });
});

test.each([
  ['', 'name_missing'],
  ['\u200b ', 'name_missing'],
  ['某'.repeat(101), 'name_length'],
  ['张3', 'name_form'],
  ['张\u202e三', 'name_form'],
  ['张<b>', 'name_form'],
  ['张\ud840', 'name_form'],
])('%j is no name: %s', (typed, code) => {
  expect(readName(typed)).toEqual({ ok: false, code });
});

test.each([
  ['张三', '*三'],
  ['欧阳锋', '**锋'],
  ['某𠅤', '*𠅤'],
  ['𠅤', '*'],
])('%s is shown as %s', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});

test('masking never splits a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
      fc.pre(name.isWellFormed());
      expect(maskName(name).isWellFormed()).toBe(true);
    }),
  );
});

test('a number shows its first three and last two characters', () => {
  expect(maskNumber('110101190001010014')).toBe('110*************14');
  expect(maskNumber('H00000001')).toBe('*******01');
});

test('masking shows the last character whole, and of the others only how many there are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (name) => {
      const masked = maskName(name);
      expect(masked.isWellFormed()).toBe(true);
      expect([...masked].length).toBe([...name].length);
      const shown = masked.replaceAll('*', '');
      expect(shown === '' || name.endsWith(shown)).toBe(true);
      expect([...shown].length).toBeLessThanOrEqual(1);
    }),
  );
});

test('the same name typed by two keyboards is the same to compare', () => {
  fc.assert(
    fc.property(fc.constantFrom('•', '‧', '・', '･', '·', '∙', '⋅', '．', '.', '·'), (separator) => {
      const read = readName(`买买提${separator}吐尔逊`);
      expect(read).toMatchObject({ ok: true, matchKey: '买买提·吐尔逊', name: `买买提${separator}吐尔逊` });
    }),
  );
});

test.each([
  ['张三', false],
  ['买买提·吐尔逊', true],
  ['𠅤某', true],
  ['王\ue863', true],
  ['王䶮', true],
  ['SAMPLE ALEX', false],
  ['O·BRIEN', false],
])('systems write %s in several ways: %p', (name, several) => {
  expect(isWrittenInSeveralWays(name)).toBe(several);
});

test.each([
  ['朱镕基', '朱熔基', true],
  ['买买提·吐尔逊', '买买提吐尔逊', true],
  ['王\ue863', '王䶮', true],
  ['赵䶮', '赵YAN', true],
  ['张三', '李四', false],
  ['张三', '李三丰', true],
  ['欧阳沙箱', '欧阳', true],
  ['𠅤某', '某人甲乙', true],
  ['张三丰', '李四光', false],
])('%s may be written %s: %p', (name, other, may) => {
  expect(isOtherWritingOf(name, other)).toBe(may);
  expect(isOtherWritingOf(other, name)).toBe(may);
});

it('a name is always another writing of itself', () => {
  const names = fc.string({ unit: fc.constantFrom('张', '三', '·', '𠅤', ' ', 'A'), minLength: 1 });
  fc.assert(fc.property(names, (name) => isOtherWritingOf(name, name)));
});
