import { retried } from './retried';

it('tries again until the work succeeds, and then no more', async () => {
  const reasons: unknown[] = [];
  let tries = 0;
  await new Promise<void>((done) => {
    retried(
      async () => {
        tries += 1;
        if (tries < 3) throw new Error(`try ${tries}`);
        done();
      },
      { everyMs: 1, failed: (error) => reasons.push((error as Error).message) },
    );
  });
  expect([tries, reasons]).toEqual([3, ['try 1', 'try 2']]);
});

it('stops while it waits for the next try', async () => {
  let failed = () => {};
  const failing = new Promise<void>((resolve) => (failed = resolve));
  const work = retried(() => Promise.reject(new Error('away')), { everyMs: 3_600_000, failed });
  await failing;
  await work.stop();
});
