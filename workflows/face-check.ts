import { workflowInfo } from '@temporalio/workflow';
import type { FaceResult, FaceStart } from '../activities/face';
import { records, vendor } from './activities';
import type { Desk, Notice } from './desk';
import { refuse } from './refusal';
import { sure } from './stuck';
import { BackToToDos, Over } from './turns';

/** What a second face check is bound to: this to-do, and exactly the text that was shown. */
export interface Shown {
  toDo: string;
  textHash: string;
}

/**
 * 身份核验: until the person has passed a face check, or turns back.
 * @param shown for a matter; without, it is the check at the beginning of the journey
 * @returns the attempt that passed
 * @throws Over, BackToToDos where the person turned back
 */
export async function passFace(desk: Desk, shown?: Shown, codes: readonly string[] = []): Promise<string> {
  const journey = workflowInfo().workflowId;
  const stops = shown
    ? ({ face: 'matter-face', failed: 'matter-face-failed' } as const)
    : ({ face: 'face', failed: 'face-failed' } as const);
  const about = shown && { toDo: shown.toDo };
  let stop: (typeof stops)['face' | 'failed'] = stops.face;
  let notice: Notice = { ...about, codes };
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
      case 'refuse':
        await records.refundFaceCheck({ journey });
        throw new BackToToDos([await refuse(heard)]);
    }
    if (result.outcome === 'passed') return result.attempt;
    [stop, notice] = next(result);
  }

  function next(result: Exclude<FaceStart | FaceResult, { outcome: 'passed' }>): [typeof stop, Notice] {
    switch (result.outcome) {
      case 'started':
        return [stops.face, { ...about, attempt: result.attempt }];
      case 'unfinished':
        return [stops.face, { ...about, attempt: result.attempt, codes: ['face_check_unfinished'] }];
      case 'void':
        return [stops.face, { ...about, codes: ['face_check_void'] }];
      case 'refused':
        return [stops.failed, { ...about, codes: [result.code] }];
      case 'failed':
        return [stops.failed, { ...about, codes: result.codes }];
    }
  }
}
