import {
  condition,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';

interface Nothing {
  nothing(): Promise<void>;
}

const local = proxyLocalActivities<Nothing>({ startToCloseTimeout: '2s' });
const remote = proxyActivities<Nothing>({ startToCloseTimeout: '10s' });

/**
 * What the journey is measured against: as many Updates, each with a local activity, some with a remote one before it, and
 * none of them does anything.
 */
export async function bare(updates: number): Promise<void> {
  let done = 0;
  setHandler(defineUpdate<number, [boolean]>('step'), async (isVendor) => {
    if (isVendor) await remote.nothing();
    await local.nothing();
    done += 1;
    return done;
  });
  await condition(() => done >= updates);
}
