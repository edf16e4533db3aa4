import { encode } from 'uqr';

/** Draws a QR code (ISO/IEC 18004, level M) as filled squares. @param at the top left corner and the side, in points, without a margin */
export function drawQrCode(
  doc: PDFKit.PDFDocument,
  text: string,
  { x, y, side }: { x: number; y: number; side: number },
): void {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const module = side / size;
  data.forEach((row, down) => {
    for (let begin = 0; begin < size; begin += 1) {
      if (!row[begin]) continue;
      const end = row.indexOf(false, begin);
      const length = (end < 0 ? size : end) - begin;
      doc.rect(x + begin * module, y + down * module, length * module, module);
      begin += length;
    }
  });
  doc.fill('black');
}
