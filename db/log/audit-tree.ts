import { openCheckpoint } from '../../evidence/log/checkpoint';
import type { TreeHead } from '../../evidence/log/checkpoint';
import type { NoteVerifier } from '../../evidence/log/note';
import { TILE_WIDTH } from '../../evidence/log/tiles';
import { EMPTY_ROOT, hashLeaf, hashNode } from '../../evidence/log/tree';
import type { Db } from '../store/store';

/** Something that does not agree with the log. */
export interface Finding {
  /** The first leaf that it breaks, if one can be named. */
  leaf?: number;
  /** If only a range of leaves can be named, the last of them. */
  to?: number;
  /** In plain words. */
  text: string;
}

/** The name of a log, and the keys that signed or sign for it. */
export interface Log {
  origin: string;
  verifiers: readonly NoteVerifier[];
}

/** A checkpoint that the tree must have. */
interface Expected {
  head: TreeHead;
  /** What it is called. */
  name: string;
  /** Whether it stands in the same schema as the leaves, so that it may have been written anew together with them. */
  isBeside: boolean;
}

/** A full tile whose root is not the stored one. */
interface Tile {
  level: number;
  position: number;
}

// 2 ** 8 is TILE_WIDTH.
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
  const expected = await publishedHeads(db, { origin, verifiers }, findings);
  const checkpoints = expected.length;
  const expect = (note: string, name: string, otherwise: string) => {
    const head = signedHead(note, { origin, verifiers });
    if (head)
      expected.push({
        head,
        name: `The checkpoint of ${head.size} leaves that was ${name}`,
        isBeside: false,
      });
    else findings.push({ text: otherwise });
  };
  if (notes.head != null) {
    expect(
      notes.head,
      'published last',
      `The checkpoint that was published last, in log_heads, was changed: the log ${origin} has not signed it.`,
    );
  }
  if (notes.kept !== undefined) {
    expect(
      notes.kept,
      'kept elsewhere',
      `The checkpoint that was kept elsewhere is not signed by the log ${origin}.`,
    );
  }
  expected.sort((one, other) => one.head.size - other.head.size);

  const stored = await storedRoots(db);
  const range = new CompactRange();
  const comparison = new Comparison(findings);
  let next = 0;
  const compare = () => {
    for (let due = expected[next]; due?.head.size === range.size; due = expected[next]) {
      comparison.compare(due, range.root());
      next += 1;
    }
  };
  compare();
  for await (const { position, hash, entry } of leavesOf(db)) {
    if (position !== range.size) {
      findings.push({ leaf: range.size, text: 'its row was removed.' });
      next = expected.length;
      break;
    }
    const computed = hashLeaf(Buffer.from(entry ?? '', 'ascii'));
    if (!computed.equals(hash)) findings.push({ leaf: position, text: 'its row was changed.' });
    for (const { height, index, root } of range.add(computed)) {
      if (height % TILE_HEIGHT !== 0 || height === 0) continue;
      const tile = { level: height / TILE_HEIGHT, position: index };
      if (stored.get(keyOf(tile))?.equals(root) !== true) comparison.add(tile);
    }
    compare();
  }
  comparison.end();
  for (const { name } of expected.slice(next)) {
    findings.push({
      leaf: range.size,
      text: `it is missing. ${name} shows that the log had it: the log was rolled back, or rows were removed.`,
    });
  }
  return { leaves: range.size, checkpoints, findings };
}

/** Says which leaves were changed, as closely as checkpoints and stored roots tell. */
class Comparison {
  /** So many leaves have the root that was published. */
  private agreed = 0;
  private isBroken = false;
  private undecided: Tile[] = [];

  constructor(private readonly findings: Finding[]) {}

  /** @param root that the leaves have */
  compare({ head, name, isBeside }: Expected, root: Buffer): void {
    if (this.isBroken) return;
    if (head.root.equals(root)) {
      if (!isBeside) return;
      this.agreed = head.size;
      for (const tile of this.undecided.splice(0))
        this.report(tile, 'was changed: these leaves have the root that was published.');
      return;
    }
    this.isBroken = true;
    this.undecided = [];
    const first = isBeside ? this.agreed : 0;
    const named = this.firstIn(first, head.size - 1);
    this.findings.push({
      ...(named === undefined ? { leaf: first, to: head.size - 1 } : { leaf: named }),
      text: `${name} has another root: leaves were changed, removed or inserted.`,
    });
  }

  /** The next checkpoint decides whether leaves of it were changed, or only its stored root. */
  add(tile: Tile): void {
    this.undecided.push(tile);
    if (this.isBroken) this.end();
  }

  end(): void {
    for (const tile of this.undecided.splice(0)) {
      const { leaf, to } = leavesIn(tile);
      if (this.firstIn(leaf, to) === undefined)
        this.report(tile, 'is not theirs: one of them was changed, or it was.');
    }
  }

  private report(tile: Tile, what: string): void {
    const { level, position } = tile;
    const text = `the root that is stored for them (log_hashes, level ${level}, position ${position}) ${what}`;
    this.findings.push({ ...leavesIn(tile), text });
  }

  /** The first leaf between two that is known to be broken. */
  private firstIn(first: number, last: number): number | undefined {
    const leaves = this.findings.flatMap(({ leaf, to = leaf }) =>
      leaf !== undefined && to !== undefined && leaf <= last && to >= first ? leaf : [],
    );
    return leaves.length > 0 ? Math.min(...leaves) : undefined;
  }
}

function leavesIn({ level, position }: Tile): { leaf: number; to: number } {
  const width = TILE_WIDTH ** level;
  return { leaf: position * width, to: (position + 1) * width - 1 };
}

const keyOf = ({ level, position }: Tile) => `${level}/${position}`;

/** What a checkpoint says, if it is one of this log and its key has signed it. */
function signedHead(note: string, { origin, verifiers }: Log): TreeHead | undefined {
  const head = openCheckpoint(note, verifiers);
  return head?.origin === origin ? head : undefined;
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

/** The roots of full tiles, by `keyOf`. */
async function storedRoots(db: Db): Promise<Map<string, Buffer>> {
  const rows = await db('log_hashes').where('level', '>', 0).select('level', 'position', 'hash');
  return new Map(rows.map(({ hash, ...tile }) => [keyOf(tile), hash]));
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
      return [{ head, name: `The checkpoint of ${tree_size} leaves`, isBeside: true }];
    }
    findings.push({
      text: `The published checkpoint of ${tree_size} leaves was changed: no key of the log has signed it.`,
    });
    return [];
  });
}
