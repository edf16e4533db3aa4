import { stuckCauses } from './stuck';
import { dueStateOf, hoursOf, PERSONS_TURN, placeOf, priorities, PUT_OFF, spansOf } from './worklist';
import type { WaitingFacts } from './worklist';

const HOUR = 3_600_000;
const stuckAt = new Date('2026-11-28T00:00:00Z');
const at = (hours: number) => new Date(stuckAt.getTime() + hours * HOUR);
const facts = (more: Partial<WaitingFacts> = {}): WaitingFacts => ({
  ...{ cause: 'vendor-refused', stuckAt, calledAt: null, proposedAt: null, snoozedUntil: null },
  ...more,
});

test.each([
  ['in-person', 4, null, 1, 1],
  ['locked-out', 4, null, 2, 4],
  ['vendor-unavailable', 3, 24, 3, 24],
  ['vendor-refused', 2, 4, 2, 4],
  ['system-fault', 1, 1, 1, 1],
] as const)(
  'the time limit of %s runs while clerks have the next step',
  (cause, priority, hours, priorityCalled, hoursCalled) => {
    expect(placeOf(facts({ cause }))).toEqual({
      ...{ priority, since: stuckAt },
      dueAt: hours === null ? null : at(hours),
    });
    const { priority: called, dueAt } = placeOf(facts({ cause, calledAt: at(2) }));
    const begins = hours === null ? 2 : 0;
    expect([called, dueAt]).toEqual([priorityCalled, at(begins + hoursCalled)]);
  },
);

test('a proposal begins the time of the reviewer', () => {
  expect(placeOf(facts({ cause: 'in-person', proposedAt: at(5) }))).toEqual({
    ...{ priority: 1, since: at(5), dueAt: at(6) },
  });
});

test('what is put off has its place by when it comes back, and its time limit runs on', () => {
  expect(placeOf(facts({ snoozedUntil: at(9) }))).toEqual({ priority: PUT_OFF, since: at(9), dueAt: at(4) });
});

test('a time limit is over at its end', () => {
  expect([at(3.9), at(4), at(5)].map((now) => dueStateOf({ dueAt: at(4) }, now))).toEqual([
    ...['running', 'overdue', 'overdue'],
  ]);
  expect(dueStateOf({ dueAt: null }, at(99))).toBe('paused');
});

test('the spans of the list find the journeys that they say, and no others', () => {
  const now = at(30);
  for (const cause of stuckCauses)
    for (const age of [0, 0.5, 1, 2, 4, 20, 24, 29])
      for (const calledAt of [null, at(30 - age)])
        for (const due of [undefined, 'overdue', 'running', 'paused'] as const)
          for (const waitingSince of [undefined, at(28), at(10)]) {
            const place = placeOf(facts({ cause, stuckAt: at(30 - age), calledAt }));
            const isIn = spansOf({ due, waitingSince }, now).some(
              ({ priority, after, until }) =>
                priority === place.priority &&
                (!after || place.since > after) &&
                (!until || place.since <= until),
            );
            const fits =
              (due === undefined || dueStateOf(place, now) === due) &&
              (waitingSince === undefined || place.since <= waitingSince);
            expect([cause, age, calledAt, due, waitingSince, isIn]).toEqual([
              ...[cause, age, calledAt, due, waitingSince, fits],
            ]);
          }
});

test('what is put off stands in a list of its own until its time has come', () => {
  expect(spansOf({ snoozed: true }, at(1))).toEqual([{ priority: PUT_OFF, after: at(1) }]);
  expect(spansOf({}, at(1))[0]).toEqual({ priority: PUT_OFF, until: at(1) });
});

test('a lower number is more urgent, and has less time', () => {
  expect(priorities).toEqual([PUT_OFF, 1, 2, 3, PERSONS_TURN]);
  expect(hoursOf[1] < hoursOf[2] && hoursOf[2] < hoursOf[3]).toBe(true);
});
