import { createHash, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import { EXPIRES_AFTER_MS, LISTED_FOR_MS } from '../domain/limits';
import { textShownTo } from '../domain/matter';
import type { MatterContent } from '../domain/matter';
import type { EnteredPerson } from './journeys';
import type { ConfirmationRow } from './confirmations';
import { sealFor } from './sealed-values';
import type { Queries, Store } from './store';

/** A person of a pushed matter, read and named by pseudonym. */
export interface PushedPerson extends EnteredPerson {
  reference: string;
  personKey: string;
  roles: MatterContent['persons'][number]['roles'];
}

export interface Push {
  registry: string;
  externalId: string;
  /** The pseudonym of this version. */
  id: string;
  content: MatterContent;
  persons: PushedPerson[];
}

export type PushResult =
  | { outcome: 'created'; superseded?: string }
  | { outcome: 'repeated' }
  /** This version is there with other content, or a higher one is. */
  | { outcome: 'conflict' };

/**
 * Takes a version of a matter, whole or not at all. A higher version supersedes the earlier one; who confirmed a text that is
 * the same now as then stays confirmed.
 */
export async function pushMatter(store: Store, push: Push, now: Date): Promise<PushResult> {
  const { registry, externalId, id, content, persons } = push;
  return await store.knex.transaction(async (on): Promise<PushResult> => {
    const head = { registry, external_id: externalId };
    const latest = await lockHead(on, head);
    const contentHash = sha256(content);
    if (content.version <= latest) {
      const same = await on('matters')
        .where({ ...head, version: content.version, content_hash: contentHash })
        .first<{ id: string } | undefined>('id');
      return same && content.version === latest ? { outcome: 'repeated' } : { outcome: 'conflict' };
    }
    const earlier = await supersede(on, head, now);
    await on('matter_heads').where(head).update({ latest_version: content.version });
    const owner = `matter:${id}`;
    const key = await store.dataKeys.create(on, owner);
    await on('matters').insert({
      ...head,
      id,
      version: content.version,
      authority: content.authority,
      kind: content.kind,
      state: 'open',
      content: sealFor(store, key, owner, 'content', content),
      entity: sealFor(store, key, owner, 'entity', content.entity.name),
      content_hash: contentHash,
      pushed_at: now,
      listed_until: new Date(now.getTime() + LISTED_FOR_MS),
      expires_at: new Date(now.getTime() + EXPIRES_AFTER_MS),
    });
    const rows = persons.flatMap((person) => {
      const { reference, personKey, roles, name, matchKey, documentType, number } = person;
      const toDoId = randomUUID();
      const textHash = sha256(
        textShownTo(content, { name, document: { type: documentType, number }, roles }),
      );
      const sealed = sealFor(store, key, owner, 'person', { name, matchKey, documentType, number });
      return roles.map((role) => ({
        to_do_id: toDoId,
        role,
        matter_id: id,
        person_key: personKey,
        reference,
        person: sealed,
        text_hash: textHash,
        pushed_at: now,
        ...carriedFrom(earlier?.confirmations ?? [], { role, personKey, textHash }),
      }));
    });
    await on.batchInsert('confirmations', rows, 100);
    return { outcome: 'created', superseded: earlier?.id };
  });
}

/** Makes pushes of the same matter wait for each other. @returns its newest version, 0 if there is none */
async function lockHead(on: Queries, head: { registry: string; external_id: string }): Promise<number> {
  // Writing over what is there locks it at once; ignoring it would share the lock first, and two who share it both wait.
  await on('matter_heads')
    .insert({ ...head, latest_version: 0 })
    .onConflict()
    .merge(['external_id']);
  const row = await on<typeof head & { latest_version: number }>('matter_heads')
    .where(head)
    .first('latest_version');
  return row?.latest_version ?? 0;
}

/** Ends the version before, if it is still open or confirmed; what was confirmed in it can be carried over. */
async function supersede(
  on: Queries,
  head: { registry: string; external_id: string },
  now: Date,
): Promise<{ id: string; confirmations: ConfirmationRow[] } | undefined> {
  const earlier = await on('matters')
    .where(head)
    .orderBy('version', 'desc')
    .forUpdate()
    .first<{ id: string; state: string } | undefined>('id', 'state');
  if (!earlier) return undefined;
  const confirmations = await on<ConfirmationRow>('confirmations')
    .where({ matter_id: earlier.id })
    .whereIn('state', ['confirmed', 'carried'])
    .select('*');
  await on('matters')
    .where({ id: earlier.id })
    .whereIn('state', ['open', 'confirmed', 'refused', 'frozen'])
    .update({ state: 'superseded', decided_at: now });
  await on('confirmations')
    .where({ matter_id: earlier.id, state: 'pending' })
    .update({ state: 'void', settled_at: now });
  return { id: earlier.id, confirmations };
}

function carriedFrom(
  earlier: readonly ConfirmationRow[],
  { role, personKey, textHash }: { role: string; personKey: string; textHash: string },
) {
  const same = earlier.find(
    (row) => row.role === role && row.person_key === personKey && row.text_hash === textHash,
  );
  return same
    ? {
        state: 'carried',
        update_id: same.update_id,
        evidence_id: same.evidence_id,
        settled_at: same.settled_at,
      }
    : { state: 'pending', update_id: null, evidence_id: null, settled_at: null };
}

function sha256(value: object): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
}
