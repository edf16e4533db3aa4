import {
  confirmationStateAfter,
  isConfirmedByAll,
  matterEventOf,
  matterStateAfter,
  reminderDueAt,
} from '../../domain/matter-states';
import type { ConfirmationState, HoldReason, MatterState } from '../../domain/matter-states';
import type { IncompleteSealState } from '../../domain/evidence-seals';
import { enforceDeadlines } from './deadlines';
import { addDelivery } from './deliveries';
import { findDoubt } from '../evidence/check';
import type { MatterDoubt } from '../evidence/check';
import { sealingOf } from '../evidence/seals';
import { listFlaggedPersons } from '../flags/flags';
import type { FlaggedPerson } from '../flags/flags';
import { lockMatter } from './locks';
import { nextNotification } from './notifications';
import type { Db, Store } from '../store/store';
import type { MatterRow } from '../tables';

export interface MatterStatus {
  state: MatterState;
  /** Callbacks that were not acknowledged yet. */
  deliveriesWaiting: boolean;
  /** The oldest message to a person that was not sent yet. */
  notificationWaiting?: string;
  /** What the evidence of its confirmations still lacks. */
  evidence?: IncompleteSealState;
  /** All have confirmed, and somebody has to look at it first: until then nothing expires. */
  held?: HoldReason;
  /** What is not proven, where it is held for that. */
  doubt?: MatterDoubt;
  /** When time alone changes something; null once it is decided, and while it is held. */
  wakeAt: string | null;
}

/**
 * Draws the consequences of what happened to a matter: all confirmed, one refused, time over, a reminder due. Whatever is
 * decided is told in the same transaction. Looking again changes nothing more.
 */
export async function reevaluateMatter(
  store: Store,
  id: string,
  now: Date,
): Promise<MatterStatus | undefined> {
  return await store.knex.transaction(async (db) => {
    const locked = await lockMatter(db, id);
    if (!locked) return undefined;
    // Nobody's time runs out while a vendor or a clerk keeps them waiting.
    const matter = locked.state === 'open' ? await enforceDeadlines(db, locked, now) : locked;
    const persons = await statusOf(db, id);
    const states = persons.map(({ state }) => state);
    const isSigned = matter.state === 'open' && isConfirmedByAll(states);
    const flagged = isSigned ? await listFlaggedPersons(db, id) : [];
    const isFlagged = flagged.some((person) => person.isHeld);
    // A callback to the registration system can't be taken back, so the evidence is verified first.
    const doubt = isSigned && !isFlagged ? await findDoubt(store, db, matter) : undefined;
    const held = isFlagged ? 'flagged' : doubt && 'evidence-doubtful';
    const isHeld = held !== undefined;
    const isOver = now >= matter.expires_at;
    const state = matterStateAfter(matter.state, states, { isHeld, isOver });
    if (state !== matter.state) await decide(db, matter, state, now, flagged);
    else if (matter.hold_reason !== (held ?? null)) {
      await db('matters')
        .where({ id })
        .update({ hold_reason: held ?? null });
    }
    const remindAt = reminderDueAt(matter.pushed_at);
    const isReminderOpen = state === 'open' && !isHeld && !matter.reminded_at;
    if (isReminderOpen && now >= remindAt) {
      await db('matters').where({ id }).update({ reminded_at: now });
      const waitedFor = persons
        .filter((person) => person.state === 'pending')
        .map(({ reference, roles }) => ({ reference, roles }));
      await addDelivery(db, matter, { event: 'invitation.reminder-due', persons: waitedFor }, now);
    }
    const waiting = await db('deliveries').where({ matter_id: id, state: 'waiting' }).first('id');
    const notificationWaiting = await nextNotification(db, id);
    const evidence = await sealingOf(db, id);
    const wakeAt = isReminderOpen && now < remindAt ? remindAt : matter.expires_at;
    return {
      state,
      deliveriesWaiting: waiting !== undefined,
      ...(notificationWaiting !== undefined && { notificationWaiting }),
      ...(evidence && { evidence }),
      ...(held && { held }),
      ...(doubt && { doubt }),
      wakeAt: state === 'open' && !isHeld ? wakeAt.toISOString() : null,
    };
  });
}

interface PersonStatus {
  reference: string;
  roles: string[];
  state: ConfirmationState;
}

async function statusOf(db: Db, matter: string): Promise<PersonStatus[]> {
  const rows = await db('confirmations')
    .where({ matter_id: matter })
    .orderBy(['reference', 'role'])
    .select('reference', 'role', 'state');
  const groups = new Map<string, PersonStatus>();
  for (const { reference, role, state } of rows) {
    const of = `${reference} ${state}`;
    const group = groups.get(of) ?? { reference, roles: [], state };
    groups.set(of, { ...group, roles: [...group.roles, role] });
  }
  return [...groups.values()];
}

async function decide(
  db: Db,
  matter: MatterRow,
  state: MatterState,
  now: Date,
  flagged: FlaggedPerson[] = [],
): Promise<void> {
  await db('matters')
    .where({ id: matter.id, state: matter.state })
    .update({ state, decided_at: now, hold_reason: null });
  await db('confirmations')
    .where({ matter_id: matter.id, state: 'pending' })
    .update({ state: confirmationStateAfter(state), settled_at: now });
  const event = matterEventOf(state);
  if (event) {
    const persons = flagged.map(({ reference, roles, flags }) => ({ reference, roles, flags }));
    await addDelivery(db, matter, { event, ...(persons.length > 0 && { persons }) }, now);
  }
}

/** The registration system takes its matter back. @returns the state that holds now; undefined if there is no such matter */
export async function withdrawMatter(store: Store, id: string, now: Date): Promise<MatterState | undefined> {
  return await store.knex.transaction(async (db) => {
    const matter = await lockMatter(db, id);
    if (matter?.state !== 'open') return matter?.state;
    await decide(db, matter, 'withdrawn', now);
    return 'withdrawn' as const;
  });
}

/** The authority that a matter belongs to; undefined if there is no such matter. */
export async function findAuthority(db: Db, id: string): Promise<string | undefined> {
  const row = await db('matters').where({ id }).first('authority');
  return row?.authority;
}
