import { condition, continueAsNew, defineSignal, setHandler } from '@temporalio/workflow';
import { isCancellation, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { MatterState } from '../domain/matter-states';
import { callbacks, messages, records } from './activities';
import { lookAgain } from './contract';
import { describeMatter } from './descriptions';

/**
 * 业务: one version of one registration application, from the push to its outcome. What happened stands in the database; the
 * workflow looks there when it is told to and when time changes something, and tells the registration system until
 * everything is acknowledged. It tells persons too, as long as that makes sense.
 */
export async function matter(): Promise<MatterState | 'unknown'> {
  const { workflowId } = workflowInfo();
  let looks = 1;
  setHandler(defineSignal(lookAgain), () => {
    looks += 1;
  });

  // Apart from the main line: who is not to be reached must not keep a matter from expiring.
  const teller = (tell: (waiting: string) => Promise<unknown>) => {
    const errand: { waiting?: string; over: boolean } = { over: false };
    const ended = (async () => {
      for (;;) {
        await condition(() => errand.waiting !== undefined || errand.over);
        if (errand.waiting === undefined) return;
        await tell(errand.waiting);
        errand.waiting = undefined;
        looks += 1;
      }
    })();
    return Object.assign(errand, { ended });
  };
  const registry = teller((id) => callbacks.deliver({ matter: id }));
  const person = teller((message) => tellPerson(workflowId, message));

  for (;;) {
    const seen = looks;
    const standing = await records.review({ matter: workflowId });
    if (!standing) return 'unknown';
    setCurrentDetails(describeMatter(standing));
    registry.waiting = standing.deliveriesWaiting ? workflowId : undefined;
    person.waiting = standing.messageWaiting;
    const isTold = registry.waiting === undefined && person.waiting === undefined;
    const isOver = standing.wakeAt === null && !standing.held && isTold;
    if (isOver && looks === seen) {
      [registry.over, person.over] = [true, true];
      await registry.ended;
      await person.ended;
      return standing.state;
    }
    if (workflowInfo().continueAsNewSuggested) {
      // The next run begins with a look, so no signal is lost, and has the registration system told anew. A message would come twice.
      await condition(() => person.waiting === undefined);
      await continueAsNew<typeof matter>();
    }
    const left = standing.wakeAt === null ? undefined : new Date(standing.wakeAt).getTime() - Date.now();
    if (left === undefined) await condition(() => looks !== seen);
    else await condition(() => looks !== seen, Math.max(1, left));
  }
}

/** A person has agreed to messages or not, and Alipay is there or not: whichever, nothing depends on it. */
async function tellPerson(matter: string, message: string): Promise<void> {
  try {
    await messages.tellPerson({ matter, message });
  } catch (error) {
    if (isCancellation(error)) throw error;
    await records.giveUpMessage({ matter, message });
  }
}
