import PDFDocument from 'pdfkit';
import { codePointOf } from './fonts';
import type { Fonts, Typeface, Weight } from './fonts';
import { linesOf } from './lines';
import type { Line } from './lines';

/** Points in a millimetre. */
export const MM = 72 / 25.4;

const PAGE = { width: 210 * MM, height: 297 * MM };
const MARGIN = { side: 25 * MM, top: 24 * MM, bottom: 24 * MM };

/** Where the text begins, and how wide it is, in points. */
export const LEFT = MARGIN.side;
export const WIDTH = PAGE.width - 2 * MARGIN.side;

// 五号, as in forms.
const SIZE = 10.5;
const LINE_HEIGHT = 1.5;
const PADDING = { side: 5, top: 3.5 };
const GREY = '#555555';
// A row of so few lines is not divided between two pages.
const KEPT_WHOLE = 6;

interface TextStyle {
  /** Of the type, in points. */
  size?: number;
  weight?: Weight;
  align?: 'left' | 'center';
}

interface Cell extends TextStyle {
  text: string;
  /** In points. */
  width: number;
}

/** A4 pages that are written from top to bottom. Places are in points from the top left corner. */
export interface Paper {
  readonly doc: PDFKit.PDFDocument;
  /** Where the next thing is written. */
  y: number;
  /** In the whole width, or in `width` from `x` on. */
  paragraph(text: string, style?: TextStyle & { x?: number; width?: number; isGrey?: boolean }): void;
  /** A row of a table. A long one continues on the next page. */
  row(cells: readonly Cell[]): void;
  /** Begins a new page, unless so much is free on this one. */
  need(height: number): void;
  /** Characters that no font has, each once. Their code points stand in their places. */
  readonly missing: ReadonlySet<string>;
  /** Writes the foot of every page. @returns the file */
  finish(foot: string): Promise<Buffer>;
}

/**
 * Begins a document. The same content and time give the same bytes.
 * @param about `standard`: ISO 19005-2 or ISO 19005-3, level B
 */
export function beginPaper(
  fonts: Fonts,
  about: { title: string; standard: 'PDF/A-2b' | 'PDF/A-3b'; madeAt: Date },
): Paper {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    subset: about.standard,
    lang: 'zh-CN',
    displayTitle: true,
    // pdfkit loads Helvetica unless the first font has no name.
    font: '',
    info: { Title: about.title, CreationDate: about.madeAt, Creator: 'registration-identity' },
  });
  const missing = new Set<string>();
  const registered = new Set<Typeface>();
  const bottom = PAGE.height - MARGIN.bottom;
  let y = MARGIN.top;

  const drawable = (text: string): string => {
    const lost = fonts.missingIn(text.replaceAll('\n', ''));
    for (const character of lost) missing.add(character);
    return lost.reduce(
      (shown, character) => shown.replaceAll(character, `〔${codePointOf(character)}〕`),
      text,
    );
  };
  const layOut = (text: string, { size, weight, width }: Required<Omit<Cell, 'text' | 'align'>>) =>
    linesOf(fonts, drawable(text), { weight, size, width });
  const drawLine = (line: Line, x: number, baseline: number, size: number) => {
    let at = x;
    for (const { typeface, text, width } of line.runs) {
      if (!registered.has(typeface)) doc.registerFont(typeface.name, typeface.font);
      registered.add(typeface);
      doc
        .font(typeface.name)
        .fontSize(size)
        .text(text, at, baseline, { lineBreak: false, baseline: 'alphabetic' });
      at += width * size;
    }
  };
  /** @param top of the lines */
  const drawLines = (
    lines: readonly Line[],
    at: { x: number; top: number; width: number },
    style: TextStyle,
  ) => {
    const size = style.size ?? SIZE;
    lines.forEach((line, index) => {
      const shift = style.align === 'center' ? (at.width - line.width) / 2 : 0;
      const baseline = at.top + size * (LINE_HEIGHT * (index + 0.5) + 0.37);
      drawLine(line, at.x + shift, baseline, size);
    });
  };
  const turnPage = () => {
    doc.addPage();
    y = MARGIN.top;
  };

  const paper: Paper = {
    doc,
    missing,
    get y() {
      return y;
    },
    set y(to) {
      y = to;
    },
    need(height) {
      if (y + height > bottom) turnPage();
    },
    paragraph(text, { x = LEFT, width = WIDTH, isGrey = false, ...style } = {}) {
      const { size = SIZE, weight = 'regular' } = style;
      const height = size * LINE_HEIGHT;
      for (const line of layOut(text, { size, weight, width })) {
        paper.need(height);
        doc.fillColor(isGrey ? GREY : 'black');
        drawLines([line], { x, top: y, width }, style);
        y += height;
      }
      doc.fillColor('black');
    },
    row(cells) {
      const columns = cells.map((cell) => {
        const { size = SIZE, weight = 'regular' } = cell;
        return { ...cell, lines: layOut(cell.text, { size, weight, width: cell.width - 2 * PADDING.side }) };
      });
      const lineHeight = Math.max(...cells.map(({ size = SIZE }) => size)) * LINE_HEIGHT;
      const total = Math.max(...columns.map(({ lines }) => lines.length));
      for (let from = 0; from < total;) {
        const left = total - from;
        const fitting = Math.floor((bottom - y - 2 * PADDING.top) / lineHeight);
        const isWhole = fitting >= left;
        if (!isWhole && y > MARGIN.top && (fitting < 2 || total <= KEPT_WHOLE)) {
          turnPage();
          continue;
        }
        // No line stands alone on the next page.
        const count = isWhole ? left : fitting - (left - fitting === 1 ? 1 : 0);
        const height = count * lineHeight + 2 * PADDING.top;
        let x = LEFT;
        for (const { lines, width, ...style } of columns) {
          const part = lines.slice(from, from + count);
          // What is whole stands in the middle of its cell.
          const own = part.length * (style.size ?? SIZE) * LINE_HEIGHT;
          const free = part.length === lines.length ? count * lineHeight - own : 0;
          doc.lineWidth(0.6).rect(x, y, width, height).stroke('black');
          const within = {
            x: x + PADDING.side,
            top: y + PADDING.top + free / 2,
            width: width - 2 * PADDING.side,
          };
          drawLines(part, within, style);
          x += width;
        }
        y += height;
        from += count;
        if (from < total) turnPage();
      }
    },
    async finish(foot) {
      const { count } = doc.bufferedPageRange();
      for (let page = 0; page < count; page += 1) {
        doc.switchToPage(page);
        y = PAGE.height - 16 * MM;
        doc.fillColor(GREY);
        const at = { x: LEFT, top: y, width: WIDTH };
        drawLines(layOut(foot, { size: 8, weight: 'regular', width: WIDTH }), at, { size: 8 });
        const number = layOut(`第 ${page + 1} 页 共 ${count} 页`, {
          size: 8,
          weight: 'regular',
          width: WIDTH,
        });
        drawLines(number, { ...at, x: LEFT + WIDTH - (number[0]?.width ?? 0) }, { size: 8 });
      }
      const chunks: Buffer[] = [];
      doc.on('data', (chunk: Buffer) => chunks.push(chunk));
      const ended = new Promise<void>((resolve, reject) => doc.once('end', resolve).once('error', reject));
      doc.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
  return paper;
}
