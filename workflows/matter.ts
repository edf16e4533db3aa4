import { CancellationScope, condition, continueAsNew, defineSignal, setHandler } from '@temporalio/workflow';
import { isCancellation, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { MatterState } from '../domain/matter-states';
import { callbacks, evidence, notifications, records } from './activities';
import { reevaluate, replay } from './contract';
import { describeMatter } from './descriptions';

/** The clock of the database's readers may be behind that of Temporal. Until it has caught up, time has changed nothing. */
const SHORTEST_WAIT_MS = 1000;

/**
 * 业务: one version of one registration application, from the push to its outcome. What happened is in the database. The workflow
 * reevaluates it when it gets a signal, and when time changes something. It delivers to the registration system until everything
 * is acknowledged, notifies persons as long as that makes sense, and seals the evidence of what was confirmed.
 */
export async function matter(): Promise<MatterState | 'unknown'> {
  const { workflowId } = workflowInfo();
  let changes = 1;
  let signals = 0;
  /** How many signals there were when time stamps were last asked for. */
  let stampedAt: number | undefined;
  setHandler(defineSignal(reevaluate), () => {
    changes += 1;
    signals += 1;
  });

  // A notifier runs beside the main line, so that a matter expires even while nobody can be reached.
  const startNotifier = (notify: (waiting: string) => Promise<unknown>) => {
    const notifier: { waiting?: string; isFinished: boolean } = { isFinished: false };
    const ended = (async () => {
      for (;;) {
        await condition(() => notifier.waiting !== undefined || notifier.isFinished);
        if (notifier.waiting === undefined) return;
        await notify(notifier.waiting);
        notifier.waiting = undefined;
        changes += 1;
      }
    })();
    return Object.assign(notifier, { ended });
  };
  let delivering: CancellationScope | undefined;
  setHandler(defineSignal(replay), () => {
    changes += 1;
    delivering?.cancel();
  });
  const registry = startNotifier(async (id) => {
    const scope = (delivering = new CancellationScope());
    try {
      await scope.run(() => callbacks.deliver({ matter: id }));
    } catch (error) {
      // A replay ends the pause between two tries. What waits is delivered anew after the next reevaluation.
      if (!isCancellation(error) || CancellationScope.current().consideredCancelled) throw error;
    } finally {
      delivering = undefined;
    }
  });
  const person = startNotifier((message) => notifyPerson(workflowId, message));
  const sealing = startNotifier((matter) => {
    stampedAt = signals;
    return evidence.sealEvidence({ matter });
  });

  for (;;) {
    const known = changes;
    const status = await records.reevaluateMatter({ matter: workflowId });
    if (!status) return 'unknown';
    setCurrentDetails(describeMatter(status));
    registry.waiting = status.deliveriesWaiting ? workflowId : undefined;
    person.waiting = status.notificationWaiting;
    // Time stamps that the authority did not give are tried again at the next signal: the sweep sends it.
    const isToSeal =
      status.evidence === 'unsealed' || (status.evidence === 'unstamped' && stampedAt !== signals);
    sealing.waiting = isToSeal ? workflowId : undefined;
    const notifiers = [registry, person, sealing];
    const isAllDone = notifiers.every(({ waiting }) => waiting === undefined);
    const isFinished = status.wakeAt === null && !status.held && isAllDone;
    if (isFinished && changes === known) {
      for (const notifier of notifiers) {
        notifier.isFinished = true;
        await notifier.ended;
      }
      return status.state;
    }
    if (workflowInfo().continueAsNewSuggested) {
      // The next run reevaluates first, so it misses no signal. It may repeat a delivery, but it must not repeat a message.
      await condition(() => person.waiting === undefined);
      await continueAsNew<typeof matter>();
    }
    const left = status.wakeAt === null ? undefined : new Date(status.wakeAt).getTime() - Date.now();
    if (left === undefined) await condition(() => changes !== known);
    else await condition(() => changes !== known, Math.max(SHORTEST_WAIT_MS, left));
  }
}

/** The person may have agreed to no messages, and Alipay may be away. Nothing else depends on the message. */
async function notifyPerson(matter: string, message: string): Promise<void> {
  try {
    await notifications.notifyPerson({ matter, message });
  } catch (error) {
    if (isCancellation(error)) throw error;
    await records.abandonNotification({ matter, message });
  }
}
