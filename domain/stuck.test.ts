import { causeOfFailure, healsAfterMs, stuckCauses } from './stuck';

const MINUTE = 60_000;
// 21:00 in China.
const evening = Date.parse('2026-11-24T13:00:00Z');

it('what needs time only is tried again, less and less often, and nothing else', () => {
  const minutes = [0, 1, 2, 3, 4, 5, 99].map(
    (tries) => (healsAfterMs('vendor-unavailable', tries, evening) ?? 0) / MINUTE,
  );
  expect(minutes).toEqual([1, 2, 5, 10, 30, 30, 30]);
  const waiting = stuckCauses.filter((cause) =>
    [0, 99].every((tries) => healsAfterMs(cause, tries, evening) === undefined),
  );
  expect(waiting).toEqual(
    stuckCauses.filter((cause) => !['vendor-unavailable', 'locked-out'].includes(cause)),
  );
});

it('a person who is locked out may go on when the day in China has ended', () => {
  expect(healsAfterMs('locked-out', 0, evening)).toBe(3 * 60 * MINUTE);
});

test.each([
  ['alipay_timeout', 'vendor-unavailable'],
  ['alipay_refused', 'vendor-refused'],
  ['source_unusable', 'source-unusable'],
  ['result_undecidable', 'result-undecidable'],
  ['name_mismatch_suspected', 'name-mismatch-suspected'],
  ['wrapping_key_unknown', 'data-key-unavailable'],
  ['sealed_value_unreadable', 'data-key-unavailable'],
  ['internal', 'system-fault'],
  ['toString', 'system-fault'],
  [undefined, 'system-fault'],
  [null, 'system-fault'],
])('a failure %s means %s', (code, cause) => {
  expect(causeOfFailure(code)).toBe(cause);
});
