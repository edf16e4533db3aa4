import { timingSafeEqual } from 'node:crypto';
import { mayServe } from '../../domain/clerks';
import { rejectionOfInvitation } from '../../domain/invitations';
import type { InvitationRejection } from '../../domain/invitations';
import type { Role } from '../../domain/roles';
import { addDelivery } from '../matters/deliveries';
import { lockMatter } from '../matters/locks';
import type { Store } from '../store/store';

/** A person of a matter who has to confirm, and the token of their invitation. */
export interface Invitation {
  reference: string;
  roles: Role[];
  token: string;
}

/**
 * The invitations to the newest version of a matter: of everybody who has not confirmed or refused yet.
 * @returns `open: false` where nobody can confirm it any more; undefined if there is no such matter
 */
export async function listInvitations(
  store: Store,
  registry: string,
  externalId: string,
  now: Date,
): Promise<{ version: number; open: boolean; invitations: Invitation[] } | undefined> {
  const { knex, pseudonyms } = store;
  const matter = await knex('matters')
    .where({ registry, external_id: externalId })
    .orderBy('version', 'desc')
    .first('id', 'version', 'state', 'expires_at');
  if (!matter) return undefined;
  const rows = await knex('confirmations')
    .where({ matter_id: matter.id, state: 'pending' })
    .orderBy(['reference', 'role'])
    .select('reference', 'role');
  const persons = new Map<string, Role[]>();
  for (const { reference, role } of rows) persons.set(reference, [...(persons.get(reference) ?? []), role]);
  return {
    version: matter.version,
    open: matter.state === 'open' && matter.expires_at > now,
    invitations: [...persons].map(([reference, roles]) => ({
      reference,
      roles,
      token: pseudonyms.invitation(matter.id, reference),
    })),
  };
}

/**
 * The to-do to which an invitation leads this person: one of theirs in a matter that can still be confirmed. Only the person's own matters are
 * looked at, so another's invitation, one of a matter that has ended, and a guess are the same: nothing.
 */
export async function findInvited(
  store: Store,
  personKey: string,
  token: string,
  now: Date,
): Promise<string | undefined> {
  const rows = await store
    .knex('confirmations AS c')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .where({ 'c.person_key': personKey, 'm.state': 'open' })
    .where('m.expires_at', '>', now)
    .orderByRaw("c.state = 'pending' DESC, c.role")
    .select({ toDo: 'c.to_do_id', matter: 'c.matter_id', reference: 'c.reference' });
  const asked = Buffer.from(token);
  return rows.find(({ matter, reference }) => {
    const own = Buffer.from(store.pseudonyms.invitation(matter, reference));
    return own.length === asked.length && timingSafeEqual(own, asked);
  })?.toDo;
}

/**
 * A clerk has the registration system send the invitation of one person again: it is told in the same transaction.
 * @param request `command` names it: the same one again changes nothing
 * @returns the matter, to be reevaluated; undefined if there is no such to-do in this scope
 */
export async function inviteAgain(
  store: Store,
  request: { toDo: string; command: string; scope: readonly string[] },
  now: Date,
): Promise<{ matter: string } | { rejected: InvitationRejection } | undefined> {
  return await store.knex.transaction(async (db) => {
    // The to-do of a matter stays with it; all else is read after the matter is locked.
    const found = await db('confirmations').where({ to_do_id: request.toDo }).first('matter_id');
    const matter = found && (await lockMatter(db, found.matter_id));
    if (!matter || !mayServe(request.scope, matter.authority)) return undefined;
    const rows = await db('confirmations').where({ to_do_id: request.toDo }).orderBy('role').forUpdate();
    const [row] = rows;
    if (!row) return undefined;
    if (row.invited_by === request.command) return { matter: matter.id };
    const { state: matterState, expires_at: expiresAt } = matter;
    const invitable = { state: row.state, matterState, expiresAt, invitedAt: row.invited_at };
    const rejected = rejectionOfInvitation(invitable, now);
    if (rejected) return { rejected };
    await db('confirmations')
      .where({ to_do_id: request.toDo })
      .update({ invited_at: now, invited_by: request.command });
    const persons = [{ reference: row.reference, roles: rows.map(({ role }) => role) }];
    await addDelivery(db, matter, { event: 'invitation.issued', persons }, now);
    return { matter: matter.id };
  });
}
