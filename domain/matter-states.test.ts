import { EXPIRES_AFTER_MS, LISTING_PERIOD_MS, REMINDER_AFTER_MS } from './limits';
import {
  confirmationStateAfter,
  confirmationStates,
  deadlinesOf,
  isConfirmedByAll,
  isOwnDoing,
  matterEventOf,
  matterEvents,
  matterStateAfter,
  matterStates,
  reminderDueAt,
} from './matter-states';
import type { ConfirmationState, MatterState } from './matter-states';

it.each<[ConfirmationState[], boolean]>([
  [['confirmed'], true],
  [['confirmed', 'carried'], true],
  ...confirmationStates
    .filter((state) => state !== 'confirmed' && state !== 'carried')
    .map((state): [ConfirmationState[], boolean] => [['confirmed', state], false]),
])('%j: confirmed by all is %s', (confirmations, isConfirmed) => {
  expect(isConfirmedByAll(confirmations)).toBe(isConfirmed);
});

it.each<[MatterState, ConfirmationState[], string, MatterState]>([
  ['open', ['pending'], '', 'open'],
  ['open', ['confirmed', 'pending'], '', 'open'],
  ['open', ['confirmed', 'carried'], '', 'confirmed'],
  ['open', ['confirmed'], 'held', 'open'],
  ['open', ['confirmed'], 'over', 'confirmed'],
  ['open', ['confirmed'], 'held over', 'open'],
  ['open', ['confirmed', 'pending'], 'over', 'expired'],
  ['open', ['confirmed', 'refused'], '', 'refused'],
  ['open', ['pending', 'refused'], 'over', 'refused'],
  ['open', ['confirmed', 'refused'], 'held', 'refused'],
  ['confirmed', ['confirmed'], '', 'confirmed'],
  ['confirmed', ['confirmed', 'refused'], '', 'frozen'],
  ['confirmed', ['confirmed'], 'over', 'confirmed'],
  ['frozen', ['confirmed', 'refused'], '', 'frozen'],
  ['refused', ['confirmed'], '', 'refused'],
  ['expired', ['confirmed'], '', 'expired'],
  ['expired', ['refused'], '', 'expired'],
  ['withdrawn', ['confirmed'], '', 'withdrawn'],
  ['superseded', ['refused'], '', 'superseded'],
])('%s with %j %s is %s', (state, confirmations, words, after) => {
  const now = { isHeld: words.includes('held'), isOver: words.includes('over') };
  expect(matterStateAfter(state, confirmations, now)).toBe(after);
});

it('only what expires makes its pending confirmations expire', () => {
  expect(matterStates.map((state) => [state, confirmationStateAfter(state)])).toEqual([
    ...['open', 'confirmed', 'refused', 'frozen'].map((state) => [state, 'void']),
    ['expired', 'expired'],
    ...['withdrawn', 'superseded'].map((state) => [state, 'void']),
  ]);
});

it('there is an event for every end of a matter; the registration system is called about what it has not brought about itself', () => {
  expect(matterStates.map(matterEventOf)).toEqual([
    ...[undefined, 'matter.confirmed', 'matter.refused', 'matter.frozen', 'matter.expired'],
    ...['matter.withdrawn', 'matter.superseded'],
  ]);
  expect(matterEvents.filter(isOwnDoing)).toEqual(['matter.withdrawn', 'matter.superseded']);
});

it('lost time moves the end of the listing and the expiry, and not the reminder', () => {
  const pushedAt = new Date('2026-11-27T00:00:00Z');
  const since = (at: Date) => at.getTime() - pushedAt.getTime();
  const daysOf = (lostMs: number) => Object.values(deadlinesOf(pushedAt, lostMs)).map(since);
  expect(daysOf(0)).toEqual([LISTING_PERIOD_MS, EXPIRES_AFTER_MS]);
  expect(daysOf(5_000)).toEqual([LISTING_PERIOD_MS + 5_000, EXPIRES_AFTER_MS + 5_000]);
  expect(since(reminderDueAt(pushedAt))).toBe(REMINDER_AFTER_MS);
});
