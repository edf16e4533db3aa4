import { openNote, signNote } from './note';
import type { NoteSigner, NoteVerifier } from './note';

/** The size and the root of a log at one moment: the text of a checkpoint (c2sp.org/tlog-checkpoint). */
export interface TreeHead {
  origin: string;
  size: number;
  root: Buffer;
}

export function signCheckpoint({ origin, size, root }: TreeHead, signers: readonly NoteSigner[]): string {
  return signNote(`${origin}\n${size}\n${root.toString('base64')}\n`, signers);
}

/** What a checkpoint says, if one of the verifiers has signed it. */
export function openCheckpoint(note: string, verifiers: readonly NoteVerifier[]): TreeHead | undefined {
  const text = openNote(note, verifiers);
  return text === undefined ? undefined : readTreeHead(text);
}

/** What a checkpoint says, whoever signed it. Lines after the third are extensions and mean nothing here. */
export function readTreeHead(text: string): TreeHead | undefined {
  const [, origin, digits, base64 = ''] =
    /^([^\n]+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n/.exec(text) ?? [];
  if (origin === undefined) return undefined;
  return { origin, size: Number(digits), root: Buffer.from(base64, 'base64') };
}
