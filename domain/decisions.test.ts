import {
  decisionsFor,
  fourEyesDecisions,
  phoneAfter,
  rejectionOfDecision,
  singleDecisions,
} from './decisions';
import type { AcceptanceKind, ClerkRequest, Decision, DecisionRejection, Proposal } from './decisions';
import { stuckCauses } from './stuck';
import type { StuckCause } from './stuck';

/** Which decisions make sense where. */
const sensible: Record<StuckCause, Decision[]> = {
  'vendor-unavailable': ['retry', 'accept', 'close'],
  'vendor-refused': ['retry', 'accept', 'reject', 'close'],
  'source-unusable': ['retry', 'accept', 'reject', 'close'],
  'result-undecidable': ['retry', 'accept', 'reject', 'close'],
  'name-mismatch-suspected': ['retry', 'correct-name', 'accept', 'reject', 'close'],
  'locked-out': ['grant-attempts', 'accept', 'reject', 'close'],
  'in-person': ['accept', 'reject', 'close'],
  'data-key-unavailable': ['retry', 'close'],
  'system-fault': ['retry', 'close'],
};

test.each(stuckCauses)('what can be decided about %s', (cause) => {
  expect(decisionsFor(cause)).toEqual(sensible[cause]);
});

it('every cause can be ended, and has a way on that is not giving up', () => {
  for (const cause of stuckCauses) {
    expect(decisionsFor(cause)).toContain('close');
    expect(decisionsFor(cause).some((one) => !['close', 'reject'].includes(one))).toBe(true);
  }
});

it('what replaces the verdict of a machine, or what a person wrote, needs two clerks', () => {
  expect(fourEyesDecisions).toEqual(['correct-name', 'accept']);
  expect(singleDecisions).toEqual(['retry', 'grant-attempts', 'reject', 'close']);
});

const now = 1_000_000;
const pending: Proposal = {
  id: 'proposal-1',
  decision: 'accept',
  acceptance: 'on-site',
  proposer: 'clerk-a',
  reviewer: 'clerk-b',
  expiresAt: now + 1,
};
const review = (clerk: string, proposal = 'proposal-1'): ClerkRequest => ({
  command: 'review',
  proposal,
  clerk,
  verdict: 'approve',
});

test.each<[string, ClerkRequest, { cause: StuckCause; proposal?: Proposal }, DecisionRejection | undefined]>([
  ['one clerk retries', { command: 'decide', decision: 'retry' }, { cause: 'vendor-refused' }, undefined],
  [
    'no retry of what the person chose',
    { command: 'decide', decision: 'retry' },
    { cause: 'in-person' },
    'not_for_this_cause',
  ],
  [
    'nobody accepts alone',
    { command: 'decide', decision: 'accept' },
    { cause: 'in-person' },
    'needs_second_clerk',
  ],
  [
    'nobody corrects alone',
    { command: 'decide', decision: 'correct-name' },
    { cause: 'name-mismatch-suspected' },
    'needs_second_clerk',
  ],
  [
    'a made-up decision',
    { command: 'decide', decision: 'toString' as Decision },
    { cause: 'in-person' },
    'not_for_this_cause',
  ],
  ['proposing', { command: 'propose', decision: 'accept' }, { cause: 'in-person' }, undefined],
  [
    'proposing what one decides',
    { command: 'propose', decision: 'close' },
    { cause: 'in-person' },
    'not_for_this_cause',
  ],
  [
    'proposing elsewhere',
    { command: 'propose', decision: 'correct-name' },
    { cause: 'in-person' },
    'not_for_this_cause',
  ],
  [
    'proposing twice',
    { command: 'propose', decision: 'accept' },
    { cause: 'in-person', proposal: pending },
    'proposal_pending',
  ],
  [
    'proposing after one has expired',
    { command: 'propose', decision: 'accept' },
    { cause: 'in-person', proposal: { ...pending, expiresAt: now } },
    undefined,
  ],
  ['the picked clerk reviews', review('clerk-b'), { cause: 'in-person', proposal: pending }, undefined],
  ['another reviews', review('clerk-c'), { cause: 'in-person', proposal: pending }, 'not_the_reviewer'],
  ['the proposer reviews', review('clerk-a'), { cause: 'in-person', proposal: pending }, 'not_the_reviewer'],
  [
    'the proposer was picked',
    review('clerk-a'),
    { cause: 'in-person', proposal: { ...pending, reviewer: 'clerk-a' } },
    'not_the_reviewer',
  ],
  ['there is none', review('clerk-b'), { cause: 'in-person' }, 'proposal_unknown'],
  [
    'another proposal',
    review('clerk-b', 'proposal-0'),
    { cause: 'in-person', proposal: pending },
    'proposal_unknown',
  ],
  [
    'too late',
    review('clerk-b'),
    { cause: 'in-person', proposal: { ...pending, expiresAt: now } },
    'proposal_expired',
  ],
  [
    'one clerk ends it while another proposal waits',
    { command: 'decide', decision: 'close' },
    { cause: 'in-person', proposal: pending },
    undefined,
  ],
])('%s', (_, request, at, rejection) => {
  expect(rejectionOfDecision(request, { ...at, now })).toBe(rejection);
});

test.each<[AcceptanceKind | null | undefined, string]>([
  ['on-site', 'proven'],
  ['notarised', 'unproven'],
  [null, 'unproven'],
  [undefined, 'unproven'],
])('after an acceptance by %s the phone is %s', (acceptance, state) => {
  expect(phoneAfter(acceptance)).toBe(state);
});
