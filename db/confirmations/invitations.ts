import { timingSafeEqual } from 'node:crypto';
import type { Role } from '../../domain/roles';
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
