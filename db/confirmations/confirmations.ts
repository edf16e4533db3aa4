import type { ConfirmationState } from '../../domain/matter-states';
import type { ConfirmationRejection, RefusalReason } from '../../domain/refusals';
import type { Role } from '../../domain/roles';
import { rejectionOfToDo } from '../../domain/to-dos';
import type { ToDoRejection } from '../../domain/to-dos';
import { addDelivery } from '../matters/deliveries';
import { lockMatter } from '../matters/locks';
import { openFrom } from '../store/sealed-values';
import type { EnteredPerson } from '../../domain/sealed-inputs';
import type { Db, Store } from '../store/store';
import type { MatterRow } from '../tables';

/** One person's to-do, with the state all its roles share, and the matter, locked until the transaction ends. */
export interface ToDo {
  id: string;
  matter: MatterRow;
  roles: Role[];
  reference: string;
  person: Buffer;
  textHash: string;
  state: ConfirmationState;
  updateId: string | null;
  evidenceId: string | null;
  reissueRequestedAt: Date | null;
  reissueRequestedBy: string | null;
}

/** A person's to-do; another person's does not exist. */
export async function lockToDo(db: Db, id: string, personKey: string): Promise<ToDo | undefined> {
  // The to-do of a matter stays with it; all else is read after the matter is locked.
  const found = await db('confirmations').where({ to_do_id: id, person_key: personKey }).first('matter_id');
  const matter = found && (await lockMatter(db, found.matter_id));
  if (!matter) return undefined;
  const rows = await db('confirmations').where({ to_do_id: id }).orderBy('role').forUpdate();
  const [row] = rows;
  return (
    row && {
      id,
      matter,
      roles: rows.map(({ role }) => role),
      reference: row.reference,
      person: row.person,
      textHash: row.text_hash,
      state: row.state,
      updateId: row.update_id,
      evidenceId: row.evidence_id,
      reissueRequestedAt: row.reissue_requested_at,
      reissueRequestedBy: row.reissue_requested_by,
    }
  );
}

/** Why a to-do cannot be confirmed now by this person who saw this text; undefined if it can. */
export async function checkToDo(
  store: Store,
  db: Db,
  toDo: ToDo | undefined,
  displayed: { textHash: string; matchKey: string },
  now: Date,
): Promise<ToDoRejection | undefined> {
  if (!toDo) return 'to_do_unknown';
  const { state, textHash, matter } = toDo;
  const owner = `matter:${matter.id}`;
  const key = await store.dataKeys.find(db, owner);
  const pushed = key && openFrom<EnteredPerson>(store, key, owner, 'person', toDo.person);
  const standing = { state, textHash, matchKey: pushed?.matchKey };
  const { state: matterState, expires_at: expiresAt } = matter;
  return rejectionOfToDo({ ...standing, matter: { state: matterState, expiresAt } }, displayed, now);
}

/**
 * 「这不是我办的」, before and after signing. The registration system is told in the same transaction.
 * @returns the matters, to be reevaluated; a code where there is nothing to refuse
 */
export async function refuseToDo(
  store: Store,
  refusal: { toDo: string; personKey: string; journey: string; reason: RefusalReason; command: string },
  now: Date,
): Promise<{ matters: string[] } | { rejected: ToDoRejection }> {
  return await store.knex.transaction(async (db) => {
    const toDo = await lockToDo(db, refusal.toDo, refusal.personKey);
    if (!toDo) return { rejected: 'to_do_unknown' as const };
    const isRepeated = toDo.updateId === refusal.command;
    const matters = isRepeated
      ? (await listToDosOfEvidence(db, toDo)).map(({ matter }) => matter)
      : await refuseLocked(db, toDo, refusal, now);
    if (matters.length === 0) return { rejected: 'to_do_settled' as const };
    return { matters: matters.map(({ id }) => id) };
  });
}

type RefusedMatter = Pick<
  MatterRow,
  'id' | 'registry' | 'external_id' | 'version' | 'authority' | 'callbacks_stopped_at'
>;

/**
 * Refuses all roles of a to-do, in every version that has the same evidence: the one that was signed, and those that it was carried
 * to. The registration system is told of each.
 * @param toDo locked, and with it all versions of its matter
 * @param refusal `journey` and `command` if the person said so
 * @returns the matters, to be reevaluated; none where there was nothing to refuse
 */
export async function refuseLocked(
  db: Db,
  toDo: ToDo,
  { reason, journey, command }: { reason: ConfirmationRejection; journey?: string; command?: string },
  now: Date,
): Promise<RefusedMatter[]> {
  const refused: RefusedMatter[] = [];
  for (const { id, reference, roles, matter } of await listToDosOfEvidence(db, toDo)) {
    const changed = await db('confirmations')
      .where({ to_do_id: id })
      .whereIn('state', ['pending', 'confirmed', 'carried'])
      .update({
        state: 'refused',
        refusal_reason: reason,
        // The command that confirmed it settles it no longer.
        update_id: command ?? null,
        ...(journey !== undefined && { journey_id: journey }),
        settled_at: now,
      });
    if (changed === 0) continue;
    const persons = [{ reference, roles }];
    await addDelivery(db, matter, { event: 'confirmation.refused', persons, reason }, now);
    refused.push(matter);
  }
  return refused;
}

interface ToDoOfEvidence {
  id: string;
  reference: string;
  roles: Role[];
  matter: RefusedMatter;
}

/** A to-do and those of other versions that have its evidence, oldest first; the to-do alone where there is none yet. */
async function listToDosOfEvidence(db: Db, toDo: ToDo): Promise<ToDoOfEvidence[]> {
  const rows = await db('confirmations AS c')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .where(toDo.evidenceId === null ? { 'c.to_do_id': toDo.id } : { 'c.evidence_id': toDo.evidenceId })
    .orderBy(['m.version', 'c.role'])
    .select({
      to_do_id: 'c.to_do_id',
      role: 'c.role',
      reference: 'c.reference',
      id: 'm.id',
      registry: 'm.registry',
      external_id: 'm.external_id',
      version: 'm.version',
      authority: 'm.authority',
      callbacks_stopped_at: 'm.callbacks_stopped_at',
    });
  const toDos = new Map<string, ToDoOfEvidence>();
  for (const { to_do_id, role, reference, ...matter } of rows) {
    const known = toDos.get(to_do_id);
    if (known) known.roles.push(role);
    else toDos.set(to_do_id, { id: to_do_id, reference, roles: [role], matter });
  }
  return [...toDos.values()];
}
