import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A text that people agree to or are told, as a file whose hash is kept with every consent. */
export interface LegalText {
  kind: string;
  version: string;
  title: string;
  text: string;
  sha256: string;
}

export type LegalTexts = ReadonlyMap<string, LegalText>;

/** Reads the texts in force: `legal/<kind>.<version>.md`, one version of each, the title in its first line. */
export function readLegalTexts(): LegalTexts {
  const folder = join(__dirname, 'legal');
  const texts = readdirSync(folder).map((file): [string, LegalText] => {
    const [kind = '', version = ''] = file.split('.');
    const text = readFileSync(join(folder, file), 'utf8');
    const title = (text.split('\n')[0] ?? '').replace(/^#\s*/, '');
    return [kind, { kind, version, title, text, sha256: createHash('sha256').update(text).digest('hex') }];
  });
  return new Map(texts);
}
