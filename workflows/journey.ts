import { continueAsNew, isCancellation, workflowInfo } from '@temporalio/workflow';
import { records, vendor } from './activities';
import type { JourneyCheckpoint, JourneyEnd } from './contract';
import type { Shown } from '../domain/steps';
import { openDesk } from './desk';
import type { Desk, Notice } from './desk';
import { passFace } from './face-check';
import { askForReissue } from './re-issue';
import { refuse } from './refusal';
import { byEitherRoute } from './routes';
import { sure, untilDecided } from './stuck';
import type { Accepted } from './turns';
import { BackToToDos, EnteredAnew, Idle, OtherRoute, Over, Unentered } from './turns';

/**
 * 办理过程: one person's way from entry to the last signature, in the order of the user manual. It waits wherever the person
 * is to do something; where it is turned aside, see turns.ts.
 * @param checkpoint where an earlier run of the same journey was cut off
 */
export async function journey(checkpoint?: JourneyCheckpoint): Promise<JourneyEnd> {
  const { continuedFromExecutionRunId, cronSchedule } = workflowInfo();
  // Only a run of ours goes on from a checkpoint; who starts one with it, or has it started over and over, begins at the beginning.
  const from = continuedFromExecutionRunId && !cronSchedule ? checkpoint : undefined;
  let verified = from?.verified ?? false;
  const desk = openDesk(from ?? { stop: 'entry', revision: 0 }, (at) =>
    continueAsNew<typeof journey>({ ...at, verified }),
  );
  try {
    if (!from) await desk.welcome();
    for (;;) {
      try {
        const shown = desk.entry.atWindow?.shown;
        if (shown) return await serveAtWindow(desk, shown);
        if (!verified) await verifyIdentity(desk);
        verified = true;
        await serveToDos(desk);
      } catch (turn) {
        if (!(turn instanceof EnteredAnew)) throw turn;
        verified = false;
      }
    }
  } catch (end) {
    if (end instanceof Over) return await desk.close('closed', end.codes);
    if (end instanceof Unentered) return 'unentered';
    if (end instanceof Idle) return await desk.close('idle', ['journey_idle']);
    if (!isCancellation(end)) throw end;
    return await desk.close('cancelled', ['closed_by_operator']);
  }
}

/** 用户身份核验: document, face, own bank card, and the picture that was captured; or, at the window, what clerks accepted. */
async function verifyIdentity(desk: Desk): Promise<void> {
  const first = desk.entry.atWindow ? 'window' : 'online';
  // What clerks accepted is on record, and proves the person for this visit; of a phone that they do not know it proves nothing.
  const accepted = async ({ phone }: Accepted) => {
    if (phone === 'unproven') throw new Over(['sign_on_paper']);
  };
  await byEitherRoute(desk, { online: () => verifyOnline(desk), accepted }, { first });
}

async function verifyOnline(desk: Desk): Promise<void> {
  const { bankCard } = await checkCertificate(desk);
  const attempt = await passFace(desk);
  if (bankCard) await passBankCard(desk, { attempt, codes: ['face_passed'] });
  const codes = bankCard ? [] : ['face_passed'];
  const { command } = await desk.ask('portrait', { attempt, codes });
  if (command === 're-enter') throw new Over();
}

/** 证件核验 */
async function checkCertificate(desk: Desk): Promise<{ bankCard: boolean }> {
  const { workflowId } = workflowInfo();
  const { input } = desk.entry;
  const result = await sure(desk, (decision) =>
    vendor.checkCertificate({ journey: workflowId, command: input, decision }),
  );
  switch (result.outcome) {
    case 'passed':
      return result;
    case 'to-window':
      throw new OtherRoute([result.code]);
    case 'refused':
      throw new Over([result.code]);
  }
}

async function passBankCard(desk: Desk, first: Notice): Promise<void> {
  const { workflowId } = workflowInfo();
  const { attempt } = first;
  let notice: Notice = first;
  for (;;) {
    const heard = await desk.ask('bank-card', notice);
    if (heard.command === 're-enter') throw new Over();
    if (heard.command === 'ask-in-person') throw new OtherRoute();
    const { input } = heard;
    const result = await sure(desk, () => vendor.checkBankCard({ journey: workflowId, input }));
    if (result.outcome === 'passed') return;
    if (result.outcome === 'used-up') {
      await untilDecided(desk, { cause: 'locked-out', codes: [result.code] });
      notice = { attempt, codes: ['attempts_restored'] };
    } else notice = { attempt, codes: result.codes };
  }
}

/** 完成待办事项: one matter after the other, until the person closes the journey. */
async function serveToDos(desk: Desk): Promise<never> {
  let at: { stop: 'to-dos' | 'completed'; notice: Notice } = { stop: 'to-dos', notice: {} };
  for (;;) {
    const heard = await desk.ask(at.stop, at.notice);
    try {
      switch (heard.command) {
        case 'confirm':
          await signMatter(desk, heard);
          at = { stop: 'completed', notice: { toDo: heard.toDo } };
          break;
        case 'refuse':
          throw new BackToToDos([await refuse(heard.proven)]);
        case 'ask-re-issue':
          throw new BackToToDos([await askForReissue(heard.proven)]);
        case 'close':
          throw new Over();
      }
    } catch (turn) {
      if (!(turn instanceof BackToToDos)) throw turn;
      at = { stop: 'to-dos', notice: { codes: turn.codes } };
    }
  }
}

/** For somebody without a phone: one to-do, opened by a clerk, signed on paper. Nobody holds such a journey on a phone. */
async function serveAtWindow(desk: Desk, shown: Shown): Promise<never> {
  try {
    await signMatter(desk, shown, 'window');
  } catch (turn) {
    throw turn instanceof BackToToDos ? new Over(turn.codes) : turn;
  }
  throw new Over(['confirmed_at_window']);
}

/**
 * 业务确认: a face check of its own for what was shown, then the signature; or, at the window, signed on paper. Returns when the
 * confirmation stands.
 */
async function signMatter(desk: Desk, shown: Shown, first: 'online' | 'window' = 'online'): Promise<void> {
  const ways = {
    online: () => signOnline(desk, shown),
    accepted: ({ decision }: Accepted) => confirmOnPaper(desk, shown, decision),
  };
  await byEitherRoute(desk, ways, { toDo: shown.toDo, first });
}

async function signOnline(desk: Desk, { toDo, textHash }: Shown): Promise<void> {
  const { workflowId } = workflowInfo();
  const open = () => records.openToDo({ journey: workflowId, toDo, textHash });
  const opened = await sure(desk, open, { toDo });
  if ('refused' in opened) throw new BackToToDos([opened.refused]);
  for (let codes: readonly string[] = []; ;) {
    const attempt = await passFace(desk, { toDo, textHash }, codes);
    const refused = await signOnPhone(desk, toDo, attempt);
    if (!refused) return;
    codes = [refused];
  }
}

/** Two clerks have seen the person, and the paper that the person signed. */
async function confirmOnPaper(desk: Desk, { toDo, textHash }: Shown, decision: string): Promise<void> {
  const { workflowId } = workflowInfo();
  const confirm = () => records.confirmOnPaper({ journey: workflowId, toDo, textHash, decision });
  const result = await sure(desk, confirm, { toDo });
  if (result.outcome === 'not-signable') throw new BackToToDos([result.code]);
}

/** 确认并签字. @returns a code if the face has to be checked again */
async function signOnPhone(desk: Desk, toDo: string, attempt: string): Promise<string | undefined> {
  for (let codes: readonly string[] = []; ;) {
    const heard = await desk.ask('signing', { toDo, attempt, codes });
    switch (heard.command) {
      case 'cancel':
        await records.voidFaceCheck({ attempt, command: heard.id });
        throw new BackToToDos(['verification_void']);
      case 'refuse':
        await records.voidFaceCheck({ attempt, command: heard.id });
        throw new BackToToDos([await refuse(heard.proven)]);
      case 'sign': {
        const sign = () => records.sign({ command: heard.proven, attempt });
        const result = await sure(desk, sign, { toDo });
        if (result.outcome === 'confirmed') return undefined;
        if (result.outcome === 'not-signable') throw new BackToToDos([result.code]);
        if (result.outcome === 'face-again') return result.code;
        codes = [result.code];
      }
    }
  }
}
