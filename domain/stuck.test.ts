import { healsAfterMs } from './stuck';

it('what needs time only is tried again, less and less often, and nothing else', () => {
  const minutes = [0, 1, 2, 3, 4, 5, 99].map(
    (tries) => (healsAfterMs('vendor-unavailable', tries) ?? 0) / 60_000,
  );
  expect(minutes).toEqual([1, 2, 5, 10, 30, 30, 30]);
  expect(healsAfterMs('vendor-refused', 0)).toBeUndefined();
  expect(healsAfterMs('system-fault', 0)).toBeUndefined();
});
