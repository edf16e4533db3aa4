import { uuid4, workflowInfo } from '@temporalio/workflow';
import { records } from './activities';
import type { Desk, Notice } from './desk';
import { untilDecided } from './stuck';
import { Accepted, OtherRoute, Over } from './turns';

/**
 * Online, or 「不刷脸，到窗口办理」: the person may change between the two until one of them has proven it. The law forbids a face
 * check as the only way (人脸识别技术应用安全管理办法 art. 10).
 * @param ways `online` the checks by machine; `accepted` what follows when two clerks have accepted what they saw in their place
 * @param about the to-do at hand, if it is about one, and the way to begin with
 */
export async function byEitherRoute(
  desk: Desk,
  ways: { online: () => Promise<void>; accepted: (by: Accepted) => Promise<void> },
  { first = 'online', ...about }: Pick<Notice, 'toDo'> & { first?: 'online' | 'window' } = {},
): Promise<void> {
  let isAtWindow = first === 'window';
  let accepted: Accepted | undefined;
  let codes: readonly string[] = [];
  for (;;) {
    try {
      if (isAtWindow && !accepted) {
        if (about.toDo === undefined) await askInPerson();
        await untilDecided(desk, { ...about, cause: 'in-person', codes });
      } else {
        await (accepted ? ways.accepted(accepted) : ways.online());
        return;
      }
    } catch (turn) {
      if (turn instanceof Accepted) accepted = turn;
      else if (turn instanceof OtherRoute) {
        [isAtWindow, accepted, codes] = [!isAtWindow, undefined, turn.codes];
      } else throw turn;
    }
  }
}

/** Before the to-dos nobody knows who asks: an account may ask so often in a day and no more. */
async function askInPerson(): Promise<void> {
  const journey = workflowInfo().workflowId;
  const { refused } = await records.askInPerson({ journey, command: uuid4() });
  if (refused) throw new Over([refused]);
}
