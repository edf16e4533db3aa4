import { condition, continueAsNew, defineSignal, setHandler } from '@temporalio/workflow';
import { isCancellation, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { MatterState } from '../domain/matter-states';
import { callbacks, notifications, records } from './activities';
import { reevaluate } from './contract';
import { describeMatter } from './descriptions';

/**
 * 业务: one version of one registration application, from the push to its outcome. What happened stands in the database; the
 * workflow looks there when it is told to and when time changes something, and tells the registration system until
 * everything is acknowledged. It tells persons too, as long as that makes sense.
 */
export async function matter(): Promise<MatterState | 'unknown'> {
  const { workflowId } = workflowInfo();
  let requests = 1;
  setHandler(defineSignal(reevaluate), () => {
    requests += 1;
  });

  // Apart from the main line: who is not to be reached must not keep a matter from expiring.
  const startNotifier = (tell: (waiting: string) => Promise<unknown>) => {
    const notifier: { waiting?: string; over: boolean } = { over: false };
    const ended = (async () => {
      for (;;) {
        await condition(() => notifier.waiting !== undefined || notifier.over);
        if (notifier.waiting === undefined) return;
        await tell(notifier.waiting);
        notifier.waiting = undefined;
        requests += 1;
      }
    })();
    return Object.assign(notifier, { ended });
  };
  const registry = startNotifier((id) => callbacks.deliver({ matter: id }));
  const person = startNotifier((message) => notifyPerson(workflowId, message));

  for (;;) {
    const handled = requests;
    const status = await records.reevaluateMatter({ matter: workflowId });
    if (!status) return 'unknown';
    setCurrentDetails(describeMatter(status));
    registry.waiting = status.deliveriesWaiting ? workflowId : undefined;
    person.waiting = status.notificationWaiting;
    const isTold = registry.waiting === undefined && person.waiting === undefined;
    const isOver = status.wakeAt === null && !status.held && isTold;
    if (isOver && requests === handled) {
      [registry.over, person.over] = [true, true];
      await registry.ended;
      await person.ended;
      return status.state;
    }
    if (workflowInfo().continueAsNewSuggested) {
      // The next run begins with a look, so no signal is lost, and has the registration system told anew. A message would come twice.
      await condition(() => person.waiting === undefined);
      await continueAsNew<typeof matter>();
    }
    const left = status.wakeAt === null ? undefined : new Date(status.wakeAt).getTime() - Date.now();
    if (left === undefined) await condition(() => requests !== handled);
    else await condition(() => requests !== handled, Math.max(1, left));
  }
}

/** A person has agreed to messages or not, and Alipay is there or not: whichever, nothing depends on it. */
async function notifyPerson(matter: string, message: string): Promise<void> {
  try {
    await notifications.notifyPerson({ matter, message });
  } catch (error) {
    if (isCancellation(error)) throw error;
    await records.abandonNotification({ matter, message });
  }
}
