import { reasonsFor } from './reasons';
import type { ReasonCode } from './reasons';
import type { StuckCause } from './stuck';

/** The decisions of clerks about a stuck journey. The journey's validators, the api and the worklist use these rules. */

interface Rules {
  /** Replaces the verdict of a machine, or what a person wrote: proposed by one clerk, approved by another. */
  fourEyes: boolean;
  /** Where it makes sense. */
  causes: readonly StuckCause[];
}

const ofVendors = ['vendor-unavailable', 'vendor-refused', 'source-unusable', 'result-undecidable'] as const;

const rules = {
  /** Does the failed work again. */
  retry: {
    fourEyes: false,
    causes: [...ofVendors, 'name-mismatch-suspected', 'data-key-unavailable', 'system-fault'],
  },
  /** Gives a person who is locked out more attempts, today. */
  'grant-attempts': { fourEyes: false, causes: ['locked-out'] },
  /** Corrects how the name is written; never number, type or person. */
  'correct-name': { fourEyes: true, causes: ['name-mismatch-suspected'] },
  /** A clerk has seen person and document, or a notarised document: this takes the place of the check. */
  accept: { fourEyes: true, causes: [...ofVendors, 'name-mismatch-suspected', 'locked-out', 'in-person'] },
  /** The person could not show to be who they say. */
  reject: {
    fourEyes: false,
    causes: [
      'in-person',
      'vendor-refused',
      'source-unusable',
      'result-undecidable',
      'name-mismatch-suspected',
      'locked-out',
    ],
  },
  /** Gives it up: before the to-dos the journey, within a matter that matter. The person may begin again. */
  close: {
    fourEyes: false,
    causes: [
      ...ofVendors,
      'name-mismatch-suspected',
      'locked-out',
      'in-person',
      'data-key-unavailable',
      'system-fault',
    ],
  },
} as const satisfies Record<string, Rules>;

export type Decision = keyof typeof rules;

type ByEyes<F extends boolean> = {
  [D in Decision]: (typeof rules)[D]['fourEyes'] extends F ? D : never;
}[Decision];

/** Decided by one clerk. */
export type SingleDecision = ByEyes<false>;
/** Proposed by one clerk, approved by another. */
export type FourEyesDecision = ByEyes<true>;

export const decisionNames = Object.keys(rules) as [Decision, ...Decision[]];
export const singleDecisions = decisionNames.filter((name) => !rules[name].fourEyes) as [SingleDecision];
export const fourEyesDecisions = decisionNames.filter((name) => rules[name].fourEyes) as [FourEyesDecision];

export function isFourEyes(decision: Decision): decision is FourEyesDecision {
  return rules[decision].fourEyes;
}

/** The two substitutes for a check by machine (市场主体登记管理条例实施细则 art. 16 ¶2): seen at the window, or a notarised document. */
export const acceptanceKinds = ['on-site', 'notarised'] as const;
export type AcceptanceKind = (typeof acceptanceKinds)[number];

/**
 * Whether the phone that holds a journey is known to be the person's. At the window its code was typed; of one whose papers
 * came by post nobody knows who holds it.
 */
export const phoneStates = ['proven', 'unproven'] as const;
export type PhoneState = (typeof phoneStates)[number];

export function phoneAfter(acceptance: AcceptanceKind | null | undefined): PhoneState {
  return acceptance === 'on-site' ? 'proven' : 'unproven';
}

/** By which way a person was known when they confirmed. */
export const evidenceKinds = ['face', ...acceptanceKinds] as const;

export type EvidenceKind = (typeof evidenceKinds)[number];

/** Of a decision: `taken` by one clerk alone; or `proposed` to a second one, and what became of that. */
export const decisionStates = ['taken', 'proposed', 'approved', 'declined', 'withdrawn', 'void'] as const;
export type DecisionState = (typeof decisionStates)[number];

export const verdicts = ['approve', 'decline'] as const;
export type Verdict = (typeof verdicts)[number];

/** A decision that waits for its second clerk. */
export interface Proposal {
  id: string;
  decision: FourEyesDecision;
  /** For `accept`. */
  acceptance?: AcceptanceKind;
  proposer: string;
  /** Picked by the system, never by the proposer. */
  reviewer: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Why a clerk's word does not hold. */
export const decisionRejections = [
  /** It makes no sense for what this journey is stuck with. */
  'not_for_this_cause',
  /** The reason that was given is one for something else. */
  'reason_unsuitable',
  /** It has to be proposed. */
  'needs_second_clerk',
  'proposal_pending',
  /** There is none by this id, or it was settled. */
  'proposal_unknown',
  'proposal_expired',
  /** Another clerk was picked. */
  'not_the_reviewer',
  /** Another clerk proposed it. */
  'not_the_proposer',
] as const;

/** Why a clerk's word does not hold although it fits: who decides has claimed the journey. */
export const claimRejections = [
  /** Another clerk works on it. */
  'claimed_by_other',
  /** The clerk has not claimed it, or the claim is over. */
  'claim_expired',
] as const;

export type ClaimRejection = (typeof claimRejections)[number];

/**
 * Why a decision that the journey received could not be carried out. Only the clerk sees it: it is about clerks, or about others who
 * gave the same name and number, and before the face check the person is not proven.
 */
export const decisionFailures = [
  ...decisionRejections,
  ...claimRejections,
  'not_your_right',
  'stale',
  'grant_limit_reached',
  'no_reviewer',
  'too_many_proposals',
  /** The scan that is named was not uploaded for this journey, where it waits now. */
  'scan_unknown',
] as const;

export type DecisionRejection = (typeof decisionRejections)[number];

/** The decisions that fit a journey with this cause. */
export function decisionsFor(cause: StuckCause): Decision[] {
  return decisionNames.filter((name) => (rules[name].causes as readonly StuckCause[]).includes(cause));
}

/** The part of a clerk's request on which its permission depends. */
export type ClerkRequest = (
  | { command: 'decide'; decision: Decision }
  | { command: 'propose'; decision: Decision }
  | { command: 'review'; proposal: string; clerk: string; verdict: Verdict }
  | { command: 'withdraw'; proposal: string; clerk: string }
) & {
  /** Missing in commands from before there were reasons, and where none is asked for. */
  reason?: ReasonCode;
};

/** Why a clerk's word does not hold here and now; undefined if it does. */
export function rejectionOfDecision(
  request: ClerkRequest,
  at: { cause: StuckCause; proposal?: Proposal; now: number },
): DecisionRejection | undefined {
  const { cause, proposal, now } = at;
  if (request.command === 'withdraw') {
    if (proposal?.id !== request.proposal) return 'proposal_unknown';
    return request.clerk === proposal.proposer ? undefined : 'not_the_proposer';
  }
  if (request.command === 'review') {
    if (proposal?.id !== request.proposal) return 'proposal_unknown';
    // The proposer never approves, even if the lot fell on them.
    if (request.clerk !== proposal.reviewer || request.clerk === proposal.proposer) return 'not_the_reviewer';
    if (proposal.expiresAt <= now) return 'proposal_expired';
    return isUnsuitable(request.verdict, request, cause) ? 'reason_unsuitable' : undefined;
  }
  const isKnown = Object.hasOwn(rules, request.decision);
  if (!isKnown || !decisionsFor(cause).includes(request.decision)) return 'not_for_this_cause';
  const { fourEyes } = rules[request.decision];
  if (request.command === 'decide' && fourEyes) return 'needs_second_clerk';
  if (request.command === 'propose' && !fourEyes) return 'not_for_this_cause';
  if (isUnsuitable(request.decision, request, cause)) return 'reason_unsuitable';
  const isPending = request.command === 'propose' && proposal && proposal.expiresAt > now;
  return isPending ? 'proposal_pending' : undefined;
}

function isUnsuitable(
  decided: Decision | Verdict,
  { reason }: Pick<ClerkRequest, 'reason'>,
  cause: StuckCause,
): boolean {
  return reason !== undefined && !reasonsFor(decided, cause).includes(reason);
}
