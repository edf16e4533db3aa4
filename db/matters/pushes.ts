import { randomUUID } from 'node:crypto';
import { EXPIRES_AFTER_MS, LISTING_PERIOD_MS } from '../../domain/limits';
import { textShownTo } from '../../domain/matter';
import type { MatterContent } from '../../domain/matter';
import type { EnteredPerson } from '../../domain/sealed-inputs';
import { carryFlags } from '../flags/flags';
import { hashOfContent, hashOfText } from './content';
import { lockMatter } from './locks';
import { reevaluateMatter } from './matters';
import { addCarriedNotifications } from './notifications';
import { sealFor } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import { offerToAuthority } from '../decisions/stuck';
import type { ConfirmationRow } from '../tables';

const DAY = 24 * 3_600_000;

/** A person of a pushed matter, read and named by pseudonym. */
interface PushedPerson extends EnteredPerson {
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
  /** Whether a person confirms each role by itself, or all of them in one sitting. */
  signaturePerRole: boolean;
  /** A signature older than so many days is carried over no more. */
  carryOverDays: number;
  /** Whether a person gets a message about a signature that was carried over. */
  tellsPersons: boolean;
}

export type PushResult =
  | { outcome: 'created'; superseded?: string }
  | { outcome: 'repeated' }
  /** This version is there with other content, or a higher one is. */
  | { outcome: 'conflict' };

/**
 * Takes a version of a matter, whole or not at all. A higher version supersedes the earlier one, and a signature under a text that is
 * the same now as then is carried over: from a version that was open or confirmed until now, and not for long after it was given.
 */
export async function pushMatter(store: Store, push: Push, now: Date): Promise<PushResult> {
  const { registry, externalId, id, content, persons, signaturePerRole } = push;
  return await store.knex.transaction(async (db): Promise<PushResult> => {
    const head = { registry, external_id: externalId };
    const latest = await lockHead(db, head);
    const contentHash = hashOfContent(store, content);
    if (content.version <= latest) {
      const same = await db('matters')
        .where({ ...head, version: content.version, content_hash: contentHash })
        .first('id');
      return same && content.version === latest ? { outcome: 'repeated' } : { outcome: 'conflict' };
    }
    const earlier = await supersede(store, db, push, now);
    await db('matter_heads').where(head).update({ latest_version: content.version });
    const owner = `matter:${id}`;
    const key = await store.dataKeys.create(db, owner);
    await db('matters').insert({
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
      listed_until: new Date(now.getTime() + LISTING_PERIOD_MS),
      expires_at: new Date(now.getTime() + EXPIRES_AFTER_MS),
    });
    const carriedToDos = new Map<string, string>();
    const rows = persons.flatMap((person) => {
      const { reference, personKey, name, matchKey, documentType, number } = person;
      const sealed = sealFor(store, key, owner, 'person', { name, matchKey, documentType, number });
      const toDos = signaturePerRole ? person.roles.map((role) => [role]) : [person.roles];
      return toDos.flatMap((roles) => {
        const toDoId = randomUUID();
        const textHash = hashOfText(
          store,
          textShownTo(content, { name, document: { type: documentType, number }, roles }),
        );
        return roles.map((role) => {
          const duty = { role, person_key: personKey, text_hash: textHash };
          const earlierToDo = earlier?.confirmations.find((row) => isSame(row, duty));
          if (earlierToDo) carriedToDos.set(earlierToDo.to_do_id, toDoId);
          return {
            ...duty,
            to_do_id: toDoId,
            matter_id: id,
            reference,
            person: sealed,
            pushed_at: now,
            ...statusFrom(earlierToDo),
          };
        });
      });
    });
    await db.batchInsert('confirmations', rows, 100);
    const personKeys = persons.map(({ personKey }) => personKey);
    await offerToAuthority(db, { authority: content.authority, personKeys });
    if (earlier) await carryFlags(db, earlier.id, { matter: id, toDos: carriedToDos });
    if (push.tellsPersons) await addCarriedNotifications(db, id, now);
    return { outcome: 'created', superseded: earlier?.id };
  });
}

/** Makes pushes of the same matter wait for each other. @returns its newest version, 0 if there is none */
async function lockHead(db: Db, head: { registry: string; external_id: string }): Promise<number> {
  // Writing over what is there locks it at once; ignoring it would share the lock first, and two who share it both wait.
  await db('matter_heads')
    .insert({ ...head, latest_version: 0 })
    .onConflict()
    .merge(['external_id']);
  const row = await db<typeof head & { latest_version: number }>('matter_heads')
    .where(head)
    .first('latest_version');
  return row?.latest_version ?? 0;
}

/** What can be carried over, of the version before. */
interface Superseded {
  id: string;
  confirmations: ConfirmationRow[];
}

/** Ends the version before, if it is still open or confirmed when all that happened to it has had its consequences. */
async function supersede(
  store: Store,
  db: Db,
  { registry, externalId, carryOverDays }: Push,
  now: Date,
): Promise<Superseded | undefined> {
  const earlier = await db('matters')
    .where({ registry, external_id: externalId })
    .orderBy('version', 'desc')
    .first('id');
  if (!earlier) return undefined;
  const { id } = earlier;
  await lockMatter(db, id);
  const status = await reevaluateMatter({ ...store, knex: db }, id, now);
  if (status?.state !== 'open' && status?.state !== 'confirmed') return { id, confirmations: [] };
  const confirmations = await db('confirmations')
    .where({ matter_id: id })
    .whereIn('state', ['confirmed', 'carried'])
    // When the person signed, over however many versions.
    .where('settled_at', '>', new Date(now.getTime() - carryOverDays * DAY))
    .select('*');
  await db('matters').where({ id }).update({ state: 'superseded', decided_at: now });
  await db('confirmations')
    .where({ matter_id: id, state: 'pending' })
    .update({ state: 'void', settled_at: now });
  return { id, confirmations };
}

type Duty = Pick<ConfirmationRow, 'role' | 'person_key' | 'text_hash'>;

/** Whether somebody who did the one has done the other: the text names the roles, so these are the same then too. */
function isSame(one: Duty, other: Duty): boolean {
  return one.role === other.role && one.person_key === other.person_key && one.text_hash === other.text_hash;
}

function statusFrom(earlier: ConfirmationRow | undefined) {
  return earlier
    ? {
        state: 'carried',
        update_id: earlier.update_id,
        journey_id: earlier.journey_id,
        evidence_id: earlier.evidence_id,
        settled_at: earlier.settled_at,
      }
    : { state: 'pending', update_id: null, journey_id: null, evidence_id: null, settled_at: null };
}
