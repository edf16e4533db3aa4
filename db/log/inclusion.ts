import { inclusionText } from '../../evidence/log/proof-text';
import type { TreeHead } from '../../evidence/log/checkpoint';
import type { Db } from '../store/store';
import { findCheckpoint } from './checkpoints';
import type { Published } from './checkpoints';
import { findLeaf, treeIn } from './hashes';

/** The proof that the leaf at an index is in a published tree (c2sp.org/tlog-proof). */
export async function inclusionAt(db: Db, index: number, { size, note }: Published): Promise<string> {
  return inclusionText(index, await treeIn(db, size).inclusion(index, size), note);
}

/** The proof that an entry is under the newest checkpoint of a log. Undefined until it is. */
export async function findInclusion(db: Db, origin: string, entry: string): Promise<string | undefined> {
  const checkpoint = await findCheckpoint(db, origin);
  if (!checkpoint) return undefined;
  const index = await findLeaf(db, [entry]);
  return index !== undefined && index < checkpoint.size
    ? await inclusionAt(db, index, checkpoint)
    : undefined;
}

/** Whether a log had this root when it had this size. */
export async function isOfLog(db: Db, origin: string, head: TreeHead): Promise<boolean> {
  const { size = 0 } = (await findCheckpoint(db, origin)) ?? {};
  if (head.origin !== origin || head.size > size) return false;
  return (await treeIn(db, head.size).root(head.size)).equals(head.root);
}
