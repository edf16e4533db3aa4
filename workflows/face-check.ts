import { workflowInfo } from '@temporalio/workflow';
import type { FaceResult, FaceStart } from '../activities/face';
import type { Shown } from '../domain/steps';
import { records, vendor } from './activities';
import type { Desk, Notice } from './desk';
import { refuse } from './refusal';
import { sure, untilDecided } from './stuck';
import { BackToToDos, OtherRoute, Over } from './turns';

/** From so many failures on, the way without a face is pointed out, unasked. */
const POINTED_OUT_AFTER = 2;

/**
 * 身份核验: until the person has passed a face check, or turns back.
 * @param shown for a matter; without, it is the check at the beginning of the journey
 * @returns the attempt that passed
 * @throws Over, BackToToDos, OtherRoute where the person turned back
 */
export async function passFace(desk: Desk, shown?: Shown, codes: readonly string[] = []): Promise<string> {
  const journey = workflowInfo().workflowId;
  const stops = shown
    ? ({ face: 'matter-face', failed: 'matter-face-failed' } as const)
    : ({ face: 'face', failed: 'face-failed' } as const);
  const about = shown && { toDo: shown.toDo };
  let stop: (typeof stops)['face' | 'failed'] = stops.face;
  let notice: Notice = { ...about, codes };
  let failures = 0;
  for (;;) {
    const heard = await desk.ask(stop, notice);
    let result: FaceStart | FaceResult;
    switch (heard.command) {
      case 'start-face':
        result = await sure(
          desk,
          () => vendor.startFace({ journey, command: heard.id, about: shown }),
          about,
        );
        break;
      case 'report-face':
        // Another check than the one at hand, such as one passed before, proves nothing here.
        result =
          heard.attempt === notice.attempt
            ? await sure(desk, () => vendor.queryFace({ attempt: heard.attempt }), about)
            : { outcome: 'void' };
        break;
      case 'decline':
        await records.refundFaceCheck({ journey });
        throw shown ? new BackToToDos() : new Over();
      case 'ask-in-person':
        await records.refundFaceCheck({ journey });
        throw new OtherRoute();
      case 'refuse':
        await records.refundFaceCheck({ journey });
        throw new BackToToDos([await refuse(heard.proven)]);
    }
    if (result.outcome === 'passed') return result.attempt;
    if (result.outcome === 'used-up') {
      await untilDecided(desk, { ...about, cause: 'locked-out', codes: [result.code] });
      [stop, notice] = [stops.face, { ...about, codes: ['attempts_restored'] }];
    } else [stop, notice] = next(result);
  }

  function next(
    result: Exclude<FaceStart | FaceResult, { outcome: 'passed' | 'used-up' }>,
  ): [typeof stop, Notice] {
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
