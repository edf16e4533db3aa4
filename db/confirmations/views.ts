import type { ConfirmationState, MatterState } from '../../domain/matter-states';
import type { MatterKind, Role } from '../../domain/roles';
import type { EnteredPerson } from '../../domain/sealed-inputs';
import type { KeyedJourney } from '../journeys/journeys';
import type { WrappedKey } from '../store/data-keys';
import { openFrom } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import type { JourneyRow } from '../tables';

/** A journey of this session, with the key of what is sealed in it; another's does not exist. */
export async function findOwnJourney(
  store: Store,
  session: { id: string; account: string },
  id: string,
): Promise<KeyedJourney | undefined> {
  const { knex, dataKeys } = store;
  const row = await knex('journeys AS j')
    .leftJoin(dataKeys.joined('k'), 'k.owner', knex.raw('?', [`journey:${id}`]))
    .where({ 'j.id': id, 'j.session_id': session.id, 'j.account': session.account })
    .first<(JourneyRow & Partial<WrappedKey>) | undefined>(
      'j.*',
      'k.owner',
      'k.wrapped',
      'k.wrapping_key_id',
    );
  if (!row) return undefined;
  const { owner, wrapped, wrapping_key_id, ...journey } = row;
  const hasKey = owner && wrapped && wrapping_key_id;
  return { ...journey, key: hasKey ? dataKeys.open({ owner, wrapped, wrapping_key_id }) : null };
}

/** The journey this session was last at. */
export async function findCurrentJourney(
  db: Db,
  session: { id: string; account: string },
): Promise<JourneyRow | undefined> {
  return await db('journeys')
    .where({ session_id: session.id, account: session.account })
    .orderBy('updated_at', 'desc')
    .first();
}

/** One matter for one person, with all the person's roles. */
export interface ToDoView {
  toDoId: string;
  matterId: string;
  version: number;
  registry: string;
  authority: string;
  kind: MatterKind;
  entity: string;
  roles: Role[];
  textHash: string;
  state: ConfirmationState;
  matterState: MatterState;
  pushedAt: Date;
  listedUntil: Date;
  expiresAt: Date;
  settledAt: Date | null;
  /** The command that settled it. */
  settledBy: string | null;
  reissueRequestedAt: Date | null;
  evidenceNumber: string | null;
  /** As pushed. */
  person: EnteredPerson;
}

interface ToDoRow {
  to_do_id: string;
  roles: string;
  matter_id: string;
  version: number;
  registry: string;
  authority: string;
  kind: MatterKind;
  entity: Buffer;
  person: Buffer;
  text_hash: string;
  state: ConfirmationState;
  matter_state: MatterState;
  pushed_at: Date;
  listed_until: Date;
  expires_at: Date;
  settled_at: Date | null;
  update_id: string | null;
  reissue_requested_at: Date | null;
  evidence_number: string | null;
}

const MOST_TO_DOS = 200;

/**
 * To-dos of a person, from all accounts, newest first.
 * @param which `open`: can be confirmed now, or newly pushed with a signature that was carried over; `past`: settled, or no
 *   longer listed, a confirmation once though several versions carry it; or some by their ids.
 */
export async function listToDos(
  store: Store,
  personKey: string,
  which: 'open' | 'past' | { toDoId: string | readonly string[] },
  now: Date,
): Promise<ToDoView[]> {
  const { knex } = store;
  const query = knex('confirmations AS c')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .leftJoin('evidence AS e', 'e.id', 'c.evidence_id')
    .where('c.person_key', personKey)
    .groupBy('c.to_do_id')
    .orderBy(knex.raw('MIN(c.pushed_at)'), 'desc')
    .limit(MOST_TO_DOS)
    .select<ToDoRow[]>(
      'c.to_do_id',
      knex.raw("GROUP_CONCAT(c.role ORDER BY c.role SEPARATOR ',') AS roles"),
      // All rows of a to-do agree in everything but the role.
      ...['c.matter_id', 'm.registry', 'm.authority', 'm.kind', 'm.entity', 'c.text_hash'].map((column) =>
        knex.raw('MIN(??) AS ??', [column, column.slice(2)]),
      ),
      ...['c.person', 'c.state', 'c.pushed_at', 'c.settled_at', 'c.update_id'].map((column) =>
        knex.raw('MIN(??) AS ??', [column, column.slice(2)]),
      ),
      ...['c.reissue_requested_at', 'm.version', 'm.listed_until', 'm.expires_at'].map((column) =>
        knex.raw('MIN(??) AS ??', [column, column.slice(2)]),
      ),
      knex.raw('MIN(m.state) AS matter_state'),
      knex.raw('MIN(e.number) AS evidence_number'),
    );
  const isOpen = "c.state = 'pending' AND m.state = 'open' AND m.listed_until > ? AND m.expires_at > ?";
  if (which === 'open') {
    const isCarried = "c.state = 'carried' AND m.state IN ('open', 'confirmed') AND m.listed_until > ?";
    void query.whereRaw(`((${isOpen}) OR (${isCarried}))`, [now, now, now]);
  } else if (which === 'past') {
    const later = knex('confirmations AS later')
      .join('matters AS version', 'version.id', 'later.matter_id')
      .whereRaw('later.evidence_id = c.evidence_id AND version.version > m.version')
      .select(knex.raw('1'));
    void query.whereRaw(`NOT (${isOpen}) AND c.state <> 'void'`, [now, now]).whereNotExists(later);
  } else void query.whereIn('c.to_do_id', [which.toDoId].flat());
  const rows = await query;
  const keys = await store.dataKeys.findAll(
    knex,
    rows.map(({ matter_id }) => `matter:${matter_id}`),
  );
  return rows.flatMap((row) => {
    const owner = `matter:${row.matter_id}`;
    const key = keys.get(owner);
    if (!key) return [];
    return {
      toDoId: row.to_do_id,
      matterId: row.matter_id,
      version: row.version,
      registry: row.registry,
      authority: row.authority,
      kind: row.kind,
      entity: openFrom<string>(store, key, owner, 'entity', row.entity),
      roles: row.roles.split(',') as Role[],
      textHash: row.text_hash,
      state: row.state,
      matterState: row.matter_state,
      pushedAt: row.pushed_at,
      listedUntil: row.listed_until,
      expiresAt: row.expires_at,
      settledAt: row.settled_at,
      settledBy: row.update_id,
      reissueRequestedAt: row.reissue_requested_at,
      evidenceNumber: row.evidence_number,
      person: openFrom<EnteredPerson>(store, key, owner, 'person', row.person),
    };
  });
}

/** The last 「这不是我办的」 of a visit: which to-do, by which command, and when. */
export async function lastRefusal(
  db: Db,
  { journey, since }: { journey: string; since: Date },
): Promise<{ toDoId: string; command: string; at: Date } | undefined> {
  const row = await db('confirmations')
    .where({ journey_id: journey, state: 'refused' })
    .where('settled_at', '>=', since)
    .orderBy('settled_at', 'desc')
    .first('to_do_id', 'update_id', 'settled_at');
  if (!row?.update_id || !row.settled_at) return undefined;
  return { toDoId: row.to_do_id, command: row.update_id, at: row.settled_at };
}

/** Whether the person confirmed or refused something in this visit. */
export async function hasSettled(
  db: Db,
  { id, started_at: since }: Pick<JourneyRow, 'id' | 'started_at'>,
): Promise<boolean> {
  const row = await db('confirmations')
    .where({ journey_id: id })
    .whereIn('state', ['confirmed', 'refused'])
    .where('settled_at', '>=', since)
    .first('to_do_id');
  return row !== undefined;
}

/** A matter as the registration system sees it: the newest version. */
export interface MatterStatusView {
  externalId: string;
  version: number;
  state: MatterState;
  /** One for each to-do. */
  persons: {
    reference: string;
    toDoId: string;
    roles: { role: Role; state: ConfirmationState; settledAt: string | null }[];
  }[];
}

export async function findMatterStatus(
  db: Db,
  registry: string,
  externalId: string,
): Promise<(MatterStatusView & { id: string }) | undefined> {
  const matter = await db('matters')
    .where({ registry, external_id: externalId })
    .orderBy('version', 'desc')
    .first('id', 'version', 'state');
  if (!matter) return undefined;
  const rows = await db('confirmations').where({ matter_id: matter.id }).orderBy(['reference', 'role']);
  const persons = new Map<string, MatterStatusView['persons'][number]>();
  for (const { to_do_id: toDoId, reference, role, state, settled_at } of rows) {
    const person = persons.get(toDoId) ?? { reference, toDoId, roles: [] };
    person.roles.push({ role, state, settledAt: settled_at?.toISOString() ?? null });
    persons.set(toDoId, person);
  }
  return {
    id: matter.id,
    externalId,
    version: matter.version,
    state: matter.state,
    persons: [...persons.values()],
  };
}
