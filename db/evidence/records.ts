import { letterStateOf, recordStateOf } from '../../domain/confirmation-records';
import type { LetterState, RecordState } from '../../domain/confirmation-records';
import type { EvidenceStatement } from '../../domain/evidence';
import type { MatterKind, Role } from '../../domain/roles';
import type { DataKey } from '../../platform/encryption';
import type { ListPlace } from '../store/list-place';
import { openFrom } from '../store/sealed-values';
import type { Store } from '../store/store';
import type { EvidenceDocument } from './documents';

/** A confirmation that a person once gave, by its evidence. */
export interface ConfirmationRecord {
  evidence: string;
  number: string;
  confirmedAt: Date;
  state: RecordState;
  /** Of the newest version that rests on the evidence. */
  version: number;
  registry: string;
  externalId: string;
  authority: string;
  kind: MatterKind;
  /** The matter of that version. */
  matter: string;
  roles: Role[];
  /** The company; undefined once neither matter nor evidence can be read. */
  entity?: string;
  /** Whether the evidence can be read: its key is there. */
  isReadable: boolean;
}

/**
 * The confirmations of a person, from all accounts, newest first. In at most four queries, however many there are.
 * @param after the last one of the page before, by time and number
 */
export async function listRecords(
  store: Store,
  personKey: string,
  { after, most }: { after?: ListPlace; most: number },
): Promise<ConfirmationRecord[]> {
  const query = store.knex('evidence').where({ person_key: personKey });
  if (after) void query.whereRaw('(created_at, number) < (?, ?)', [after.at, after.id]);
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('number', 'desc')
    .limit(most)
    .select('id', 'number', 'created_at');
  return await recordsOf(store, rows);
}

/** One of them by its number; another person's is not there. */
export async function findRecord(
  store: Store,
  personKey: string,
  number: string,
): Promise<ConfirmationRecord | undefined> {
  const rows = await store
    .knex('evidence')
    .where({ number, person_key: personKey })
    .select('id', 'number', 'created_at');
  const [record] = await recordsOf(store, rows);
  return record;
}

/** The one that a piece of evidence proves, whoever asks: the caller must have been given the right to know of it. */
export async function recordOf(store: Store, evidence: string): Promise<ConfirmationRecord | undefined> {
  const rows = await store.knex('evidence').where({ id: evidence }).select('id', 'number', 'created_at');
  const [record] = await recordsOf(store, rows);
  return record;
}

type Listed = { id: string; number: string; created_at: Date };

async function recordsOf(store: Store, rows: readonly Listed[]): Promise<ConfirmationRecord[]> {
  const newest = await newestVersions(
    store,
    rows.map(({ id }) => id),
  );
  const known = rows.flatMap((row) => {
    const version = newest.get(row.id);
    return version
      ? [{ ...row, version, owner: ownerOf(row.id), matterOwner: `matter:${version.matter}` }]
      : [];
  });
  const keys = await store.dataKeys.findAll(
    store.knex,
    known.flatMap(({ owner, matterOwner }) => [owner, matterOwner]),
  );
  const ofDeletedMatters = known.filter(({ matterOwner }) => !keys.has(matterOwner)).map(({ id }) => id);
  const entities = await entitiesIn(store, ofDeletedMatters, keys);
  return known.map(
    ({ id, number, created_at, owner, matterOwner, version: { sealedEntity, ...version } }) => {
      const key = keys.get(matterOwner);
      return {
        ...{ evidence: id, number, confirmedAt: created_at, ...version },
        entity: key ? openFrom<string>(store, key, matterOwner, 'entity', sealedEntity) : entities.get(id),
        isReadable: keys.has(owner),
      };
    },
  );
}

interface NewestVersion extends Pick<
  ConfirmationRecord,
  'state' | 'version' | 'registry' | 'externalId' | 'authority' | 'kind' | 'roles'
> {
  matter: string;
  sealedEntity: Buffer;
}

/** Of each piece of evidence the newest version that rests on it. */
async function newestVersions(store: Store, ids: readonly string[]): Promise<Map<string, NewestVersion>> {
  const rows = await store
    .knex('confirmations AS c')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .whereIn('c.evidence_id', [...ids])
    .orderBy(['m.version', 'c.role'])
    .select({
      ...{ evidence: 'c.evidence_id', role: 'c.role', confirmation: 'c.state', matter: 'm.id' },
      ...{
        matterState: 'm.state',
        version: 'm.version',
        registry: 'm.registry',
        externalId: 'm.external_id',
      },
      ...{ authority: 'm.authority', kind: 'm.kind', sealedEntity: 'm.entity' },
    });
  const newest = new Map<string, NewestVersion>();
  for (const { evidence, role, confirmation, matterState, ...version } of rows) {
    if (evidence === null) continue;
    const known = newest.get(evidence);
    const isSame = known?.matter === version.matter;
    if (known && isSame) known.roles.push(role);
    else {
      const state = recordStateOf({ confirmation, matter: matterState });
      newest.set(evidence, { ...version, state, roles: [role] });
    }
  }
  return newest;
}

/** The companies that evidence names, where the matter itself was deleted. */
async function entitiesIn(
  store: Store,
  ids: readonly string[],
  keys: ReadonlyMap<string, DataKey>,
): Promise<Map<string, string>> {
  const readable = ids.filter((id) => keys.has(ownerOf(id)));
  if (readable.length === 0) return new Map();
  const rows = await store.knex('evidence').whereIn('id', readable).select('id', 'content');
  return new Map(
    rows.flatMap(({ id, content }) => {
      const key = keys.get(ownerOf(id));
      return key ? [[id, statementIn(store, key, id, content).matter.text.entity.name] as const] : [];
    }),
  );
}

function statementIn(store: Store, key: DataKey, id: string, content: Buffer): EvidenceStatement {
  return JSON.parse(openFrom<string>(store, key, ownerOf(id), 'content', content)) as EvidenceStatement;
}

/** The person as the evidence names them. Undefined once it can't be read. */
export async function personIn(
  store: Store,
  { evidence }: ConfirmationRecord,
): Promise<EvidenceStatement['person'] | undefined> {
  const row = await store.knex('evidence').where({ id: evidence }).first('content');
  const key = row && (await store.dataKeys.find(store.knex, ownerOf(evidence)));
  return key && statementIn(store, key, evidence, row.content).person;
}

/** The confirmation letter of a record: whether the person can have it, and what it is. */
export async function letterOf(
  store: Store,
  record: ConfirmationRecord,
): Promise<{ state: LetterState } & Partial<Pick<EvidenceDocument, 'sha256'> & { size: number }>> {
  const row = await store
    .knex('evidence_documents')
    .where({ evidence_id: record.evidence, kind: 'confirmation-letter' })
    .first('sha256', 'size');
  const state = letterStateOf(record, row !== undefined);
  return state === 'ready' ? { state, ...row } : { state };
}

const ownerOf = (evidence: string) => `evidence:${evidence}`;
