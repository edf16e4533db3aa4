import type { Knex } from 'knex';
import { readName } from '../../domain/names';
import type { EnteredPerson } from '../../domain/sealed-inputs';
import type { StuckCause } from '../../domain/stuck';
import type { DataKey } from '../../platform/encryption';
import { withCaseNumber } from '../case-numbers';
import { refundUnfinished } from '../attempts/attempts';
import { dropPortraitsOfVisit } from '../attempts/portraits';
import { giveConsents } from './given-consents';
import { extendDeadlines } from '../matters/deadlines';
import { dropInput, openInput } from '../store/sealed-inputs';
import { openFrom, sealFor } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import { enterStuck, leaveStuck } from '../decisions/stuck';
import { announceChange } from '../decisions/worklist-rows';
import { verifiedCondition } from './verified';
import type { JourneyRow } from '../tables';

export type Admission =
  /** The same session brought the same data: nothing has changed. */
  | 'recognised'
  /** The verification begins, or begins again. */
  | 'anew'
  /** The sealed entry is no longer there. */
  | 'input-expired';

/**
 * Takes over what a person entered. Another session, or another name, begins the verification again, and what was known
 * until then becomes unreadable. Repeating it changes nothing.
 */
export async function admit(
  store: Store,
  {
    journey,
    session,
    input,
    revision,
  }: { journey: string; session: string; input: string; revision: number },
  now: Date,
): Promise<Admission> {
  await extendDeadlines(store, journey, now);
  return await withCaseNumber(now, (caseNumber) =>
    store.knex.transaction(async (db) => {
      const before = await findJourney(db, journey, 'locked');
      if (before?.entered_by === input) return before.entered_anew ? 'anew' : 'recognised';
      const entry = await openInput(store, db, { id: input, kind: 'entry' }, now);
      if (!entry) return 'input-expired';
      await dropInput(store, db, input);
      const { account, personKey, consents, name, documentType } = entry;
      const agreed = consents.find(({ kind }) => kind === 'personal-information')?.version ?? null;
      const given = { journey, personKey, command: input };
      const { matchKey, number, validUntil, issuingCountry } = entry;
      const person: EnteredPerson = { name, matchKey, documentType, number, validUntil, issuingCountry };
      if (before && before.session_id === session && before.step !== 'closed') {
        const known = await personOf(store, db, before);
        if (known && (known.enteredAs ?? known.name) === name) {
          if (agreed !== before.consent_version) await giveConsents(db, given, consents, now);
          await db('journeys')
            .where({ id: journey })
            .update({ entered_by: input, entered_anew: 0, consent_version: agreed });
          return 'recognised';
        }
      }
      if (before?.stuck_cause) await leaveStuck(db, journey, 'enter', now);
      // A face check that another session began is nobody's to go on with.
      await refundUnfinished(db, journey, now);
      await dropPortraitsOfVisit(store, db, journey, now);
      const owner = `journey:${journey}`;
      await store.dataKeys.drop(db, [owner]);
      const key = await store.dataKeys.create(db, owner);
      const row: Partial<JourneyRow> = {
        account,
        person_key: personKey,
        document_type: documentType,
        session_id: session,
        person: sealFor(store, key, owner, 'person', person),
        entered_by: input,
        entered_anew: 1,
        case_number: caseNumber,
        step: 'certificate-check',
        allowed: '[]',
        codes: '[]',
        stuck_cause: null,
        stuck_at: null,
        to_do_id: null,
        attempt_id: null,
        consent_version: agreed,
        started_at: now,
        updated_at: now,
      };
      // A new workflow counts from the beginning, one that goes on counts on.
      if (before)
        await db('journeys')
          .where({ id: journey })
          .update({ ...row, revision });
      else await db('journeys').insert({ ...row, id: journey, revision });
      await giveConsents(db, given, consents, now);
      return 'anew';
    }),
  );
}

/** Where a journey stands, as its workflow tells it. */
export interface Projection {
  journey: string;
  step: string;
  allowed: readonly string[];
  codes: readonly string[];
  revision: number;
  cause?: StuckCause;
  toDo?: string;
  attempt?: string;
  /** The command that led here; undefined if time did. */
  by?: string;
}

const VERIFIED_STEPS = ['to-dos', 'matter-face', 'signing', 'completed'];

/** Whether a person may be there only if they were verified; a to-do at hand says so too. */
export function isAfterVerification({ step, toDo }: Pick<Projection, 'step' | 'toDo'>): boolean {
  return step !== 'closed' && (VERIFIED_STEPS.includes(step) || toDo !== undefined);
}

/** Of a journey that a clerk opened for somebody without a phone: nobody's, so that nobody is shown anything. */
export const WINDOW_SESSION = 'window';

/**
 * Writes where a journey stands; an older revision never overwrites a newer one. A closed journey loses its key, and with it
 * what the person entered. Nobody comes to the to-dos unless the database itself knows that they are verified.
 * @returns why it is not written
 */
export async function saveJourney(
  store: Store,
  projection: Projection,
  now: Date,
): Promise<{ rejected?: 'not_allowed_now' }> {
  const { journey: id, revision, cause } = projection;
  const { knex } = store;
  if (cause === undefined && projection.step !== 'closed') {
    // By far the most: nothing that was before has to be known.
    const written = await knex('journeys')
      .where({ id, stuck_at: null })
      .where('revision', '<', revision)
      .modify(permitted(projection))
      .update(rowOf(knex, projection, now));
    if (written > 0) return {};
  }
  await extendDeadlines(store, id, now);
  return await knex.transaction(async (db) => {
    const before = await findJourney(db, id, 'locked');
    if (!before || before.revision >= revision) return {};
    return await writeProjection(store, db, before, projection, now);
  });
}

function rowOf(
  db: Db,
  { journey, step, allowed, codes, revision, cause, toDo, attempt }: Projection,
  now: Date,
) {
  return {
    step,
    allowed: JSON.stringify(allowed),
    codes: JSON.stringify(codes),
    revision,
    stuck_cause: cause ?? null,
    to_do_id: toDo ?? null,
    // Of this journey: by it the person is shown a picture and a face check.
    attempt_id:
      attempt === undefined ? null : db('attempts').where({ id: attempt, journey_id: journey }).select('id'),
    updated_at: now,
  };
}

/** Restricts an update of `journeys` to those in which somebody may be where this projection says. */
function permitted(projection: Projection) {
  return (query: Knex.QueryBuilder) => {
    if (!isAfterVerification(projection)) return;
    const [condition, bindings] = verifiedCondition();
    void query.whereRaw(`(journeys.session_id = ? OR ${condition})`, [WINDOW_SESSION, ...bindings]);
  };
}

/** The same for a journey that is locked, at any revision. */
export async function writeProjection(
  store: Store,
  db: Db,
  before: JourneyRow,
  projection: Projection,
  now: Date,
): Promise<{ rejected?: 'not_allowed_now' }> {
  const { journey: id, cause, by } = projection;
  const row = rowOf(db, projection, now);
  const { stuck_cause: causeBefore, stuck_at: since } = before;
  const isSameCause = causeBefore === row.stuck_cause;
  const stuckSince = cause === undefined ? null : isSameCause ? since : now;
  const written = await db('journeys')
    .where({ id })
    .modify(permitted(projection))
    .update({ ...row, stuck_at: stuckSince });
  if (written === 0) return { rejected: 'not_allowed_now' };
  if (causeBefore && !isSameCause) await leaveStuck(db, id, by, now);
  if (cause !== undefined && !isSameCause)
    await enterStuck(db, { ...before, toDo: row.to_do_id }, cause, now);
  if (cause !== undefined && isSameCause) await announceChange(db, id, now);
  if (projection.step !== 'closed') return {};
  await refundUnfinished(db, id, now);
  await dropPortraitsOfVisit(store, db, id, now);
  await db('journeys').where({ id }).update({ person: null });
  await store.dataKeys.drop(db, [`journey:${id}`]);
  return {};
}

export async function findJourney(db: Db, id: string, locked?: 'locked'): Promise<JourneyRow | undefined> {
  const query = db('journeys').where({ id }).first();
  return await (locked ? query.forUpdate() : query);
}

/** A journey that was read together with its key; null once that was dropped. */
export type KeyedJourney = JourneyRow & { key: DataKey | null };

/** The person a journey belongs to; undefined once the journey is closed. */
export async function personOf(
  store: Store,
  db: Db,
  row: Pick<JourneyRow, 'id' | 'person'> & Partial<Pick<KeyedJourney, 'key'>>,
): Promise<EnteredPerson | undefined> {
  const owner = `journey:${row.id}`;
  if (!row.person) return undefined;
  const key = row.key === undefined ? await store.dataKeys.find(db, owner) : row.key;
  return key ? openFrom<EnteredPerson>(store, key, owner, 'person', row.person) : undefined;
}

/** Writes a person's name in another form, in this journey; number and type stay. */
export async function replaceName(store: Store, db: Db, row: JourneyRow, name: string): Promise<void> {
  const person = await personOf(store, db, row);
  const read = readName(name);
  const owner = `journey:${row.id}`;
  const key = await store.dataKeys.find(db, owner);
  if (!person || !key || !read.ok) return;
  const enteredAs = person.enteredAs ?? person.name;
  const corrected: EnteredPerson = { ...person, name: read.name, matchKey: read.matchKey, enteredAs };
  await db('journeys')
    .where({ id: row.id })
    .update({ person: sealFor(store, key, owner, 'person', corrected) });
}
