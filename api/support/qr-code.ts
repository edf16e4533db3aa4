import { readFileSync } from 'node:fs';
import { ConfigError } from '../../platform/config';

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** The picture of 【技术支持】 that people scan, if one is configured. @throws ConfigError if it is not there, or no PNG */
export function readQrCode(file: string | undefined): Buffer | undefined {
  if (file === undefined) return undefined;
  const refusal = (code: string) => new ConfigError([{ variable: 'SUPPORT_QR_FILE', code }]);
  let picture: Buffer;
  try {
    picture = readFileSync(file);
  } catch {
    throw refusal('file_not_readable');
  }
  if (!picture.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) throw refusal('not_a_png');
  return picture;
}
