import { uuid4, workflowInfo } from '@temporalio/workflow';
import { records } from './activities';
import type { Inbox, StopDetails } from './inbox';
import { waitForDecision } from './stuck';
import { AcceptedByClerks, RouteChanged, JourneyEnded } from './exits';

/**
 * Online, or 「不刷脸，到窗口办理」: the person may change between the two routes until one of them is complete. The law forbids
 * a face check as the only way (人脸识别技术应用安全管理办法 art. 10).
 * @param routes `online` does the machine's checks; `accepted` follows once two clerks have accepted other evidence in their place
 * @param about the to-do at hand, if there is one, and the route to begin with
 */
export async function withInPersonFallback(
  inbox: Inbox,
  routes: { online: () => Promise<void>; accepted: (by: AcceptedByClerks) => Promise<void> },
  { first = 'online', ...about }: Pick<StopDetails, 'toDo'> & { first?: 'online' | 'window' } = {},
): Promise<void> {
  let isAtWindow = first === 'window';
  let accepted: AcceptedByClerks | undefined;
  let codes: readonly string[] = [];
  for (;;) {
    try {
      if (isAtWindow && !accepted) {
        if (about.toDo === undefined) await askInPerson();
        await waitForDecision(inbox, { ...about, cause: 'in-person', codes });
      } else {
        await (accepted ? routes.accepted(accepted) : routes.online());
        return;
      }
    } catch (exit) {
      if (exit instanceof AcceptedByClerks) accepted = exit;
      else if (exit instanceof RouteChanged) {
        [isAtWindow, accepted, codes] = [!isAtWindow, undefined, exit.codes];
      } else throw exit;
    }
  }
}

/** Before the to-dos nobody knows who is asking, so each account may ask only so often a day. @throws JourneyEnded */
async function askInPerson(): Promise<void> {
  const journey = workflowInfo().workflowId;
  const { rejected } = await records.askInPerson({ journey, command: uuid4() });
  if (rejected) throw new JourneyEnded([rejected]);
}
