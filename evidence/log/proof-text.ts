/** A proof that an entry is in the log, to be verified offline with the log's key alone (c2sp.org/tlog-proof). */
export function inclusionText(index: number, proof: readonly Buffer[], checkpoint: string): string {
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${lines(proof)}\n${checkpoint}`;
}

/** A proof that a checkpoint continues an earlier tree, in the form in which witnesses are asked (c2sp.org/tlog-witness). */
export function consistencyText(from: number, proof: readonly Buffer[], checkpoint: string): string {
  return `old ${from}\n${lines(proof)}\n${checkpoint}`;
}

const lines = (hashes: readonly Buffer[]) => hashes.map((hash) => `${hash.toString('base64')}\n`).join('');
