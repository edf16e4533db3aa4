import type { MatterState } from '../../domain/matter-states';
import { isDivision, NATIONAL } from '../../domain/clerks';
import { withoutCovered } from '../decisions/worklist';
import { openFrom } from '../store/sealed-values';
import type { ListPlace } from '../store/list-place';
import type { Db, Store } from '../store/store';
import type { MatterRow } from '../tables';
import type { ListedMatter } from './listing';

export const MATTERS_PAGE = 50;

/** Which matters a clerk wants to see: those of one state. */
export interface MattersWanted {
  /** Codes of divisions and authorities; see domain/clerks.ts. The national desk has no matters. */
  scope: readonly string[];
  state: MatterState;
  registry?: string;
  /** Only those that were pushed by then. */
  pushedUntil?: Date;
  after?: ListPlace;
}

/** A version of a matter in the list of clerks. */
interface MatterOfList extends ListedMatter {
  registry: string;
  /** The company; undefined once it can't be read. */
  entity?: string;
}

/** One page, the last pushed first. It reads a page of one index for each entry of the scope. */
export async function listMattersForClerks(store: Store, wanted: MattersWanted): Promise<MatterOfList[]> {
  const rows = await pageOf(store.knex, wanted);
  const ownerOf = ({ id }: Row) => `matter:${id}`;
  const keys = await store.dataKeys.findAll(store.knex, rows.map(ownerOf));
  return rows.map((row) => {
    const key = keys.get(ownerOf(row));
    const entity = key && openFrom<string>(store, key, ownerOf(row), 'entity', row.entity);
    return {
      ...{ id: row.id, registry: row.registry, externalId: row.external_id, version: row.version },
      ...{ state: row.state, authority: row.authority, kind: row.kind },
      ...{ pushedAt: row.pushed_at, decidedAt: row.decided_at },
      ...(entity !== undefined && { entity }),
    };
  });
}

const columns = [
  ...(['id', 'registry', 'external_id', 'version', 'state', 'authority', 'kind'] as const),
  ...(['pushed_at', 'decided_at', 'entity'] as const),
];
type Row = Pick<MatterRow, (typeof columns)[number]>;

/** The rows of a page. */
export async function pageOf(db: Db, wanted: MattersWanted): Promise<Row[]> {
  const entries = withoutCovered(wanted.scope).filter((entry) => entry !== NATIONAL);
  if (entries.length === 0) return [];
  const parts = entries.map((entry) => partOf(db, entry, wanted));
  const rows = (await (parts.length === 1 ? parts[0] : db.unionAll(parts, true))) as Row[];
  return rows
    .sort((one, other) => other.pushed_at.getTime() - one.pushed_at.getTime() || (one.id < other.id ? 1 : -1))
    .slice(0, MATTERS_PAGE);
}

const levels = { 2: 'province', 4: 'city', 6: 'county' } as const;

/** The part of the page under one entry. The index is named, since the database would rather sort than read it in order. */
function partOf(db: Db, entry: string, { state, registry, pushedUntil, after }: MattersWanted) {
  const level = isDivision(entry) ? levels[entry.length as keyof typeof levels] : 'authority';
  const index = `matters_${level}${registry === undefined ? '' : '_registry'}`;
  const list = db(db.raw('matters FORCE INDEX (??)', [index]))
    .where({ [level]: entry, state, ...(registry !== undefined && { registry }) })
    .orderBy([
      { column: 'pushed_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(MATTERS_PAGE)
    .select<Row[]>(columns);
  if (pushedUntil) void list.where('pushed_at', '<=', pushedUntil);
  if (after) {
    // The first condition lets the index find the place; MySQL does not take a row comparison for a range.
    void list.where('pushed_at', '<=', after.at).whereRaw('(pushed_at, id) < (?, ?)', [after.at, after.id]);
  }
  return list;
}
