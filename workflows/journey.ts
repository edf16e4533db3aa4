import { CancellationScope, continueAsNew, isCancellation, workflowInfo } from '@temporalio/workflow';
import { records, vendor } from './activities';
import type { JourneyCheckpoint, JourneyEnd } from './contract';
import { openDesk } from './desk';
import type { Desk, Heard, Notice } from './desk';
import { passFace } from './face-check';
import { refuse } from './refusal';
import { sure } from './stuck';
import { BackToToDos, EnteredAnew, Idle, Over } from './turns';

/**
 * 办理过程: one person's way from entry to the last signature, in the order of the user manual. It waits wherever the person
 * is to do something; where it is turned aside, see turns.ts.
 * @param from where an earlier run of the same journey was cut off
 */
export async function journey(from?: JourneyCheckpoint): Promise<JourneyEnd> {
  let verified = from?.verified ?? false;
  const desk = openDesk(from ?? { stop: 'entry', revision: 0 }, (at) =>
    continueAsNew<typeof journey>({ ...at, verified }),
  );
  try {
    if (!from) await desk.welcome();
    for (;;) {
      try {
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
    if (end instanceof Idle) return await desk.close('idle', ['journey_idle']);
    if (!isCancellation(end)) throw end;
    return await CancellationScope.nonCancellable(() => desk.close('cancelled', ['closed_by_operator']));
  }
}

/** 用户身份核验: document, face, own bank card, and the picture that was captured. */
async function verifyIdentity(desk: Desk): Promise<void> {
  const { workflowId } = workflowInfo();
  const { input } = desk;
  const certificate = await sure(desk, () => vendor.checkCertificate({ journey: workflowId, input }));
  if (certificate.outcome === 'refused') throw new Over([certificate.code]);
  const attempt = await passFace(desk);
  if (certificate.bankCard) await passBankCard(desk, { attempt, codes: ['face_passed'] });
  const codes = certificate.bankCard ? [] : ['face_passed'];
  const { command } = await desk.ask('portrait', { attempt, codes });
  if (command === 're-enter') throw new Over();
}

async function passBankCard(desk: Desk, first: Notice): Promise<void> {
  const { workflowId } = workflowInfo();
  let notice: Notice = first;
  for (;;) {
    const heard = await desk.ask('bank-card', notice);
    if (heard.command === 're-enter') throw new Over();
    const { input } = heard;
    const result = await sure(desk, () => vendor.checkBankCard({ journey: workflowId, input }));
    if (result.outcome === 'passed') return;
    notice = { attempt: first.attempt, codes: [result.code] };
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
          throw new BackToToDos([await refuse(heard)]);
        case 'close':
          throw new Over();
      }
    } catch (turn) {
      if (!(turn instanceof BackToToDos)) throw turn;
      at = { stop: 'to-dos', notice: { codes: turn.codes } };
    }
  }
}

/** 业务确认: a face check of its own for what was shown, then the signature. Returns when the confirmation stands. */
async function signMatter(desk: Desk, shown: Heard<'confirm'>): Promise<void> {
  const { workflowId } = workflowInfo();
  const { toDo, textHash } = shown;
  const opened = await records.openToDo({ journey: workflowId, toDo, textHash });
  if ('refused' in opened) throw new BackToToDos([opened.refused]);
  let attempt = await passFace(desk, { toDo, textHash });
  for (let codes: readonly string[] = []; ;) {
    const heard = await desk.ask('signing', { toDo, attempt, codes });
    switch (heard.command) {
      case 'cancel':
        await records.voidFaceCheck({ attempt, command: heard.id });
        throw new BackToToDos(['verification_void']);
      case 'refuse':
        await records.voidFaceCheck({ attempt, command: heard.id });
        throw new BackToToDos([await refuse(heard)]);
      case 'sign': {
        const result = await records.sign({ journey: workflowId, toDo, attempt, input: heard.input });
        if (result.outcome === 'confirmed') return;
        if (result.outcome === 'not-signable') throw new BackToToDos([result.code]);
        if (result.outcome === 'face-again')
          attempt = await passFace(desk, { toDo, textHash }, [result.code]);
        codes = result.outcome === 'sign-again' ? [result.code] : [];
      }
    }
  }
}
