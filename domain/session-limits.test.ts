import { endOfSession, sessionStatusOf } from './session-limits';

const limits = { slidingMinutes: 30, limitHours: 12 };
const opened = new Date('2026-03-01T00:00:00Z');
const after = (minutes: number) => new Date(opened.getTime() + minutes * 60_000);

it.each([
  ['used a moment ago', 0, 0, { isOver: false, isUseToBeNoted: false }],
  ['used within the last minute', 10, 10.9, { isOver: false, isUseToBeNoted: false }],
  ['used just a minute ago', 10, 11, { isOver: false, isUseToBeNoted: false }],
  ['used some minutes ago', 10, 12, { isOver: false, isUseToBeNoted: true }],
  // A verified state is good for thirty minutes of inactivity, no longer.
  ['unused for just thirty minutes', 10, 40, { isOver: false, isUseToBeNoted: true }],
  ['unused for longer', 10, 40.1, { isOver: true }],
  ['in use for twelve hours', 719, 720, { isOver: true }],
])('a session %s', (_, usedAt, now, standing) => {
  const session = { usedAt: after(usedAt), endsAt: endOfSession(limits, opened) };
  expect(sessionStatusOf(session, limits, after(now))).toMatchObject(standing);
});
