import { mayTakeOver } from './handovers';

const limits = { slidingMinutes: 30, limitHours: 12 };
const now = new Date('2026-03-01T10:00:00Z');
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const offered = { account: 'one', usedAt: inMinutes(-1), endsAt: inMinutes(60), codeEndsAt: inMinutes(2) };

it.each([
  ['with the same account', {}, 'one', true],
  ['with another account', {}, 'another', false],
  ['in the last moment of the code', { codeEndsAt: inMinutes(0.001) }, 'one', true],
  ['when the code has ended', { codeEndsAt: now }, 'one', false],
  ['when the session is unused for too long', { usedAt: inMinutes(-31) }, 'one', false],
  ['when the session has come to its end', { endsAt: now }, 'one', false],
])('%s', (_, changes, account, expected) => {
  expect(mayTakeOver({ ...offered, ...changes }, { account }, limits, now)).toBe(expected);
});
