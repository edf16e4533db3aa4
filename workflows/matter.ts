import { allHandlersFinished, condition, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';
import { setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { MatterState } from '../domain/matter-states';
import { callbacks, records } from './activities';
import { lookAgain, withdrawal } from './contract';
import { describeMatter } from './descriptions';

/**
 * 业务: one version of one registration application, from the push to its outcome. What happened stands in the database; the
 * workflow looks there when it is told to and when time changes something, and tells the registration system until
 * everything is acknowledged.
 */
export async function matter(): Promise<MatterState | 'unknown'> {
  const { workflowId } = workflowInfo();
  let looks = 1;
  setHandler(defineSignal(lookAgain), () => {
    looks += 1;
  });
  setHandler(defineUpdate<MatterState | undefined>(withdrawal), async () => {
    const state = await records.withdraw({ matter: workflowId });
    looks += 1;
    return state;
  });

  const callback = { waiting: false, over: false };
  // Apart from the main line: a registration system that is down must not keep a matter from expiring.
  const telling = (async () => {
    for (;;) {
      await condition(() => callback.waiting || callback.over);
      if (!callback.waiting) return;
      await callbacks.deliver({ matter: workflowId });
      callback.waiting = false;
      looks += 1;
    }
  })();

  for (;;) {
    const seen = looks;
    const standing = await records.review({ matter: workflowId });
    if (!standing) return 'unknown';
    setCurrentDetails(describeMatter(standing));
    callback.waiting = standing.deliveriesWaiting;
    const isOver = standing.wakeAt === null && !standing.held && !standing.deliveriesWaiting;
    if (isOver && looks === seen) {
      await condition(allHandlersFinished);
      // Nothing was said between looking and here.
      if (looks === seen) {
        callback.over = true;
        await telling;
        return standing.state;
      }
    }
    const left = standing.wakeAt === null ? undefined : new Date(standing.wakeAt).getTime() - Date.now();
    if (left === undefined) await condition(() => looks !== seen);
    else await condition(() => looks !== seen, Math.max(1, left));
  }
}
