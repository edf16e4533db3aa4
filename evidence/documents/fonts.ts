import { existsSync, readFileSync } from 'node:fs';
import { create } from 'fontkit';
import type { Font, GlyphRun } from 'fontkit';

export type Weight = 'regular' | 'bold';

/** A font, as pdfkit uses it. */
export interface Typeface {
  name: string;
  font: Pick<Font, 'layout'>;
}

/** A part of a text that one font draws. */
export interface Run {
  typeface: Typeface;
  text: string;
  /** In points, at a size of 1 pt. */
  width: number;
}

/** The fonts of the documents. Each is parsed once and serves all of them. */
export interface Fonts {
  /** @throws GlyphMissing where no font has a character */
  runsOf(text: string, weight: Weight): Run[];
  /** The characters of a text that no font has, each once. */
  missingIn(text: string): string[];
}

/** No font has a character. The message holds its code point and nothing else of the text. */
export class GlyphMissing extends Error {
  override readonly name = 'GlyphMissing';
  readonly code = 'glyph_missing';
  constructor(character: string) {
    super(`No font has a glyph for ${codePointOf(character)}.`);
  }
}

/** As Unicode writes it, such as `U+30EDE`. */
export function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

// HanaMinB.ttf, where Debian's package fonts-hanazono puts it. npm has no font with these characters.
const RARE_FILE = '/usr/share/fonts/truetype/hanazono/HanaMinB.ttf';

/** In the order in which they are asked for a character. */
const FILES = [
  {
    regular: require.resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
    bold: require.resolve('@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'),
  },
  {
    regular: require.resolve('@expo-google-fonts/noto-serif/400Regular/NotoSerif_400Regular.ttf'),
    bold: require.resolve('@expo-google-fonts/noto-serif/700Bold/NotoSerif_700Bold.ttf'),
  },
  {
    regular: require.resolve('@expo-google-fonts/nanum-myeongjo/400Regular/NanumMyeongjo_400Regular.ttf'),
    bold: require.resolve('@expo-google-fonts/nanum-myeongjo/700Bold/NanumMyeongjo_700Bold.ttf'),
  },
];

/**
 * Noto Serif SC has the whole URO and Extension A, Noto Serif all letters of Latin, Cyrillic and Greek names, Nanum Myeongjo all syllables
 * of Hangul, HanaMin B nearly all of the Extensions B to F. Other fonts of the machine are never used, so that a document is the same
 * everywhere.
 * Each file is read when it is first needed.
 * @param rareFile HanaMin B; if it is not there, characters that only it has are missing
 */
export function openFonts(rareFile = RARE_FILE): Fonts {
  const open = new Map<string, OpenTypeface>();
  const typeface = (file: string) => {
    const known = open.get(file) ?? openTypeface(file);
    open.set(file, known);
    return known;
  };
  const rareFiles = existsSync(rareFile) ? [rareFile] : [];
  const typefaceOf = (character: string, weight: Weight) => {
    for (const file of [...FILES.map((files) => files[weight]), ...rareFiles]) {
      const one = typeface(file);
      if (one.has(character)) return one;
    }
    return undefined;
  };

  return {
    runsOf(text, weight) {
      const runs: Run[] = [];
      for (const character of drawnIn(text)) {
        const typeface = typefaceOf(character, weight);
        if (!typeface) throw new GlyphMissing(character);
        const width = typeface.widthOf(character);
        const last = runs.at(-1);
        if (last?.typeface === typeface) {
          last.text += character;
          last.width += width;
        } else runs.push({ typeface, text: character, width });
      }
      return runs;
    },
    missingIn: (text) => [...new Set(drawnIn(text))].filter((character) => !typefaceOf(character, 'regular')),
  };
}

// Variation selectors choose between forms of one character, which no font here has.
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

function drawnIn(text: string): string[] {
  return [...text.replaceAll(SELECTORS, '')];
}

interface OpenTypeface extends Typeface {
  has(character: string): boolean;
  widthOf(character: string): number;
}

interface Glyph {
  id: number;
  advanceWidth: number;
  codePoints: number[];
}

function openTypeface(file: string): OpenTypeface {
  const font = create(readFileSync(file)) as Font;
  const { unitsPerEm } = font;
  const glyphs = new Map<string, Glyph>();
  const glyphOf = (character: string): Glyph => {
    const known = glyphs.get(character);
    if (known) return known;
    const codePoint = character.codePointAt(0) ?? 0;
    const { id, advanceWidth } = font.glyphForCodePoint(codePoint);
    const glyph = { id, advanceWidth, codePoints: [codePoint] };
    glyphs.set(character, glyph);
    return glyph;
  };
  // Chinese and Latin letters need no shaping. fontkit's takes ten times as long as all the rest of a document.
  const layout = (text: string): Pick<GlyphRun, 'positions' | 'advanceWidth'> & { glyphs: Glyph[] } => {
    const drawn = [...text].map(glyphOf);
    return {
      glyphs: drawn,
      positions: drawn.map(({ advanceWidth: xAdvance }) => ({
        xAdvance,
        yAdvance: 0,
        xOffset: 0,
        yOffset: 0,
      })),
      advanceWidth: drawn.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0),
    };
  };
  return {
    name: font.postscriptName,
    font: Object.create(font, { layout: { value: layout } }) as Font,
    has: (character) => glyphOf(character).id !== 0,
    widthOf: (character) => glyphOf(character).advanceWidth / unitsPerEm,
  };
}
