import type { Db } from '../store/store';
import type { ClerkActionRow } from '../tables';
import { commitmentOf } from './actions';
import type { ClerkAction } from './actions';
import { loginsOf } from './clerks';

/** Which actions are wanted. */
export interface ActionFilter {
  clerk?: string;
  action?: string;
  /** The id of what was acted upon. */
  subject?: string;
  result?: string;
  /** Inclusive. */
  from?: Date;
  /** Exclusive. */
  until?: Date;
}

/** The last action of a page: the next page begins after it. */
export interface PlaceInActions {
  at: Date;
  id: number;
}

export interface RecordedAction extends Omit<ClerkAction, 'action'> {
  id: number;
  /** Also a name that only an earlier version had. */
  action: string;
  /** Of the clerk. */
  login?: string;
  at: Date;
  /** Of its row as it is now. */
  commitment: string;
}

/** One page of the record, newest first. */
export async function searchActions(
  db: Db,
  { filter, after }: { filter: ActionFilter; after?: PlaceInActions },
  most: number,
): Promise<RecordedAction[]> {
  const { clerk, action, subject, result, from, until } = filter;
  const query = db(db.raw('clerk_actions AS a FORCE INDEX (??)', [indexFor(filter)]))
    .orderBy([
      { column: 'a.at', order: 'desc' },
      { column: 'a.id', order: 'desc' },
    ])
    .limit(most)
    .select<ClerkActionRow[]>('a.*')
    .where({
      ...(clerk !== undefined && { 'a.clerk_id': clerk }),
      ...(action !== undefined && { 'a.action': action }),
      ...(subject !== undefined && { 'a.subject_id': subject }),
      ...(result !== undefined && { 'a.result': result }),
    });
  if (from) void query.where('a.at', '>=', from);
  if (until) void query.where('a.at', '<', until);
  if (after) {
    // The first condition alone is a range of the index.
    void query.where('a.at', '<=', after.at);
    void query.whereNot((list) => void list.where('a.at', after.at).where('a.id', '>=', after.id));
  }
  const rows = await query;
  const logins = await loginsOf(
    db,
    rows.flatMap(({ clerk_id }) => clerk_id ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    clerk: row.clerk_id ?? undefined,
    operator: row.operator ?? undefined,
    login: logins.get(row.clerk_id ?? ''),
    action: row.action,
    ...(row.subject_kind && row.subject_id && { subject: { kind: row.subject_kind, id: row.subject_id } }),
    result: row.result,
    reason: row.reason ?? undefined,
    requestId: row.request_id,
    at: row.at,
    commitment: commitmentOf(row),
  }));
}

/** Every index is in the order of the list; of what is asked for, one subject has the fewest actions, and one result the most. */
function indexFor({ clerk, action, subject, result }: ActionFilter): string {
  if (subject !== undefined) return 'clerk_actions_about';
  if (clerk !== undefined) return 'clerk_actions_of_clerk';
  if (action !== undefined) return 'clerk_actions_named';
  return result !== undefined ? 'clerk_actions_ended' : 'clerk_actions_at';
}

/** All of it, page by page. */
export async function* allActions(
  db: Db,
  filter: ActionFilter,
  { atOnce, most }: { atOnce: number; most: number },
): AsyncGenerator<RecordedAction[]> {
  let after: PlaceInActions | undefined;
  for (let left = most; left > 0;) {
    const page = await searchActions(db, { filter, after }, Math.min(atOnce, left));
    const last = page.at(-1);
    if (!last) return;
    yield page;
    left -= page.length;
    after = { at: last.at, id: last.id };
  }
}
