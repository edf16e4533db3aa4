import { termsOfProposal, rejectionOfApproval } from './administrative-acts';

const now = new Date('2026-11-27T00:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

describe('a proposal', () => {
  it.each([
    ['by one of two admins is open for a day', ['a', 'b'], { proposer: 'a', expiresAt: later(24) }],
    [
      'by the only admin takes effect after a day, and is then open for another',
      ['a'],
      { proposer: 'a', effectiveAt: later(24), expiresAt: later(48) },
    ],
    ['by anybody else is none', ['b'], undefined],
  ])('%s', (_, admins, terms) => {
    expect(termsOfProposal('a', admins, now)).toEqual(terms);
  });
});

describe('an approval', () => {
  const shared = { proposer: 'a', expiresAt: later(24), isProposed: true };
  const alone = { proposer: 'a', effectiveAt: later(24), expiresAt: later(48), isProposed: true };
  it.each([
    ['by another admin', shared, 'b', ['a', 'b'], 0, undefined],
    ['in its last moment', shared, 'b', ['a', 'b'], 23.9, undefined],
    ['after its end', shared, 'b', ['a', 'b'], 24, 'not-pending'],
    ['of what was settled', { ...shared, isProposed: false }, 'b', ['a', 'b'], 0, 'not-pending'],
    ['when the proposer is no admin any more', shared, 'b', ['b', 'c'], 0, 'not-pending'],
    ['by an admin who was blocked', shared, 'b', ['a', 'c'], 0, 'needs-another'],
    ['by the proposer, who had a colleague', shared, 'a', ['a', 'b'], 0, 'needs-another'],
    ['by the proposer, whose colleague has gone', shared, 'a', ['a'], 23, 'needs-another'],
    ['by the only admin, too early', alone, 'a', ['a'], 23.9, 'not-yet'],
    ['by the only admin, after a day', alone, 'a', ['a'], 24, undefined],
    ['by the only admin, too late', alone, 'a', ['a'], 48, 'not-pending'],
    ['by the proposer, who has a colleague by now', alone, 'a', ['a', 'b'], 30, 'needs-another'],
    ['by a colleague who came later', alone, 'b', ['a', 'b'], 1, undefined],
  ])('%s', (_, act, approver, activeAdmins, hours, outcome) => {
    const rejection = rejectionOfApproval(act, { approver, activeAdmins }, later(hours));
    expect(rejection?.outcome).toBe(outcome);
    if (rejection?.outcome === 'not-yet') expect(rejection.effectiveAt).toEqual(later(24));
  });
});
