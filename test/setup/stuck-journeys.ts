import type { Knex } from 'knex';
import { placeOf } from '../../domain/worklist';
import { stuckCauses } from '../../domain/stuck';

const ids = (n: number) => `journey-${String(n).padStart(32, '0')}`;

/** Writes rows of the worklist alone, as many stuck journeys would have them. @returns the ids of the journeys */
export async function fillWorklist(
  knex: Knex,
  { count, authorities }: { count: number; authorities: readonly string[] },
  now: Date,
): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, n) => {
    const cause = stuckCauses[n % stuckCauses.length]!;
    const stuckAt = new Date(now.getTime() - n * 60_000);
    const calledAt = n % 2 ? stuckAt : null;
    const snoozedUntil = n % 50 === 0 ? new Date(now.getTime() + (n % 100 ? 1 : -1) * n * 1000) : null;
    const { priority, since, dueAt } = placeOf({ cause, stuckAt, calledAt, proposedAt: null, snoozedUntil });
    const authority = authorities[Math.floor(n / stuckCauses.length) % authorities.length]!;
    const scopes = authority === 'national' ? ['national'] : [2, 4, 6].map((end) => authority.slice(0, end));
    return scopes.map((scope) => ({
      ...{ journey_id: ids(n), scope, authority, cause, to_do_id: null, case_number: null },
      ...{ document_type: 'resident-id' as const, priority, since, due_at: dueAt, stuck_at: stuckAt },
      ...{ called_at: calledAt, proposed_at: null, reviewer: null, snoozed_until: snoozedUntil },
      assignee: n % 3 === 0 ? 'reviewers' : '',
      ...{ claimed_by: null, claimed_until: null, change_id: 0 },
    }));
  }).flat();
  await knex.batchInsert('worklist', rows, 500);
  return Array.from({ length: count }, (_, n) => ids(n));
}

/** How many rows the database reads for some work, by its own count. @param within one connection */
export async function rowsReadBy(within: Knex, work: () => Promise<unknown>): Promise<number> {
  const read = async () => {
    const [status]: { Value: string }[][] = await within.raw("SHOW SESSION STATUS LIKE 'Handler_read%'");
    return (status ?? []).reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  const [first, second] = [await read(), await read()];
  await work();
  // What the counting itself reads is not counted.
  return (await read()) - second - (second - first);
}
