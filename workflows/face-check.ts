import { workflowInfo } from '@temporalio/workflow';
import type { FaceCheckOutcome, FaceStartOutcome } from '../activities/face';
import type { DisplayedText } from '../domain/steps';
import { records, vendor } from './activities';
import type { Inbox, StopDetails } from './inbox';
import { runOrPark, waitForDecision } from './stuck';
import { refuse } from './to-do-requests';
import { BackToToDos, RouteChanged, JourneyEnded } from './exits';

/** After so many failures the person is told about the window, without asking. */
const FAILURES_BEFORE_WINDOW_HINT = 2;

/**
 * 身份核验: until the person passes a face check, or turns back.
 * @param displayed the text that the check is for; without it, this is the check at the beginning of the journey
 * @param codes what the person should know at the first stop
 * @returns the attempt that passed
 * @throws JourneyEnded, BackToToDos, RouteChanged if the person turns back
 */
export async function passFace(
  inbox: Inbox,
  displayed?: DisplayedText,
  codes: readonly string[] = [],
): Promise<string> {
  const journey = workflowInfo().workflowId;
  const stops = displayed
    ? ({ face: 'matter-face', failed: 'matter-face-failed' } as const)
    : ({ face: 'face', failed: 'face-failed' } as const);
  const about = displayed && { toDo: displayed.toDo };
  let stop: (typeof stops)['face' | 'failed'] = stops.face;
  let details: StopDetails = { ...about, codes };
  let failures = 0;
  for (;;) {
    const received = await inbox.waitForCommand(stop, details);
    let result: FaceStartOutcome | FaceCheckOutcome;
    switch (received.command) {
      case 'start-face':
        result = await runOrPark(
          inbox,
          () => vendor.startFace({ journey, command: received.id, about: displayed }),
          about,
        );
        break;
      case 'report-face':
        // Only the check at hand counts. An earlier one, even if it was passed, proves nothing here.
        result =
          received.payload.attempt === details.attempt
            ? await runOrPark(inbox, () => vendor.queryFace({ attempt: received.payload.attempt }), about)
            : { outcome: 'void' };
        break;
      case 'decline':
        await records.refundFaceCheck({ journey });
        throw displayed ? new BackToToDos() : new JourneyEnded();
      case 'ask-in-person':
        await records.refundFaceCheck({ journey });
        throw new RouteChanged();
      case 'refuse':
        await records.refundFaceCheck({ journey });
        throw new BackToToDos([await refuse(received)]);
    }
    if (result.outcome === 'passed') return result.attempt;
    const usedUp = codesIfUsedUp(result);
    if (usedUp) {
      await waitForDecision(inbox, { ...about, cause: 'locked-out', codes: usedUp });
      [stop, details] = [stops.face, { ...about, codes: ['attempts_restored'] }];
    } else if (result.outcome !== 'used-up') [stop, details] = next(result);
  }

  function next(
    result: Exclude<FaceStartOutcome | FaceCheckOutcome, { outcome: 'passed' | 'used-up' }>,
  ): [typeof stop, StopDetails] {
    switch (result.outcome) {
      case 'started':
        return [stops.face, { ...about, attempt: result.attempt }];
      case 'unfinished':
        return [stops.face, { ...about, attempt: result.attempt, codes: ['face_check_unfinished'] }];
      case 'void':
        return [stops.face, { ...about, codes: ['face_check_void'] }];
      case 'signed-out':
        return [stops.failed, { ...about, codes: ['sign_in_again'] }];
      case 'failed':
        failures += 1;
        return [
          stops.failed,
          {
            ...about,
            codes: [...result.codes, ...(failures >= FAILURES_BEFORE_WINDOW_HINT ? ['window_is_open'] : [])],
          },
        ];
    }
  }
}

/** What a person who has no attempt left should know: why the last check failed, and that it was the last one. */
function codesIfUsedUp(result: FaceStartOutcome | FaceCheckOutcome): readonly string[] | undefined {
  if (result.outcome === 'used-up') return [result.code];
  return result.outcome === 'failed' && result.usedUp ? [...result.codes, result.usedUp] : undefined;
}
