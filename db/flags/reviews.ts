import type { Knex } from 'knex';
import type { FlagReason } from '../../domain/flag-reasons';
import type { FlagKind, FlagSeverity, FlagVerdict } from '../../domain/flags';
import type { MatterKind, Role } from '../../domain/roles';
import { lockToDo, refuseLocked } from '../confirmations/confirmations';
import { lockMatter } from '../matters/locks';
import type { Db, Store } from '../store/store';
import type { FlagRow } from '../tables';

/** A flag as the worklist shows it: the registration system's own references, and nothing of a person. */
export interface FlagView {
  id: string;
  kind: FlagKind;
  severity: FlagSeverity;
  raisedAt: Date;
  reviewedAt: Date | null;
  /** The clerk's id. */
  reviewedBy: string | null;
  verdict: FlagVerdict | null;
  reason: FlagReason | null;
  matter: {
    id: string;
    registry: string;
    externalId: string;
    version: number;
    authority: string;
    kind: MatterKind;
  };
  toDoId: string;
  /** In which the confirmation was given. */
  journeyId: string | null;
  reference: string;
  roles: Role[];
}

export interface FlagsWanted {
  /** Of matters of these authorities and those below them: prefixes of administrative divisions (GB/T 2260). */
  authorities: readonly string[];
  /** Only those that nobody has reviewed. */
  openOnly: boolean;
  /** Only those of this matter, or this one. */
  matter?: string;
  id?: string;
  /** The last flag of the page before. */
  after?: string;
  limit: number;
}

type FlagListRow = FlagRow & {
  registry: string;
  external_id: string;
  version: number;
  authority: string;
  matter_kind: MatterKind;
};

/** Newest first. */
export async function listFlags(db: Db, wanted: FlagsWanted): Promise<FlagView[]> {
  const query = db('flags AS f')
    .join('matters AS m', 'm.id', 'f.matter_id')
    .where(within(wanted.authorities))
    .orderBy([
      { column: 'f.raised_at', order: 'desc' },
      { column: 'f.id', order: 'desc' },
    ])
    .limit(wanted.limit)
    .select<FlagListRow[]>(
      'f.*',
      'm.registry',
      'm.external_id',
      'm.version',
      'm.authority',
      'm.kind AS matter_kind',
    );
  if (wanted.matter !== undefined) void query.where('f.matter_id', wanted.matter);
  if (wanted.id !== undefined) void query.where('f.id', wanted.id);
  if (wanted.openOnly) void query.whereNull('f.reviewed_at');
  if (wanted.after !== undefined) {
    const last = db('flags').where({ id: wanted.after }).select('raised_at', 'id');
    void query.whereRaw('(f.raised_at, f.id) < ?', [last]);
  }
  const rows = await query;
  const confirmations = await db('confirmations')
    .whereIn(
      'to_do_id',
      rows.map(({ to_do_id }) => to_do_id),
    )
    .orderBy('role')
    .select('to_do_id', 'role', 'reference', 'journey_id');
  return rows.map((row) => {
    const own = confirmations.filter(({ to_do_id }) => to_do_id === row.to_do_id);
    const { registry, external_id: externalId, version, authority, matter_kind: kind } = row;
    return {
      id: row.id,
      kind: row.kind,
      severity: row.severity,
      raisedAt: row.raised_at,
      reviewedAt: row.reviewed_at,
      reviewedBy: row.reviewed_by,
      verdict: row.verdict,
      reason: row.reason,
      matter: { id: row.matter_id, registry, externalId, version, authority, kind },
      toDoId: row.to_do_id,
      journeyId: own[0]?.journey_id ?? null,
      reference: own[0]?.reference ?? '',
      roles: own.map(({ role }) => role),
    };
  });
}

/** Condition on `m`, the matter, by the authorities that are covered; none cover nothing. */
function within(authorities: readonly string[]) {
  return (matter: Knex.QueryBuilder) => {
    if (authorities.length === 0) void matter.whereRaw('FALSE');
    for (const prefix of authorities) void matter.orWhere('m.authority', 'like', `${prefix}%`);
  };
}

/**
 * Records a reviewer's verdict on a flag with its reason, once. `cleared` lets the matter go on; `upheld` refuses the confirmation, for all its
 * roles and in all versions that it was carried to, and the registration system is told in the same transaction.
 * @param authorities the reviewer's, as for listFlags: a flag of others is unknown
 * @returns the matters, to be reevaluated, and whose they are
 */
export async function reviewFlag(
  store: Store,
  review: {
    flag: string;
    clerk: string;
    verdict: FlagVerdict;
    reason: FlagReason;
    authorities: readonly string[];
  },
  now: Date,
): Promise<
  { matters: { id: string; authority: string }[] } | { rejected: 'flag_unknown' | 'flag_reviewed' }
> {
  const { flag: id, clerk, verdict, reason, authorities } = review;
  return await store.knex.transaction(async (db) => {
    const found = await findFlag(db, id, authorities);
    if (found) await lockMatter(db, found.matter_id);
    // A push may have taken it to its version until then.
    const flag = found && (await findFlag(db, id, authorities));
    const toDo = flag && (await lockToDo(db, flag.to_do_id, flag.person_key));
    if (!toDo) return { rejected: 'flag_unknown' as const };
    const reviewed = await db('flags')
      .where({ id, reviewed_at: null })
      .update({ reviewed_at: now, reviewed_by: clerk, verdict, reason });
    if (reviewed === 0) return { rejected: 'flag_reviewed' as const };
    const refused =
      verdict === 'upheld' ? await refuseLocked(db, toDo, { reason: 'identity-doubtful' }, now) : [];
    const matters = refused.length > 0 ? refused : [toDo.matter];
    return { matters: matters.map(({ id: matter, authority }) => ({ id: matter, authority })) };
  });
}

async function findFlag(db: Db, id: string, authorities: readonly string[]): Promise<FlagRow | undefined> {
  return await db('flags AS f')
    .join('matters AS m', 'm.id', 'f.matter_id')
    .where('f.id', id)
    .where(within(authorities))
    .first<FlagRow | undefined>('f.*');
}
