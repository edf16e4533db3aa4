import { nextRepeat } from '../../miniapp/src/repeats';
import type { Repeats } from '../../miniapp/src/repeats';

const again = (afterSeconds: number, working: number, lost: number) => ({
  afterSeconds,
  repeats: { working, lost },
});

test.each<[string, Parameters<typeof nextRepeat>[0], Repeats, ReturnType<typeof nextRepeat>]>([
  ['200: it is final', { status: 200 }, { working: 0, lost: 0 }, undefined],
  ['202: still working', { status: 202, retryAfterSeconds: 2 }, { working: 0, lost: 0 }, again(2, 1, 0)],
  ['202 for the 16th time: it is final', { status: 202 }, { working: 15, lost: 0 }, undefined],
  ['503 without Retry-After', { status: 503 }, { working: 3, lost: 1 }, again(1, 4, 1)],
  ['409 busy', { status: 409, code: 'busy' }, { working: 0, lost: 0 }, again(1, 1, 0)],
  ['409 stale: it is final', { status: 409, code: 'stale' }, { working: 0, lost: 0 }, undefined],
  ['500: it is final', { status: 500 }, { working: 0, lost: 0 }, undefined],
  ['no response', undefined, { working: 2, lost: 0 }, again(1, 2, 1)],
  ['no response for the third time: enough', undefined, { working: 0, lost: 2 }, undefined],
])('%s', (_, response, repeats, expected) => {
  expect(nextRepeat(response, repeats)).toEqual(expected);
});
