import { createHash, createPublicKey, verify } from 'node:crypto';

// A registration system's part in the transparency log: it keeps the newest checkpoint, and compares each further one with it
// (c2sp.org/tlog-checkpoint, c2sp.org/signed-note; RFC 9162, 2.1.4.2).

export interface Witness {
  /** Takes a checkpoint that came with a callback. The answer to the callback does not wait for it. */
  see(checkpoint: string): void;
  /** What is kept, and what was wrong with checkpoints, when all that came has been compared. */
  view(): Promise<{ checkpoint?: string; size?: number; defects: string[] }>;
}

interface Tree {
  note: string;
  size: number;
  root: Buffer;
}

export function createWitness(apiUrl: string): Witness {
  let newest: Tree | undefined;
  /** The first that was seen. A real registration system gets them by letter. */
  let keys: string[] | undefined;
  const defects: string[] = [];
  let comparing = Promise.resolve();
  const see = (note: string) => {
    comparing = comparing.then(async () => {
      const defect = await compare(note).catch(() => 'log-unreachable');
      if (defect !== undefined) defects.push(defect);
    });
  };

  async function compare(note: string): Promise<string | undefined> {
    if (note === newest?.note) return undefined;
    keys ??= (await read('/log/keys')).trim().split('\n');
    const tree = treeOf(note, keys);
    if (!tree) return 'checkpoint-not-signed';
    const [old, young] = newest && newest.size > tree.size ? [tree, newest] : [newest, tree];
    if (old && !(await continues(old, young))) return 'log-rewritten';
    newest = young;
    return undefined;
  }

  async function continues(old: Tree, young: Tree): Promise<boolean> {
    if (old.size === young.size) return old.root.equals(young.root);
    const answer = await read(`/log/consistency?from=${old.size}&to=${young.size}`);
    const [first, ...lines] = answer.slice(0, answer.indexOf('\n\n')).split('\n');
    const path = lines.map((line) => Buffer.from(line, 'base64'));
    return first === `old ${old.size}` && isConsistent(old, young, path);
  }

  async function read(path: string): Promise<string> {
    const response = await fetch(`${apiUrl}${path}`);
    if (!response.ok) throw new Error(String(response.status));
    return await response.text();
  }

  return {
    see,
    async view() {
      await comparing;
      return { checkpoint: newest?.note, size: newest?.size, defects };
    },
  };
}

/** @param keys as texts of verifier keys: `name+id+key` */
function treeOf(note: string, keys: readonly string[]): Tree | undefined {
  const end = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, end);
  const [origin = '', size = '', root = ''] = text.split('\n');
  const signatures = note
    .slice(end + 1)
    .split('\n')
    .map((line) => line.split(' '));
  const isSigned = keys.some((line) => {
    const [name = '', id = '', ...key] = line.split('+');
    const der = Buffer.concat([
      Buffer.from('302a300506032b6570032100', 'hex'),
      Buffer.from(key.join('+'), 'base64').subarray(1),
    ]);
    return signatures.some(([dash, by, base64 = '']) => {
      const bytes = Buffer.from(base64, 'base64');
      return (
        dash === '—' &&
        by === name &&
        name === origin &&
        bytes.subarray(0, 4).toString('hex') === id &&
        verify(
          null,
          Buffer.from(text),
          createPublicKey({ key: der, format: 'der', type: 'spki' }),
          bytes.subarray(4),
        )
      );
    });
  });
  return isSigned && /^\d+$/.test(size)
    ? { note, size: Number(size), root: Buffer.from(root, 'base64') }
    : undefined;
}

const nodeOf = (left: Buffer, right: Buffer) =>
  createHash('sha256')
    .update(Buffer.concat([Buffer.of(1), left, right]))
    .digest();

function isConsistent(old: Tree, young: Tree, path: readonly Buffer[]): boolean {
  if (old.size === 0) return path.length === 0;
  const isPowerOfTwo = Number.isInteger(Math.log2(old.size));
  const [first, ...rest] = isPowerOfTwo ? [old.root, ...path] : path;
  if (!first) return false;
  let [at, last] = [old.size - 1, young.size - 1];
  const rise = () => {
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  };
  while (at % 2 === 1) rise();
  let [oldRoot, youngRoot] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [oldRoot, youngRoot] = [nodeOf(hash, oldRoot), nodeOf(hash, youngRoot)];
      while (at % 2 === 0 && at !== 0) rise();
    } else youngRoot = nodeOf(youngRoot, hash);
    rise();
  }
  return last === 0 && oldRoot.equals(old.root) && youngRoot.equals(young.root);
}
