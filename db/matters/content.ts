import canonicalize from 'canonicalize';
import type { MatterContent } from '../../domain/matter';
import { openFrom } from '../store/sealed-values';
import type { Db, Store } from '../store/store';

/** Undefined once its key was dropped. */
export async function contentOf(store: Store, db: Db, id: string): Promise<MatterContent | undefined> {
  const owner = `matter:${id}`;
  const key = await store.dataKeys.find(db, owner);
  const row = await db('matters').where({ id }).first('content');
  return key && row ? openFrom<MatterContent>(store, key, owner, 'content', row.content) : undefined;
}

/** Names the content of a version. */
export function hashOfContent(store: Store, content: MatterContent): string {
  return store.pseudonyms.matterContent(canonical(content));
}

/** By what a text is named in rows and histories: nobody without the key ring can try what it may say. */
export function hashOfText(store: Store, text: object): string {
  return store.pseudonyms.displayedText(canonical(text));
}

function canonical(value: object): string {
  return canonicalize(value) ?? '';
}
