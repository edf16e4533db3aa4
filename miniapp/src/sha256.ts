import { Hash } from 'fast-sha256';

const PIECE_BYTES = 256 * 1024;

/**
 * The SHA-256 of a file, in hex. `crypto.subtle` is absent in mini-programs, and in browsers on pages without TLS.
 * After each piece the phone may draw the page: a slow one needs seconds for a large file.
 */
export async function sha256Of(file: ArrayBuffer): Promise<string> {
  const hash = new Hash();
  const bytes = new Uint8Array(file);
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    hash.update(bytes.subarray(at, at + PIECE_BYTES));
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  }
  return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
