/** Why an action is not proven to be in the transparency log. */
type Defect = 'not-in-log' | 'proof-malformed' | 'wrong-signature' | 'wrong-root';

export type Verification = { size: number; root: string } | { defect: Defect };

const encoder = new TextEncoder();

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

async function sha256(...parts: Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await crypto.subtle.digest('SHA-256', await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer()),
  );
}

/**
 * Verifies in this browser that the log holds an entry: the path from the entry to the root of a checkpoint (RFC 9162, 2.1.3.2), and
 * the signature of the checkpoint. Nothing that the server says about it is believed.
 * @param entry the text of the entry
 * @param proof as `/log/inclusion` answers it (c2sp.org/tlog-proof)
 * @param keys as `/log/keys` answers them (c2sp.org/signed-note)
 */
export async function verifyInclusion(entry: string, proof: string, keys: string): Promise<Verification> {
  const [, index, lines = '', note = ''] =
    /^c2sp\.org\/tlog-proof@v1\nindex (0|[1-9]\d{0,14})\n((?:[A-Za-z0-9+/]{43}=\n){0,63})\n([^]+)$/.exec(
      proof,
    ) ?? [];
  const [text, origin, digits, root] =
    /^([^\n]+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n/.exec(note) ?? [];
  if (index === undefined || text === undefined || !origin || !root) return { defect: 'proof-malformed' };
  if (!(await isSigned(note, origin, keys))) return { defect: 'wrong-signature' };
  const size = Number(digits);
  const hashes = lines.split('\n').slice(0, -1).map(fromBase64);
  const leaf = await sha256(Uint8Array.of(0), encoder.encode(entry));
  const computed = await rootOf(leaf, Number(index), size, hashes);
  return computed && toBase64(computed) === root ? { size, root } : { defect: 'wrong-root' };
}

async function rootOf(
  leaf: Uint8Array,
  index: number,
  size: number,
  hashes: readonly Uint8Array[],
): Promise<Uint8Array | undefined> {
  if (index >= size) return undefined;
  let [at, last] = [index, size - 1];
  let root = leaf;
  for (const hash of hashes) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      root = await sha256(Uint8Array.of(1), hash, root);
      // The entry is the last of its level: it rises without a sibling until it has one on its left.
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else root = await sha256(Uint8Array.of(1), root, hash);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : undefined;
}

/** Whether one of the keys, which belongs to this name, has signed a note. */
async function isSigned(note: string, name: string, keys: string): Promise<boolean> {
  const end = note.lastIndexOf('\n\n');
  const text = encoder.encode(note.slice(0, end + 1));
  const signatures = [...note.slice(end + 2).matchAll(/^— ([^ +]+) ([A-Za-z0-9+/]+={0,2})$/gm)];
  for (const [, keyName, , typed = ''] of keys.matchAll(
    /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/gm,
  )) {
    // One byte says that it is of Ed25519.
    const key = await crypto.subtle.importKey('raw', fromBase64(typed).slice(1), 'Ed25519', false, [
      'verify',
    ]);
    for (const [, signer, base64 = ''] of signatures) {
      if (signer !== name || keyName !== name) continue;
      // Four bytes say of which key.
      if (await crypto.subtle.verify('Ed25519', key, fromBase64(base64).slice(4), text)) return true;
    }
  }
  return false;
}

/** Verifies a record by the commitment of its present contents. @throws TypeError if the log cannot be reached */
export async function verifyRecord(
  kind: 'clerk-action' | 'evidence',
  commitment: string,
): Promise<Verification> {
  const answer = await fetch(`/log/inclusion?commitment=${commitment}`);
  if (answer.status === 404) return { defect: 'not-in-log' };
  const keys = await fetch('/log/keys');
  if (!answer.ok || !keys.ok) throw new TypeError('The log did not answer.');
  return await verifyInclusion(`${kind} ${commitment}`, await answer.text(), await keys.text());
}
