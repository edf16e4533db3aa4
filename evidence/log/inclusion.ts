import { openCheckpoint, readTreeHead } from './checkpoint';
import type { TreeHead } from './checkpoint';
import type { NoteVerifier } from './note';
import { hashLeaf, hashNode } from './tree';

/** A proof as text (c2sp.org/tlog-proof), before anything of it is believed. */
interface InclusionProof {
  index: number;
  hashes: Buffer[];
  /** A signed note. */
  checkpoint: string;
}

/** Why a proof does not prove that an entry is in the log. */
export type InclusionDefect =
  | 'log_proof_malformed'
  /** No key that is trusted signed the checkpoint. */
  | 'checkpoint_not_signed'
  /** The proof belongs to another entry or another tree. */
  | 'log_proof_of_another';

/**
 * Verifies that an entry is in the log: the checkpoint's signature, and the path from the entry to its root (RFC 9162, 2.1.3.2).
 * @param text as `/log/inclusion` answers it
 * @param entry the bytes of the entry
 * @returns the checkpoint, or the defect
 */
export function verifyInclusion(
  text: string,
  entry: string,
  verifiers: readonly NoteVerifier[],
): { checkpoint: TreeHead & { index: number } } | { defect: InclusionDefect } {
  const proof = readProof(text);
  if (!proof) return { defect: 'log_proof_malformed' };
  const head = openCheckpoint(proof.checkpoint, verifiers);
  if (!head) return { defect: 'checkpoint_not_signed' };
  const root = rootOf(hashLeaf(Buffer.from(entry)), proof, head.size);
  if (!root?.equals(head.root)) return { defect: 'log_proof_of_another' };
  return { checkpoint: { ...head, index: proof.index } };
}

/** The checkpoint in a proof, without believing it. */
export function checkpointIn(text: string): TreeHead | undefined {
  const { checkpoint } = readProof(text) ?? {};
  return checkpoint === undefined ? undefined : readTreeHead(checkpoint);
}

function readProof(text: string): InclusionProof | undefined {
  const [, index, hashes = '', checkpoint = ''] =
    /^c2sp\.org\/tlog-proof@v1\nindex (0|[1-9]\d{0,14})\n((?:[A-Za-z0-9+/]{43}=\n){0,63})\n([^]+)$/.exec(
      text,
    ) ?? [];
  if (index === undefined) return undefined;
  const lines = hashes.split('\n').slice(0, -1);
  const decoded = lines.map((line) => Buffer.from(line, 'base64'));
  // Several texts are read as the same bytes; only one of them is the encoding.
  if (decoded.some((bytes, at) => bytes.toString('base64') !== lines[at])) return undefined;
  return { index: Number(index), hashes: decoded, checkpoint };
}

function rootOf(leaf: Buffer, { index, hashes }: InclusionProof, size: number): Buffer | undefined {
  if (index >= size) return undefined;
  let [at, last] = [index, size - 1];
  let root = leaf;
  for (const hash of hashes) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      root = hashNode(hash, root);
      // The entry is the last of its level: it rises without a sibling until it has one on its left.
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else root = hashNode(root, hash);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : undefined;
}
