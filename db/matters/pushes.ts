import { randomUUID } from 'node:crypto';
import { textShownTo } from '../../domain/matter';
import type { MatterContent } from '../../domain/matter';
import { deadlinesOf } from '../../domain/matter-states';
import { isCarriedOver, pushOutcome } from '../../domain/matter-versions';
import type { Duty, PushOutcome } from '../../domain/matter-versions';
import type { Role } from '../../domain/roles';
import type { EnteredPerson } from '../../domain/sealed-inputs';
import { carryFlags } from '../flags/flags';
import { nameDocuments } from './application-documents';
import { hashOfContent, hashOfText } from './content';
import { addDelivery } from './deliveries';
import { lockMatter } from './locks';
import { reevaluateMatter } from './matters';
import { addCarriedNotifications } from './notifications';
import { sealFor } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import { offerToAuthority } from '../decisions/stuck';
import type { ConfirmationRow } from '../tables';

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

export interface PushResult {
  outcome: PushOutcome;
  /** The version that was superseded, by its pseudonym. */
  superseded?: string;
}

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
    const same = await db('matters')
      .where({ ...head, version: content.version, content_hash: contentHash })
      .first('id');
    const outcome = pushOutcome(content.version, latest, same !== undefined);
    if (outcome !== 'created') return { outcome };
    const earlier = await supersede(store, db, push, now);
    await db('matter_heads').where(head).update({ latest_version: content.version });
    const owner = `matter:${id}`;
    const key = await store.dataKeys.create(db, owner);
    const { listedUntil, expiresAt } = deadlinesOf(now, 0);
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
      listed_until: listedUntil,
      expires_at: expiresAt,
    });
    await nameDocuments(store, db, { id, registry, content }, now);
    const carriedToDos = new Map<string, string>();
    const carrying = { carryOverDays: push.carryOverDays, now };
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
          const duty = { role, personKey, textHash };
          const earlierToDo = earlier?.confirmations.find((row) =>
            isCarriedOver({ ...dutyOf(row), state: row.state, settledAt: row.settled_at }, duty, carrying),
          );
          if (earlierToDo) carriedToDos.set(earlierToDo.to_do_id, toDoId);
          return {
            role,
            person_key: personKey,
            text_hash: textHash,
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
    await offerToAuthority(db, { authority: content.authority, personKeys }, now);
    if (earlier) await carryFlags(db, earlier.id, { matter: id, toDos: carriedToDos });
    if (push.tellsPersons) await addCarriedNotifications(db, id, now);
    const invited = waitedFor(rows);
    if (invited.length > 0) {
      const pushed = { ...head, id, version: content.version, callbacks_stopped_at: null };
      await addDelivery(db, pushed, { event: 'invitation.issued', persons: invited }, now);
    }
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

/** The earlier version, and its confirmations that can be carried over. */
interface Superseded {
  id: string;
  confirmations: ConfirmationRow[];
}

/** Ends the version before, if it is still open or confirmed when all that happened to it has had its consequences. */
async function supersede(
  store: Store,
  db: Db,
  { registry, externalId }: Push,
  now: Date,
): Promise<Superseded | undefined> {
  const earlier = await db('matters')
    .where({ registry, external_id: externalId })
    .orderBy('version', 'desc')
    .first('id');
  if (!earlier) return undefined;
  const { id } = earlier;
  const matter = await lockMatter(db, id);
  const status = await reevaluateMatter({ ...store, knex: db }, id, now);
  if (!matter || (status?.state !== 'open' && status?.state !== 'confirmed'))
    return { id, confirmations: [] };
  const confirmations = await db('confirmations')
    .where({ matter_id: id })
    .whereIn('state', ['confirmed', 'carried'])
    .select('*');
  await db('matters').where({ id }).update({ state: 'superseded', decided_at: now });
  await db('confirmations')
    .where({ matter_id: id, state: 'pending' })
    .update({ state: 'void', settled_at: now });
  await addDelivery(db, matter, { event: 'matter.superseded' }, now);
  return { id, confirmations };
}

/** The persons who have to confirm this version, with their roles. */
function waitedFor(rows: readonly { reference: string; role: Role; state: string }[]) {
  const persons = new Map<string, Role[]>();
  for (const { reference, role, state } of rows)
    if (state === 'pending') persons.set(reference, [...(persons.get(reference) ?? []), role]);
  return [...persons].map(([reference, roles]) => ({ reference, roles }));
}

function dutyOf({ role, person_key, text_hash }: ConfirmationRow): Duty {
  return { role, personKey: person_key, textHash: text_hash };
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
