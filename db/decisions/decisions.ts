import { rejectionOfDecision } from '../../domain/decisions';
import type {
  ClaimRejection,
  ClerkRequest,
  DecisionRejection,
  FourEyesDecision,
  Proposal,
} from '../../domain/decisions';
import type { ClerkRight } from '../../domain/clerks';
import { PROPOSAL_VALIDITY_MS, PROPOSALS_PER_DAY } from '../../domain/limits';
import type { ReasonCode } from '../../domain/reasons';
import { startOfShanghaiDay } from '../../domain/shanghai-time';
import type { Commands } from '../../domain/steps';
import type { StuckCause } from '../../domain/stuck';
import type { Seen } from '../../domain/window-check';
import { NOBODY } from '../../domain/worklist';
import type { WindowCodeRejection } from '../../domain/window-codes';
import { grantAttempts } from '../attempts/grants';
import { isClerkAuthorised } from '../clerks/authority';
import { listReviewers } from '../clerks/clerks';
import { findJourney, replaceName } from '../journeys/journeys';
import { drawReviewer } from './reviewer-lots';
import { openFrom } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import { rejectionOfClaim, UNCLAIMED } from './claims';
import { takeNote } from './decision-notes';
import { takeProposed } from './proposed';
import { authoritiesOf } from './stuck';
import { changeInWorklist, lockInWorklist } from './worklist-rows';
import type { DecisionRow, JourneyRow } from '../tables';

interface Decided {
  journey: string;
  /** The command, which becomes the decision's id: the same again changes nothing. */
  command: string;
  /** The revision of the view on which it was said. */
  expectedRevision?: number;
}

/** Why a clerk's word, though the api has said so, does not hold in the database. */
export type ClerkRejection = DecisionRejection | ClaimRejection | 'not_your_right' | 'stale';

/** The same of what may carry a note, which is gone if it comes too late. */
export type NotedRejection = ClerkRejection | 'input_expired';

/** Records what one clerk, or an operator, decided, and carries out what is to be done in the database. */
export async function decide(
  store: Store,
  { noteInput, ...decided }: Decided & Commands['decide'],
  now: Date,
): Promise<{ rejected?: NotedRejection | 'grant_limit_reached' }> {
  return await store.knex.transaction(async (db) => {
    const journey = await findJourney(db, decided.journey, 'locked');
    if (!journey || (await findDecision(db, decided.command))) return {};
    const request = { command: 'decide' as const, decision: decided.decision, reason: decided.reason };
    const rejected =
      rejectionOf(journey, decided, request, now) ??
      // An operator decides where no clerk can be reached, whoever has claimed it.
      ('clerk' in decided ? await rejectionOfClerk(db, journey, decided.clerk, 'decide', now) : undefined);
    const { stuck_cause: cause } = journey;
    if (rejected || !cause) return { rejected };
    const note = await takeNote(store, db, { journey: journey.id, noteInput }, now);
    if (note === undefined) return { rejected: 'input_expired' as const };
    const { attempts } = decided;
    if (attempts !== undefined) {
      const grant = { id: decided.command, personKey: journey.person_key, account: journey.account };
      if (!(await grantAttempts(db, { ...grant, attempts }, now)))
        return { rejected: 'grant_limit_reached' as const };
    }
    await db('decisions').insert({
      ...rowOf(journey, cause, decided, now),
      state: 'taken',
      attempts: attempts ?? null,
      note,
    });
    return {};
  });
}

export type Proposed = Decided & Commands['propose'];

export type ProposalRejection =
  | ClerkRejection
  /** Nobody else's scope covers it: an admin has to appoint somebody. */
  | 'no_reviewer'
  | 'too_many_proposals'
  | 'scan_unknown'
  | 'input_expired'
  | WindowCodeRejection;

/** Records what a clerk proposes, and picks who is to approve it. */
export async function propose(
  store: Store,
  proposed: Proposed,
  now: Date,
): Promise<Proposal | { rejected: ProposalRejection }> {
  return await store.knex.transaction(async (db) => {
    const journey = await findJourney(db, proposed.journey, 'locked');
    const known = await findDecision(db, proposed.command);
    if (known) return proposalFrom(known);
    const request = { command: 'propose' as const, decision: proposed.decision, reason: proposed.reason };
    const rejected = journey && rejectionOf(journey, proposed, request, now);
    if (rejected) return { rejected };
    const rejectedClerk = journey && (await rejectionOfClerk(db, journey, proposed.clerk, 'propose', now));
    if (rejectedClerk) return { rejected: rejectedClerk };
    if ((await countProposals(db, proposed, startOfShanghaiDay(now))) >= PROPOSALS_PER_DAY)
      return { rejected: 'too_many_proposals' as const };
    const authorities = await authoritiesOf(db, proposed.journey);
    const candidates = await listReviewers(db, { proposer: proposed.clerk, authorities });
    const cause = journey?.stuck_cause;
    if (!journey || !cause || candidates.length === 0) return { rejected: 'no_reviewer' as const };
    const taken = await takeProposed(store, db, { journey, proposed }, now);
    if ('rejected' in taken) return taken;
    const note = await takeNote(store, db, proposed, now);
    if (note === undefined) return { rejected: 'input_expired' as const };
    const drawing = {
      proposal: proposed.command,
      personKey: journey.person_key,
      toDo: journey.to_do_id ?? undefined,
      candidates,
    };
    const reviewer = await drawReviewer(db, drawing, now);
    // An earlier one that nobody settled in time.
    await db('decisions')
      .where({ journey_id: journey.id, state: 'proposed' })
      .update({ state: 'void', settled_at: now });
    const row = {
      ...rowOf(journey, cause, proposed, now),
      state: 'proposed' as const,
      reviewer,
      ...taken,
      note,
      expires_at: new Date(now.getTime() + PROPOSAL_VALIDITY_MS),
    };
    await db('decisions').insert(row);
    // From now on it waits for the reviewer.
    const passed = { proposed_at: now, reviewer, assignee: reviewer, snoozed_until: null, ...UNCLAIMED };
    await changeInWorklist(db, await lockInWorklist(db, journey.id), passed, now);
    return proposalFrom({ acceptance: null, ...row });
  });
}

/**
 * Records the verdict of the reviewer who was drawn, never of the proposer. Both must be active clerks now. An approved name replaces
 * the earlier one.
 */
export async function settleProposal(
  store: Store,
  settled: Omit<Decided, 'command'> & Commands['review'],
  now: Date,
): Promise<{ rejected?: NotedRejection }> {
  return await store.knex.transaction(async (db) => {
    const journey = await findJourney(db, settled.journey, 'locked');
    const proposal = await findDecision(db, settled.proposal);
    const state = settled.verdict === 'approve' ? 'approved' : 'declined';
    if (!journey || proposal?.journey_id !== journey.id) return { rejected: 'proposal_unknown' as const };
    // The same reviewer has said this before.
    if (proposal.state === state && proposal.reviewer === settled.clerk) return {};
    if (proposal.state !== 'proposed') return { rejected: 'proposal_unknown' as const };
    const rejected = rejectionOf(
      journey,
      settled,
      { command: 'review', ...settled },
      now,
      proposalFrom(proposal),
    );
    if (rejected) return { rejected };
    const rejectedClerk = await rejectionOfClerk(db, journey, settled.clerk, 'review', now);
    if (rejectedClerk) return { rejected: rejectedClerk };
    if (!(await isClerkAuthorised(db, proposal.clerk ?? '', 'propose', journey.id)))
      return { rejected: 'not_your_right' as const };
    const note = await takeNote(store, db, settled, now);
    if (note === undefined) return { rejected: 'input_expired' as const };
    await db('decisions')
      .where({ id: proposal.id })
      .update({ state, settled_at: now, review_reason: reasonOf(settled), review_note: note });
    if (state === 'declined') await openAgain(db, journey.id, {}, now);
    if (state === 'approved' && proposal.name) {
      const name = await nameOf(store, db, proposal);
      if (name !== undefined) await replaceName(store, db, journey, name);
    }
    return {};
  });
}

/** Takes back what its proposer proposed and nobody has reviewed. No claim is needed: it is the proposer's own word. */
export async function withdrawProposal(
  store: Store,
  { journey: id, proposal: proposed, clerk }: { journey: string } & Commands['withdraw'],
  now: Date,
): Promise<{ rejected?: ClerkRejection }> {
  return await store.knex.transaction(async (db) => {
    const journey = await findJourney(db, id, 'locked');
    const proposal = await findDecision(db, proposed);
    if (!journey || proposal?.journey_id !== id || proposal.clerk !== clerk)
      return { rejected: 'proposal_unknown' as const };
    if (proposal.state === 'withdrawn') return {};
    if (proposal.state !== 'proposed') return { rejected: 'proposal_unknown' as const };
    await db('decisions').where({ id: proposed }).update({ state: 'withdrawn', settled_at: now });
    // The reviewer may have it open.
    await openAgain(db, id, UNCLAIMED, now);
    return {};
  });
}

/** Whoever may decide can claim it again. */
async function openAgain(
  db: Db,
  journey: string,
  claim: Partial<typeof UNCLAIMED>,
  now: Date,
): Promise<void> {
  const open = { proposed_at: null, reviewer: null, assignee: NOBODY, ...claim };
  await changeInWorklist(db, await lockInWorklist(db, journey), open, now);
}

/** Null in commands from before there were reasons, whose activities may still be repeated. */
function reasonOf({ reason }: { reason?: ReasonCode }): ReasonCode | null {
  return reason ?? null;
}

/** Why a clerk may not say this about a journey now: another has claimed it, nobody has, or it is not the clerk's right. */
async function rejectionOfClerk(
  db: Db,
  { id }: JourneyRow,
  clerk: string,
  right: ClerkRight,
  now: Date,
): Promise<ClaimRejection | 'not_your_right' | undefined> {
  const rejected = await rejectionOfClaim(db, id, clerk, now, 'locked');
  return (await isClerkAuthorised(db, clerk, right, id)) ? rejected : 'not_your_right';
}

/** Why a request of a clerk does not fit the cause for which the journey is stuck, or the view is no longer the current one. */
function rejectionOf(
  { stuck_cause: cause, revision }: JourneyRow,
  { expectedRevision }: Pick<Decided, 'expectedRevision'>,
  request: ClerkRequest,
  now: Date,
  proposal?: Proposal,
): ClerkRejection | undefined {
  if (!cause) return 'not_for_this_cause';
  if (expectedRevision !== undefined && expectedRevision !== revision) return 'stale';
  return rejectionOfDecision(request, { cause, proposal, now: now.getTime() });
}

/** The name that a proposal holds; undefined once the journey's key was dropped. */
export async function nameOf(
  store: Store,
  db: Db,
  { journey_id, name }: Pick<DecisionRow, 'journey_id' | 'name'>,
): Promise<string | undefined> {
  const owner = `journey:${journey_id}`;
  const key = await store.dataKeys.find(db, owner);
  return key && name ? openFrom<string>(store, key, owner, 'corrected-name', name) : undefined;
}

/** What its proposer has seen; undefined once the journey's key was dropped. */
export async function seenOf(
  store: Store,
  db: Db,
  { journey_id, seen }: Pick<DecisionRow, 'journey_id' | 'seen'>,
): Promise<Seen | undefined> {
  const owner = `journey:${journey_id}`;
  const key = await store.dataKeys.find(db, owner);
  return key && seen ? openFrom<Seen>(store, key, owner, 'seen', seen) : undefined;
}

export async function findDecision(db: Db, id: string): Promise<DecisionRow | undefined> {
  return await db('decisions').where({ id }).first();
}

/** What waits for a review in a journey. */
export async function pendingProposal(db: Db, journey: string): Promise<DecisionRow | undefined> {
  return await db('decisions').where({ journey_id: journey, state: 'proposed' }).first();
}

/** How often a clerk has proposed something for a journey since then, whatever became of it. */
async function countProposals(db: Db, { journey, clerk }: Proposed, since: Date): Promise<number> {
  const [row] = await db('decisions')
    .where({ journey_id: journey, clerk })
    .where('decided_at', '>=', since)
    .whereNot({ state: 'taken' })
    .count<{ n: number }[]>({ n: '*' });
  return row?.n ?? 0;
}

/** Of a journey, newest first. */
export async function listDecisions(db: Db, journey: string): Promise<DecisionRow[]> {
  return await db('decisions').where({ journey_id: journey }).orderBy('decided_at', 'desc').limit(100);
}

/** The acceptances by clerks, in place of checks by machine, since a visit began: for the journey as a whole, and for this to-do. */
export async function listAcceptances(
  db: Db,
  { journey, toDo, since }: { journey: string; toDo: string; since: Date },
): Promise<DecisionRow[]> {
  return await db('decisions')
    .where({ journey_id: journey, decision: 'accept', state: 'approved' })
    .where('decided_at', '>=', since)
    .whereRaw('(to_do_id IS NULL OR to_do_id = ?)', [toDo])
    .orderBy('decided_at');
}

function rowOf(
  { id, to_do_id }: JourneyRow,
  cause: StuckCause,
  {
    command,
    decision,
    reason,
    ...by
  }: Decided & { decision: DecisionRow['decision']; reason: ReasonCode } & (
      { clerk: string } | { operator: string }
    ),
  now: Date,
) {
  return {
    id: command,
    journey_id: id,
    to_do_id,
    cause,
    decision,
    reason: reasonOf({ reason }),
    ...('clerk' in by ? { clerk: by.clerk } : { clerk: null, operator: by.operator }),
    decided_at: now,
  };
}

function proposalFrom({
  id,
  decision,
  acceptance,
  clerk,
  reviewer,
  expires_at,
}: Pick<DecisionRow, 'id' | 'decision' | 'acceptance' | 'clerk' | 'reviewer' | 'expires_at'>): Proposal {
  return {
    id,
    decision: decision as FourEyesDecision,
    ...(acceptance && { acceptance }),
    proposer: clerk ?? '',
    reviewer: reviewer ?? '',
    expiresAt: expires_at?.getTime() ?? 0,
  };
}
