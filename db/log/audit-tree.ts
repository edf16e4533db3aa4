import { openCheckpoint } from '../../evidence/log/checkpoint';
import type { TreeHead } from '../../evidence/log/checkpoint';
import type { NoteVerifier } from '../../evidence/log/note';
import { EMPTY_ROOT, hashLeaf, hashNode } from '../../evidence/log/tree';
import type { Db } from '../store/store';

/** Something that does not agree with the log. */
export interface Finding {
  /** The first leaf that it breaks, if one can be named. */
  leaf?: number;
  /** In plain words. */
  text: string;
}

/** The name of a log, and the keys that signed or sign for it. */
export interface Log {
  origin: string;
  verifiers: readonly NoteVerifier[];
}

/** A checkpoint that the tree must have, and what it is called. */
interface Expected {
  head: TreeHead;
  name: string;
}

const TILE_HEIGHT = 8;
const AT_ONCE = 4096;

/** Computes the tree again from the entries of all leaves, and compares it with what is stored and with what was published. */
export async function auditTree(
  db: Db,
  { origin, verifiers }: Log,
  /** The newest checkpoint by the schema of the keys, and one that was kept elsewhere. */
  notes: { head?: string | null; kept?: string },
): Promise<{ leaves: number; checkpoints: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  const expected = [...(await publishedHeads(db, { origin, verifiers }, findings))];
  const checkpoints = expected.length;
  if (notes.head != null) {
    const head = signedHead(notes.head, { origin, verifiers });
    if (head) expected.push({ head, name: `The checkpoint of ${head.size} leaves that was published last` });
    else
      findings.push({
        text: `The checkpoint that was published last, in log_heads, was changed: the log ${origin} has not signed it.`,
      });
  }
  if (notes.kept !== undefined) {
    const kept = openCheckpoint(notes.kept, verifiers);
    if (kept)
      expected.push({ head: kept, name: `The checkpoint of ${kept.size} leaves that was kept elsewhere` });
    else
      findings.push({ text: `The checkpoint that was kept elsewhere is not signed by the log ${origin}.` });
  }
  expected.sort((one, other) => one.head.size - other.head.size);

  const stored = await storedRoots(db);
  const range = new CompactRange();
  let next = 0;
  let isWhole = true;
  const compare = () => {
    for (let due = expected[next]; due?.head.size === range.size; due = expected[next]) {
      next += 1;
      if (!isWhole || due.head.root.equals(range.root())) continue;
      isWhole = false;
      const text = `${due.name} has another root: leaves before it were changed, removed or inserted.`;
      findings.push({ leaf: firstLeafOf(findings), text });
    }
  };
  compare();
  for await (const { position, hash, entry } of leavesOf(db)) {
    if (position !== range.size) {
      findings.push({ leaf: range.size, text: 'its row was removed.' });
      return { leaves: range.size, checkpoints, findings };
    }
    const computed = hashLeaf(Buffer.from(entry ?? '', 'ascii'));
    if (!computed.equals(hash)) findings.push({ leaf: position, text: 'its row was changed.' });
    for (const { height, index, root } of range.add(computed)) {
      if (height % TILE_HEIGHT !== 0 || height === 0) continue;
      const there = stored.get(`${height / TILE_HEIGHT}/${index}`);
      const width = 2 ** height;
      const isNamed = () =>
        findings.some(({ leaf = -1 }) => leaf >= index * width && leaf < (index + 1) * width);
      if (there?.equals(root) === true || isNamed()) continue;
      const text = `it or one of the ${width - 1} leaves after it was changed: they have another root than the stored one.`;
      findings.push({ leaf: index * width, text });
    }
    compare();
  }
  for (const { name } of expected.slice(next)) {
    findings.push({
      leaf: range.size,
      text: `it is missing. ${name} shows that the log had it: the log was rolled back, or rows were removed.`,
    });
  }
  return { leaves: range.size, checkpoints, findings };
}

/** What a checkpoint says, if it is one of this log and its key has signed it. */
function signedHead(note: string, { origin, verifiers }: Log): TreeHead | undefined {
  const head = openCheckpoint(note, verifiers);
  return head?.origin === origin ? head : undefined;
}

/** Where the tree is known to be broken already. */
function firstLeafOf(findings: readonly Finding[]): number | undefined {
  const leaves = findings.flatMap(({ leaf }) => leaf ?? []);
  return leaves.length > 0 ? Math.min(...leaves) : undefined;
}

/** The roots of the complete subtrees of a tree that grows by one leaf at a time. */
class CompactRange {
  size = 0;
  private readonly subtrees: { height: number; root: Buffer }[] = [];

  /** @returns the subtrees that are complete with this leaf */
  add(leaf: Buffer): { height: number; index: number; root: Buffer }[] {
    const completed = [{ height: 0, index: this.size, root: leaf }];
    let top = { height: 0, root: leaf };
    for (let last = this.subtrees.at(-1); last?.height === top.height; last = this.subtrees.at(-1)) {
      this.subtrees.pop();
      top = { height: top.height + 1, root: hashNode(last.root, top.root) };
      completed.push({ ...top, index: Math.floor(this.size / 2 ** top.height) });
    }
    this.subtrees.push(top);
    this.size += 1;
    return completed;
  }

  root(): Buffer {
    return (
      this.subtrees
        .map(({ root }) => root)
        .reduceRight(
          (right: Buffer | undefined, left) => (right ? hashNode(left, right) : left),
          undefined,
        ) ?? EMPTY_ROOT
    );
  }
}

/** The roots of full tiles, by `level/position`. */
async function storedRoots(db: Db): Promise<Map<string, Buffer>> {
  const rows = await db('log_hashes').where('level', '>', 0).select('level', 'position', 'hash');
  return new Map(rows.map(({ level, position, hash }) => [`${level}/${position}`, hash]));
}

async function* leavesOf(db: Db) {
  for (let from = -1; ;) {
    const rows = await db('log_hashes')
      .where({ level: 0 })
      .where('position', '>', from)
      .orderBy('position')
      .limit(AT_ONCE)
      .select('position', 'hash', 'entry');
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    from = last.position;
  }
}

/** What the published checkpoints say. Those that say something else than their row, or that are not signed, are findings. */
async function publishedHeads(db: Db, { origin, verifiers }: Log, findings: Finding[]): Promise<Expected[]> {
  const rows = await db('log_checkpoints').where({ origin }).orderBy('tree_size').select('tree_size', 'note');
  return rows.flatMap(({ tree_size, note }) => {
    const head = signedHead(note, { origin, verifiers });
    if (head?.size === tree_size) {
      return [{ head, name: `The checkpoint of ${tree_size} leaves` }];
    }
    findings.push({
      text: `The published checkpoint of ${tree_size} leaves was changed: no key of the log has signed it.`,
    });
    return [];
  });
}
