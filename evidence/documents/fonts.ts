import { readFileSync } from 'node:fs';
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

/** The fonts of the documents. They are parsed once and serve all of them. */
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

/**
 * Noto Serif SC has the whole URO and Extension A, HanaMin B nearly all of the Extensions B to F. Fonts of the machine are never
 * used, so that a document is the same everywhere.
 * @param rareFile HanaMinB.ttf, read when it is first needed; without it, characters that only it has are missing
 */
export function openFonts(rareFile?: string): Fonts {
  const usual = { regular: open('400Regular'), bold: open('700Bold') };
  let rare: OpenTypeface | undefined;
  const rareTypeface = () => (rareFile === undefined ? undefined : (rare ??= openTypeface('Rare', rareFile)));
  const typefaceOf = (character: string, weight: Weight) =>
    usual[weight].has(character) ? usual[weight] : [rareTypeface()].find((other) => other?.has(character));

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

function open(weight: '400Regular' | '700Bold'): OpenTypeface {
  const file = `@expo-google-fonts/noto-serif-sc/${weight}/NotoSerifSC_${weight}.ttf`;
  return openTypeface(weight, require.resolve(file));
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

function openTypeface(name: string, file: string): OpenTypeface {
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
    name,
    font: Object.create(font, { layout: { value: layout } }) as Font,
    has: (character) => glyphOf(character).id !== 0,
    widthOf: (character) => glyphOf(character).advanceWidth / unitsPerEm,
  };
}
