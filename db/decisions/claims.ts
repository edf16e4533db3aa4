import { hasRight } from '../../domain/clerks';
import type { ClaimRejection } from '../../domain/decisions';
import { CLAIM_MS, MOST_SNOOZED, NOBODY, PERSONS_TURN, PUT_OFF, spansOf } from '../../domain/worklist';
import type { AssigneeGroup } from '../../domain/worklist';
import { hasWiderClerk, listReviewers } from '../clerks/clerks';
import type { Clerk } from '../clerks/clerks';
import { isClerkAuthorised } from '../clerks/authority';
import type { Db } from '../store/store';
import type { WorklistRow } from '../tables';
import { authoritiesOf } from './stuck';
import { mergeParts, ordered, within, withoutCovered } from './worklist';
import { changeInWorklist, lockInWorklist, renewInWorklist } from './worklist-rows';

/** Why it does not hold here: somebody else has it, or nobody has; undefined if the clerk has claimed it. */
function rejectionOf(
  row: Pick<WorklistRow, 'claimed_by' | 'claimed_until'>,
  clerk: string,
  now: Date,
): ClaimRejection | undefined {
  if (!isClaimed(row, now)) return 'claim_expired';
  return row.claimed_by === clerk ? undefined : 'claimed_by_other';
}

export function isClaimed({ claimed_until: until }: Pick<WorklistRow, 'claimed_until'>, now: Date): boolean {
  return until !== null && until > now;
}

/**
 * The reason for which a clerk's decision about a journey is rejected: another clerk has the claim, or nobody has. Undefined if there is none.
 * Undefined too if the journey does not wait for clerks: then something else is the reason.
 */
export async function rejectionOfClaim(
  db: Db,
  journey: string,
  clerk: string,
  now: Date,
  locked?: 'locked',
): Promise<ClaimRejection | undefined> {
  const [row] = locked
    ? await lockInWorklist(db, journey)
    : await db('worklist').where({ journey_id: journey }).limit(1);
  return row && rejectionOf(row, clerk, now);
}

/**
 * Claims a journey for a clerk, who may have it already: the first to ask has it until the claim is over.
 * @param isWanted asked under the lock; a journey that is not wanted is not claimed
 */
export async function claim(
  db: Db,
  journey: string,
  clerk: string,
  now: Date,
  isWanted: (row: WorklistRow) => boolean = () => true,
): Promise<{ rejected?: 'claimed_by_other' | 'not_allowed_now' }> {
  return await db.transaction(async (within) => {
    const rows = await lockInWorklist(within, journey);
    const [row] = rows;
    if (!row || !isWanted(row)) return { rejected: 'not_allowed_now' as const };
    const rejected = rejectionOf(row, clerk, now);
    if (rejected === 'claimed_by_other') return { rejected };
    const until = new Date(now.getTime() + CLAIM_MS);
    if (rejected === undefined) await renewInWorklist(within, journey, until);
    else await changeInWorklist(within, rows, { claimed_by: clerk, claimed_until: until }, now);
    return {};
  });
}

/** Renews the claim of a page that is open. One that is over is not renewed: somebody else may have worked meanwhile. */
export async function renewClaim(
  db: Db,
  journey: string,
  clerk: string,
  now: Date,
): Promise<{ rejected?: ClaimRejection | 'not_allowed_now' }> {
  return await withClaim(db, journey, clerk, now, async (within) => {
    await renewInWorklist(within, journey, new Date(now.getTime() + CLAIM_MS));
    return {};
  });
}

export const UNCLAIMED = { claimed_by: null, claimed_until: null } as const;

/** Gives a claim back. */
export async function releaseClaim(
  db: Db,
  journey: string,
  clerk: string,
  now: Date,
): Promise<{ rejected?: ClaimRejection | 'not_allowed_now' }> {
  return await withClaim(db, journey, clerk, now, async (within, rows) => {
    await changeInWorklist(within, rows, UNCLAIMED, now);
    return {};
  });
}

/** Passes a journey on to a clerk who may decide about it, or to nobody in particular. The claim ends. */
export async function handOver(
  db: Db,
  { journey, clerk, to }: { journey: string; clerk: string; to: string },
  now: Date,
): Promise<{ rejected?: ClaimRejection | 'not_allowed_now' | 'proposal_pending' | 'clerk_unsuitable' }> {
  return await withClaim(db, journey, clerk, now, async (within, rows) => {
    if (rows[0]?.reviewer != null) return { rejected: 'proposal_pending' as const };
    if (to !== NOBODY && !(await isClerkAuthorised(within, to, 'decide', journey)))
      return { rejected: 'clerk_unsuitable' as const };
    await changeInWorklist(within, rows, { assignee: to, ...UNCLAIMED }, now);
    return {};
  });
}

/** Passes a journey on to those who review, or to the clerks of a wider scope. The claim ends. */
export async function escalate(
  db: Db,
  { journey, clerk, to }: { journey: string; clerk: string; to: AssigneeGroup },
  now: Date,
): Promise<{ rejected?: ClaimRejection | 'not_allowed_now' | 'proposal_pending' | 'nobody_above' }> {
  return await withClaim(db, journey, clerk, now, async (within, rows) => {
    if (rows[0]?.reviewer != null) return { rejected: 'proposal_pending' as const };
    const authorities = await authoritiesOf(within, journey);
    const isServed =
      to === 'reviewers'
        ? (await listReviewers(within, { proposer: clerk, authorities })).length > 0
        : await hasWiderClerk(within, { except: clerk, authorities });
    if (!isServed) return { rejected: 'nobody_above' as const };
    await changeInWorklist(within, rows, { assignee: to, ...UNCLAIMED }, now);
    return {};
  });
}

/** Puts a journey off, or takes it up again without a time. The claim ends when it is put off. */
export async function snooze(
  db: Db,
  { journey, clerk, until }: { journey: string; clerk: Pick<Clerk, 'id' | 'scope'>; until: Date | null },
  now: Date,
): Promise<{ rejected?: ClaimRejection | 'not_allowed_now' | 'proposal_pending' | 'too_many_snoozed' }> {
  return await withClaim(db, journey, clerk.id, now, async (within, rows) => {
    if (until === null) {
      await changeInWorklist(within, rows, { snoozed_until: null }, now);
      return {};
    }
    if (rows[0]?.reviewer != null) return { rejected: 'proposal_pending' as const };
    const [asleep] = await within('worklist')
      .whereIn('scope', clerk.scope)
      .where({ assignee: clerk.id, priority: PUT_OFF })
      .where('since', '>', now)
      .countDistinct<{ count: number }[]>({ count: 'journey_id' });
    if (Number(asleep?.count) >= MOST_SNOOZED) return { rejected: 'too_many_snoozed' as const };
    // Who puts it off has it, and meets it again.
    await changeInWorklist(within, rows, { snoozed_until: until, assignee: clerk.id, ...UNCLAIMED }, now);
    return {};
  });
}

/** Does something about a journey that the clerk has claimed. */
async function withClaim<R>(
  db: Db,
  journey: string,
  clerk: string,
  now: Date,
  then: (within: Db, rows: WorklistRow[]) => Promise<{ rejected?: R }>,
): Promise<{ rejected?: R | ClaimRejection | 'not_allowed_now' }> {
  return await db.transaction(async (within) => {
    const rows = await lockInWorklist(within, journey);
    const [row] = rows;
    if (!row) return { rejected: 'not_allowed_now' as const };
    const rejected = rejectionOf(row, clerk, now);
    return rejected ? { rejected } : await then(within, rows);
  });
}

// Of each part so many are looked at; others may be claimed in the same moment.
const CANDIDATES = 10;
const ROUNDS = 10;

/**
 * Claims the first journey, in the order of the list, on which nobody works and which is nobody else's: neither assigned to another clerk nor
 * put off nor the person's turn.
 * @returns nothing if there is none; `busy` if all that were found were claimed in the same moment
 */
export async function claimNext(
  db: Db,
  { id: clerk, role, scope }: Pick<Clerk, 'id' | 'role' | 'scope'>,
  now: Date,
): Promise<{ journey?: string; rejected?: 'busy' }> {
  const assignees = [NOBODY, clerk, 'upper-authority', ...(hasRight(role, 'review') ? ['reviewers'] : [])];
  const spans = spansOf({}, now).filter(({ priority }) => priority !== PERSONS_TURN);
  const parts = withoutCovered(scope).flatMap((entry) =>
    assignees.map((assignee) => {
      const part = ordered(db, 'worklist_assignee')
        .where({ scope: entry, assignee })
        .where(within(spans))
        .where((free) => void free.whereNull('claimed_until').orWhere('claimed_until', '<=', now))
        .limit(CANDIDATES);
      return assignee === 'upper-authority' ? part.whereRaw('scope <> authority') : part;
    }),
  );
  if (parts.length === 0) return {};
  // Another tab of the same clerk may have claimed it meanwhile.
  const isFree = (row: WorklistRow) =>
    assignees.includes(row.assignee) &&
    !isClaimed(row, now) &&
    row.priority !== PERSONS_TURN &&
    (row.priority !== PUT_OFF || row.since <= now);
  for (let round = 0; round < ROUNDS; round += 1) {
    const candidates = mergeParts((await db.unionAll(parts, true)) as WorklistRow[], CANDIDATES);
    if (candidates.length === 0) return {};
    for (const { journey_id: journey } of candidates)
      if ((await claim(db, journey, clerk, now, isFree)).rejected === undefined) return { journey };
  }
  return { rejected: 'busy' };
}
