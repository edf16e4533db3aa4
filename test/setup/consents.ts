import type { ConsentKind } from '../../domain/consents';
import { readLegalTexts } from '../../texts/legal-texts';

const texts = readLegalTexts();

/** The consent to the text in force, as the mini-program sends it. */
export function consentTo<K extends ConsentKind>(kind: K): { kind: K; version: string } {
  const text = texts.get(kind);
  if (!text) throw new Error(`There is no text of the kind ${kind}.`);
  return { kind, version: text.version };
}
