import { expect, test } from 'vitest';
import { readActionFilters } from '../../filters';
import { stepAfter } from '../../sign-in/steps';
import { formatAge } from '../../texts';
import { zhCN } from '../../texts/zh-CN';
import { readColumns } from './columns';
import { filterForApi, filtersOfView, isShown, readWorklistFilters } from './filters';

test('an address with values that can’t be is read without them', () => {
  expect(
    readWorklistFilters({
      ...{ cause: 'in-person', mine: 'true', caseNumber: 26112812345678, authority: 110105, due: 'overdue' },
      ...{ assigned: 'reviewers', waitingHours: 4, snoozed: true, columns: 'due,claim,nothing' },
    }),
  ).toEqual({
    ...{ cause: 'in-person', mine: true, caseNumber: '26112812345678', authority: '110105', due: 'overdue' },
    ...{ assigned: 'reviewers', waitingHours: '4', snoozed: true, columns: 'cause,due,claim' },
  });
  expect(
    readWorklistFilters({
      ...{ cause: 'toString', mine: 'no', caseNumber: ['1'], authority: '1', due: 'late', assigned: 'you' },
      ...{ waitingHours: '0', snoozed: 'no', columns: '' },
    }),
  ).toEqual({});
  expect(readActionFilters({ clerk: 1, subject: {} })).toEqual({ clerk: '1' });
});

test('the column that opens a row is always there, and columns keep their order', () => {
  expect(readColumns('claim,since')).toEqual(['cause', 'since', 'claim']);
  expect(readColumns('nothing')).toBeUndefined();
});

test('a saved view gives the address from which it was saved', () => {
  const filters = readWorklistFilters({ due: 'overdue', mine: true, waitingHours: 24, columns: 'cause,due' });
  const view = { filter: filterForApi(filters), columns: readColumns('cause,due')! };
  expect(filtersOfView(view)).toEqual(filters);
  expect(isShown(view, filters)).toBe(true);
  expect(isShown(view, { ...filters, caseNumber: '1' })).toBe(false);
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
    ...{ csrfToken: '', expiresAt: '' },
    clerk: { id: '', login: '', name: '', role: 'clerk' as const, scope: [] },
  };
  expect([
    stepAfter(undefined),
    stepAfter({ ...session, mustChangePassword: true }),
    stepAfter({ ...session, mustChangePassword: false }),
  ]).toEqual(['password', 'change-password', 'done']);
});
