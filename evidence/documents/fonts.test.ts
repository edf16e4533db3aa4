import { GlyphMissing, openFonts } from './fonts';
import { linesOf } from './lines';

const fonts = openFonts();

describe('fonts', () => {
  it('draw usual and less usual characters', () => {
    expect(fonts.missingIn('买买提·吐尔逊 𠅤䶮㐂 Ａ a 1，。（）《》')).toEqual([]);
  });

  it.each(['ŞENOL Ğülşah ISPARTALI ıİ', 'Ștefan Țăruș', 'Đặng Thị Hương', 'Ерофеев Ёжиков', '김철수'])(
    'draw the name %s, in both weights',
    (name) => {
      expect(fonts.missingIn(name)).toEqual([]);
      for (const weight of ['regular', 'bold'] as const)
        expect(
          fonts
            .runsOf(name, weight)
            .map(({ text }) => text)
            .join(''),
        ).toBe(name);
    },
  );

  it('reject a character that none of them has, by its code point alone', () => {
    expect(() => fonts.runsOf('王\u{30EDE}', 'regular')).toThrow(GlyphMissing);
    expect(() => fonts.runsOf('王\u{30EDE}', 'bold')).toThrow('No font has a glyph for U+30EDE.');
    expect(fonts.missingIn('\u{30EDE}王\u{30EDE}')).toEqual(['\u{30EDE}']);
  });

  it('draw a character without the selector of its form', () => {
    expect(fonts.runsOf('葛\u{E0100}', 'regular').map(({ text }) => text)).toEqual(['葛']);
  });
});

describe('lines', () => {
  const lines = (text: string, width: number) =>
    linesOf(fonts, text, { weight: 'regular', size: 10, width }).map(({ runs }) =>
      runs.map((run) => run.text).join(''),
    );

  it('hold as many characters as fit', () => {
    expect(lines('一二三四五六七八', 50)).toEqual(['一二三四五', '六七八']);
  });

  it('begin with no closing mark, and end with no opening one', () => {
    expect(lines('一二三四五，六七八九（十）', 50)).toEqual(['一二三四', '五，六七八', '九（十）']);
    expect(lines('一二三四（五）', 50)).toEqual(['一二三四', '（五）']);
  });

  it('keep Latin words whole, and break what is wider than a line', () => {
    expect(lines('注册 Shanghai Example', 60)).toEqual(['注册', 'Shanghai', 'Example']);
    const hash = '0123456789abcdef'.repeat(4);
    const broken = lines(hash, 100);
    expect(broken.join('')).toBe(hash);
    expect(broken.length).toBeGreaterThan(2);
  });

  it('end at line feeds', () => {
    expect(lines('一\n\n二', 50)).toEqual(['一', '', '二']);
  });

  it('are one for no text at all', () => {
    expect(lines('', 50)).toEqual(['']);
  });
});
