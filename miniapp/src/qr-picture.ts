import { encode } from 'uqr';
import { pngOf } from './png';

/** As many pixels as a byte of a picture in black and white has. */
const MODULE = 8;

/** A QR code as a data URL, with the margin of four modules that scanners need. */
export function qrPicture(content: string): string {
  const { data } = encode(content, { border: 4 });
  const rows = Array.from({ length: data.length * MODULE }, (_, line) =>
    (data[Math.floor(line / MODULE)] ?? []).map((isDark) => (isDark ? 0x00 : 0xff)),
  );
  return `data:image/png;base64,${pngOf(rows)}`;
}
