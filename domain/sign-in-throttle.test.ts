import { loginThrottle, pauseMs, networkThrottle, msToNextStep, REFUSAL_STEP_MS } from './sign-in-throttle';
import type { SignInThrottle } from './sign-in-throttle';

const DAY = 24 * 3_600_000;

test.each([
  ['one network', networkThrottle, [0, 4, 5, 6, 11, 12, 99], [0, 0, 30, 60, 1_920, 3_600, 3_600]],
  ['all devices', loginThrottle, [0, 19, 20, 21, 28, 29, 99], [0, 0, 1, 2, 256, 300, 300]],
])('%s waits longer after each wrong password, up to a bound', (_, pace, failures, seconds) => {
  expect(failures.map((count) => pauseMs(count, pace) / 1000)).toEqual(seconds);
});

function triesInADay(pace: SignInThrottle): number {
  let tries = 0;
  for (let at = 0; at < DAY && tries < 1_000; at += pauseMs(tries, pace)) tries += 1;
  return tries;
}

test('in the first day one network has 34 tries, all devices together 315', () => {
  expect([triesInADay(networkThrottle), triesInADay(loginThrottle)]).toEqual([34, 315]);
});

test('a refusal is answered at whole steps of time', () => {
  for (const tookMs of [0, 1, 90.5, REFUSAL_STEP_MS - 1, REFUSAL_STEP_MS, 3 * REFUSAL_STEP_MS + 17]) {
    const wait = msToNextStep(tookMs);
    expect([tookMs, wait > 0 && wait <= REFUSAL_STEP_MS, (tookMs + wait) % REFUSAL_STEP_MS]).toEqual([
      tookMs,
      true,
      0,
    ]);
  }
});
