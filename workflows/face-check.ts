import { workflowInfo } from '@temporalio/workflow';
import type { FaceCheckOutcome, FaceStartOutcome } from '../activities/face';
import type { DisplayedText } from '../domain/steps';
import { records, vendor } from './activities';
import type { Inbox, StopDetails } from './inbox';
import { refuse } from './refusal';
import { runOrPark, waitForDecision } from './stuck';
import { BackToToDos, RouteChanged, JourneyEnded } from './exits';

/** From so many failures on, the way without a face is pointed out, unasked. */
const POINTED_OUT_AFTER = 2;

/**
 * 身份核验: until the person has passed a face check, or turns back.
 * @param displayed for a matter; without, it is the check at the beginning of the journey
 * @returns the attempt that passed
 * @throws JourneyEnded, BackToToDos, RouteChanged where the person turned back
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
        // Another check than the one at hand, such as one passed before, proves nothing here.
        result =
          received.attempt === details.attempt
            ? await runOrPark(inbox, () => vendor.queryFace({ attempt: received.attempt }), about)
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
        throw new BackToToDos([await refuse(received.proven)]);
    }
    if (result.outcome === 'passed') return result.attempt;
    if (result.outcome === 'used-up') {
      await waitForDecision(inbox, { ...about, cause: 'locked-out', codes: [result.code] });
      [stop, details] = [stops.face, { ...about, codes: ['attempts_restored'] }];
    } else [stop, details] = next(result);
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
            codes: [...result.codes, ...(failures >= POINTED_OUT_AFTER ? ['window_is_open'] : [])],
          },
        ];
    }
  }
}
