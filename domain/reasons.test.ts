import { decisionsFor, rejectionOfDecision, verdicts } from './decisions';
import { isReasonedDecision, isReasonFor, reasonCodes, reasonSentences, reasonsFor } from './reasons';
import { stuckCauses } from './stuck';

it('there is a reason for every decision and verdict, whatever the cause', () => {
  for (const cause of stuckCauses)
    for (const decided of [...decisionsFor(cause), ...verdicts])
      expect([cause, decided, reasonsFor(decided, cause).length > 0]).toEqual([cause, decided, true]);
});

it('no reason is for nothing, and each is said in Chinese and in English', () => {
  const used = stuckCauses.flatMap((cause) =>
    [...decisionsFor(cause), ...verdicts].flatMap((decided) => reasonsFor(decided, cause)),
  );
  for (const code of reasonCodes) {
    expect(used).toContain(code);
    expect(code.length).toBeLessThanOrEqual(24);
    const { zh, en } = reasonSentences(code);
    expect(zh).toMatch(/^\p{Script=Han}.*。$/u);
    expect(en).toMatch(/^[A-Z][^\p{Script=Han}]*\.$/u);
  }
});

it('a reason for something else is refused, and a command from before there were reasons is not', () => {
  const at = { cause: 'system-fault', now: 0 } as const;
  const retry = { command: 'decide', decision: 'retry' } as const;
  expect(rejectionOfDecision({ ...retry, reason: 'fault-repaired' }, at)).toBeUndefined();
  expect(rejectionOfDecision({ ...retry, reason: 'service-restored' }, at)).toBe('reason_unsuitable');
  expect(rejectionOfDecision({ ...retry, reason: 'person-asks' }, at)).toBe('reason_unsuitable');
  expect(rejectionOfDecision(retry, at)).toBeUndefined();
});

it('a verdict has a reason of its own', () => {
  const proposal = {
    ...{ id: 'p', decision: 'accept' as const, proposer: 'one', reviewer: 'two', expiresAt: 1 },
  };
  const review = { command: 'review', proposal: 'p', clerk: 'two', verdict: 'decline' } as const;
  const at = { cause: 'in-person', proposal, now: 0 } as const;
  expect(rejectionOfDecision({ ...review, reason: 'scan-unclear' }, at)).toBeUndefined();
  expect(rejectionOfDecision({ ...review, reason: 'compared-and-agrees' }, at)).toBe('reason_unsuitable');
});

it('what does not belong together is no decision', () => {
  expect(isReasonedDecision({ decision: 'retry', reason: 'fault-repaired' })).toBe(true);
  expect(isReasonedDecision({ decision: 'retry', reason: 'fault-repaired', attempts: 1 })).toBe(false);
  expect(isReasonedDecision({ decision: 'close', reason: 'fault-repaired' })).toBe(false);
  expect(isReasonedDecision({ decision: 'grant-attempts', reason: 'due-today' })).toBe(false);
  expect(isReasonFor('accept', 'rare-character')).toBe(false);
});

it('only its proposer takes a proposal back', () => {
  const proposal = {
    ...{ id: 'p', decision: 'accept' as const, proposer: 'one', reviewer: 'two', expiresAt: 1 },
  };
  const withdraw = (clerk: string, of = 'p') =>
    rejectionOfDecision(
      { command: 'withdraw', proposal: of, clerk },
      { cause: 'in-person', proposal, now: 2 },
    );
  expect([withdraw('one'), withdraw('two'), withdraw('one', 'other')]).toEqual([
    ...[undefined, 'not_the_proposer', 'proposal_unknown'],
  ]);
});
