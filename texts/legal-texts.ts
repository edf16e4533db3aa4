import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A consent text or a legal notice. Every stored consent contains the hash of its file. */
interface LegalText {
  kind: string;
  version: string;
  title: string;
  text: string;
  sha256: string;
}

export interface LegalTexts {
  /** The text of a kind in the given version; by default in the highest version, which is in force. */
  get(kind: string, version?: string): LegalText | undefined;
}

const FILE = /^([a-z-]+)\.(\d+(?:-\d+)*)\.md$/;

/**
 * Reads the texts from files named `<kind>.<version>.md`, with the title in the first line. Earlier versions must stay in the folder,
 * so that the text of every stored consent can be read.
 * @throws Error if a file has another name
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
    throw new Error(
      `Name legal texts <kind>.<version>.md, with a version such as 2026-1; this file has another name: ${file}`,
    );
  const text = readFileSync(join(folder, file), 'utf8');
  const title = (text.split('\n')[0] ?? '').replace(/^#\s*/, '');
  return { kind, version, title, text, sha256: createHash('sha256').update(text).digest('hex') };
}
