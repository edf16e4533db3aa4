import type { DocumentType } from '../../domain/documents';
import { mayServe } from '../../domain/clerks';
import type { ConsentKind } from '../../domain/consents';
import type { ConfirmationState, HoldReason, MatterState } from '../../domain/matter-states';
import type { ConfirmationRejection } from '../../domain/refusals';
import type { MatterKind, Role } from '../../domain/roles';
import type { EnteredPerson } from '../../domain/sealed-inputs';
import type { Step } from '../../domain/steps';
import type { StuckCause } from '../../domain/stuck';
import { authoritiesSeeing } from '../decisions/worklist';
import { openFrom } from '../store/sealed-values';
import type { Db, Store } from '../store/store';

/** A person of a matter, as clerks see it. */
export interface PersonOfMatter {
  toDoId: string;
  personKey: string;
  reference: string;
  name: string;
  documentType: DocumentType;
  number: string;
  roles: Role[];
  state: ConfirmationState;
  settledAt: Date | null;
  refusalReason: ConfirmationRejection | null;
  /** When the person last asked for the matter to be pushed anew. */
  reissueRequestedAt: Date | null;
  /** When the registration system was told that the name differs from the document's. */
  nameReportedAt: Date | null;
  /** When a clerk last had the invitation sent again. */
  invitedAt: Date | null;
  /** In which it was confirmed or refused. */
  journeyId: string | null;
  evidenceId: string | null;
}

/** The newest version of a matter, with everybody who must confirm it, as clerks see it. */
export interface MatterForClerks {
  matter: string;
  version: number;
  state: MatterState;
  authority: string;
  kind: MatterKind;
  /** The company. */
  entity: string;
  pushedAt: Date;
  expiresAt: Date;
  decidedAt: Date | null;
  holdReason: HoldReason | null;
  /** Since when the registration system wants no more callbacks. */
  callbacksStoppedAt: Date | null;
  persons: PersonOfMatter[];
  /** Those before it, the newest first. */
  earlierVersions: { version: number; state: MatterState; pushedAt: Date }[];
}

const MOST_VERSIONS = 50;

/** @returns undefined if there is no such matter, or it can't be read any more */
export async function findMatterForClerks(
  store: Store,
  registry: string,
  externalId: string,
): Promise<MatterForClerks | undefined> {
  const { knex, dataKeys } = store;
  const [matter, ...earlier] = await knex('matters')
    .where({ registry, external_id: externalId })
    .orderBy('version', 'desc')
    .limit(MOST_VERSIONS)
    .select(
      ...(['id', 'version', 'state', 'authority', 'kind', 'entity', 'pushed_at', 'expires_at'] as const),
      ...(['decided_at', 'hold_reason', 'callbacks_stopped_at'] as const),
    );
  const owner = `matter:${matter?.id ?? ''}`;
  const key = matter && (await dataKeys.find(knex, owner));
  if (!key) return undefined;
  const rows = await knex('confirmations').where({ matter_id: matter.id }).orderBy(['reference', 'role']);
  const persons = new Map<string, PersonOfMatter>();
  for (const row of rows) {
    const known = persons.get(row.to_do_id);
    if (known) known.roles.push(row.role);
    else {
      const entered = openFrom<EnteredPerson>(store, key, owner, 'person', row.person);
      const { name, documentType, number } = entered;
      persons.set(row.to_do_id, {
        ...{ toDoId: row.to_do_id, personKey: row.person_key, reference: row.reference },
        ...{ name, documentType, number, roles: [row.role], state: row.state },
        ...{ settledAt: row.settled_at, refusalReason: row.refusal_reason },
        ...{ reissueRequestedAt: row.reissue_requested_at, nameReportedAt: row.name_reported_at },
        ...{ invitedAt: row.invited_at, journeyId: row.journey_id, evidenceId: row.evidence_id },
      });
    }
  }
  return {
    ...{ matter: matter.id, version: matter.version, state: matter.state, authority: matter.authority },
    ...{ kind: matter.kind, entity: openFrom<string>(store, key, owner, 'entity', matter.entity) },
    ...{ pushedAt: matter.pushed_at, expiresAt: matter.expires_at, decidedAt: matter.decided_at },
    ...{ holdReason: matter.hold_reason, callbacksStoppedAt: matter.callbacks_stopped_at },
    persons: [...persons.values()],
    earlierVersions: earlier.map(({ version, state, pushed_at }) => ({
      version,
      state,
      pushedAt: pushed_at,
    })),
  };
}

/** The journey in which a person of a matter is now, or confirmed or refused it. */
export interface JourneyOfPerson {
  id: string;
  step: Step;
  stuckCause: StuckCause | null;
  isOpen: boolean;
}

/**
 * By to-do, for those persons who have one that clerks of this scope may see: where the to-do was settled, else the open one that began last.
 */
export async function journeysOfPersons(
  db: Db,
  persons: readonly Pick<PersonOfMatter, 'toDoId' | 'personKey' | 'journeyId'>[],
  scope: readonly string[],
): Promise<Map<string, JourneyOfPerson>> {
  const settledIn = persons.flatMap(({ journeyId }) => journeyId ?? []);
  const waiting = persons.flatMap(({ journeyId, personKey }) => (journeyId === null ? personKey : []));
  const rows = [
    ...(await db('journeys').whereIn('id', settledIn)),
    ...(await db('journeys')
      .whereIn('person_key', waiting)
      .where({ is_open: 1 })
      .orderBy('started_at', 'desc')),
  ];
  const authorities = await authoritiesSeeing(db, rows);
  const seen = rows.filter((_, at) => authorities[at]?.some((authority) => mayServe(scope, authority)));
  const found = new Map<string, JourneyOfPerson>();
  for (const { toDoId, personKey, journeyId } of persons) {
    const row = seen.find(({ id, person_key }) =>
      journeyId === null ? person_key === personKey : id === journeyId,
    );
    if (row) {
      const { id, step, stuck_cause: stuckCause, is_open } = row;
      found.set(toDoId, { id, step, stuckCause, isOpen: is_open === 1 });
    }
  }
  return found;
}

/** Consents that persons have taken back in these journeys. */
export async function withdrawnConsents(
  db: Db,
  journeys: readonly string[],
): Promise<{ journey: string; kind: ConsentKind; at: Date }[]> {
  const rows = await db('consents')
    .whereIn('journey_id', [...journeys])
    .whereNotNull('withdrawn_at')
    .orderBy('withdrawn_at')
    .select('journey_id', 'kind', 'withdrawn_at');
  return rows.flatMap(({ journey_id: journey, kind, withdrawn_at: at }) => (at ? { journey, kind, at } : []));
}

/** A to-do and whose it is, for opening it at the window; undefined if there is none that is open. */
export async function findToDoForClerks(
  store: Store,
  toDoId: string,
): Promise<{ authority: string; person: EnteredPerson; personKey: string; textHash: string } | undefined> {
  const row = await toDoRow(store.knex, toDoId);
  const owner = `matter:${row?.matter_id ?? ''}`;
  const key = row && (await store.dataKeys.find(store.knex, owner));
  if (!key) return undefined;
  const { authority, person_key: personKey, text_hash: textHash } = row;
  const person = openFrom<EnteredPerson>(store, key, owner, 'person', row.person);
  return { authority, person, personKey, textHash };
}

async function toDoRow(db: Db, toDoId: string) {
  return await db('confirmations AS c')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .where({ 'c.to_do_id': toDoId, 'c.state': 'pending', 'm.state': 'open' })
    .first({
      matter_id: 'c.matter_id',
      authority: 'm.authority',
      person: 'c.person',
      person_key: 'c.person_key',
      text_hash: 'c.text_hash',
    });
}
