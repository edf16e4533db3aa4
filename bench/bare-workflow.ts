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
 * The workflow that the journey is compared with. It handles the same number of Updates. Each Update runs a local activity, and some run
 * a remote activity first. The activities do nothing.
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
