/** What the beginning of a file says that it is; its name says nothing. */
const BEGINNINGS = [
  [0x25, 0x50, 0x44, 0x46, 0x2d], // %PDF-
  [0xff, 0xd8, 0xff], // JPEG
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], // PNG
];

/** @returns the SHA-256 of a scanned paper in hex; undefined if it is no PDF, JPEG or PNG */
export async function hashOfScan(file: Blob): Promise<string | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isKnown = BEGINNINGS.some((beginning) => beginning.every((byte, at) => bytes[at] === byte));
  if (!isKnown) return undefined;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
