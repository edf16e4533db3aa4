import type { DocumentType } from '../../domain/documents';
import type { ConfirmationState, MatterState } from '../../domain/matter-states';
import type { Role } from '../../domain/roles';
import type { EnteredPerson } from '../../domain/sealed-inputs';
import { openFrom } from '../store/sealed-values';
import type { Db, Store } from '../store/store';

/** The newest version of a matter, with everybody who must confirm it, as clerks see it. */
export interface MatterPersons {
  matter: string;
  version: number;
  state: MatterState;
  authority: string;
  persons: {
    toDoId: string;
    reference: string;
    name: string;
    documentType: DocumentType;
    number: string;
    roles: Role[];
    state: ConfirmationState;
  }[];
}

export async function listPersonsOfMatter(
  store: Store,
  registry: string,
  externalId: string,
): Promise<MatterPersons | undefined> {
  const { knex, dataKeys } = store;
  const matter = await knex('matters')
    .where({ registry, external_id: externalId })
    .orderBy('version', 'desc')
    .first('id', 'version', 'state', 'authority');
  const owner = `matter:${matter?.id ?? ''}`;
  const key = matter && (await dataKeys.find(knex, owner));
  if (!key) return undefined;
  const rows = await knex('confirmations')
    .where({ matter_id: matter.id })
    .orderBy(['reference', 'role'])
    .select('to_do_id', 'reference', 'role', 'state', 'person');
  const persons = new Map<string, MatterPersons['persons'][number]>();
  for (const { to_do_id: toDoId, reference, role, state, person } of rows) {
    const known = persons.get(toDoId);
    if (known) known.roles.push(role);
    else {
      const { name, documentType, number } = openFrom<EnteredPerson>(store, key, owner, 'person', person);
      persons.set(toDoId, { toDoId, reference, name, documentType, number, roles: [role], state });
    }
  }
  const { id, version, state, authority } = matter;
  return { matter: id, version, state, authority, persons: [...persons.values()] };
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
