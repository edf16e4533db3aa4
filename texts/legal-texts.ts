import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A text that people agree to or are told, as a file whose hash is kept with every consent. */
interface LegalText {
  kind: string;
  version: string;
  title: string;
  text: string;
  sha256: string;
}

export interface LegalTexts {
  /** The text of a kind that is in force, which is the one of the highest version; or the one of another version. */
  get(kind: string, version?: string): LegalText | undefined;
}

const FILE = /^([a-z-]+)\.(\d+(?:-\d+)*)\.md$/;

/**
 * Reads the texts, `<kind>.<version>.md` with the title in the first line. An earlier version stays where it is, so that what was
 * agreed to can be read for as long as its hash stands anywhere.
 */
export function readLegalTexts(folder = join(__dirname, 'legal')): LegalTexts {
  const texts = readdirSync(folder)
    .map((file) => readLegalText(folder, file))
    .sort((one, other) => other.version.localeCompare(one.version, 'en', { numeric: true }));
  return {
    get: (kind, version) =>
      texts.find((text) => text.kind === kind && (version === undefined || text.version === version)),
  };
}

function readLegalText(folder: string, file: string): LegalText {
  const [, kind, version] = FILE.exec(file) ?? [];
  if (kind === undefined || version === undefined)
    throw new Error(`A legal text is named <kind>.<version>.md, with a version such as 2026-1: ${file}`);
  const text = readFileSync(join(folder, file), 'utf8');
  const title = (text.split('\n')[0] ?? '').replace(/^#\s*/, '');
  return { kind, version, title, text, sha256: createHash('sha256').update(text).digest('hex') };
}
