import { expect, test } from 'vitest';
import type { WorklistEntry } from '../client';
import { readActionFilters, readWorklistFilters } from '../filters';
import { stepAfter } from '../sign-in/steps';
import { formatAge } from '../texts';
import { zhCN } from '../texts/zh-CN';
import { nextOf } from './worklist-rows';

const entry = (journey: string): WorklistEntry => ({
  ...{ journey, cause: 'in-person', since: '2026-11-28T00:00:00.000Z' },
  ...{ authority: '110105', documentType: 'resident-id' },
});

test('the next case is the one below, or else the one that has waited longest', () => {
  const entries = ['a', 'b', 'c'].map(entry);
  const after = (journey: string) => nextOf(entries, journey)?.journey;
  expect([after('a'), after('c'), after('gone')]).toEqual(['b', 'a', 'a']);
  expect(nextOf([entry('a')], 'a')).toBeUndefined();
});

test('an address with values that can’t be is read without them', () => {
  expect(readWorklistFilters({ cause: 'in-person', mine: 'true', caseNumber: 26112812345678 })).toEqual({
    cause: 'in-person',
    mine: true,
    caseNumber: '26112812345678',
  });
  expect(readWorklistFilters({ cause: 'toString', mine: 'no', caseNumber: ['1'] })).toEqual({});
  expect(readActionFilters({ clerk: 1, subject: {} })).toEqual({ clerk: '1' });
});

test.each([
  [59_000, '0 分钟'],
  [59 * 60_000, '59 分钟'],
  [47 * 3_600_000, '47 小时'],
  [49 * 3_600_000, '2 天'],
  [-5, '0 分钟'],
])('%i ms are %s', (milliseconds, text) => {
  expect(formatAge(milliseconds, zhCN)).toBe(text);
});

test('signing in ends where the api says that nothing is left', () => {
  const session = {
    ...{ csrfToken: '', expiresAt: '', secondFactors: [], mustChangePassword: false },
    clerk: { id: '', login: '', name: '', role: 'clerk' as const, scope: [] },
  };
  expect([
    stepAfter(undefined),
    stepAfter({ ...session, mustChangePassword: true }),
    stepAfter({ ...session, secondFactors: [] }),
    stepAfter({ ...session, mustChangePassword: true, secondFactors: ['totp'] }),
    stepAfter({ ...session, secondFactors: ['totp'], secondFactorAt: '2026-03-01T04:00:00.000Z' }),
  ]).toEqual(['password', 'change-password', 'enrol', 'second-factor', 'done']);
});
