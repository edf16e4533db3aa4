import { continueAsNew, isCancellation, workflowInfo } from '@temporalio/workflow';
import { records, vendor } from './activities';
import type { JourneyCheckpoint, JourneyEnd } from './contract';
import type { DisplayedText } from '../domain/steps';
import { openInbox } from './inbox';
import type { Inbox, StopDetails } from './inbox';
import { passFace } from './face-check';
import { withInPersonFallback } from './in-person-fallback';
import { runOrPark, waitForDecision } from './stuck';
import { askForReissue, refuse } from './to-do-requests';
import type { AcceptedByClerks } from './exits';
import { BackToToDos, Reentered, JourneyIdle, RouteChanged, JourneyEnded, NeverEntered } from './exits';

/**
 * 办理过程: one person's journey from the entry to the last signature, in the order of the user manual. It waits wherever the
 * person has to do something. The exits from this main line are in exits.ts.
 * @param checkpoint where the run before this one ended
 */
export async function journey(checkpoint?: JourneyCheckpoint): Promise<JourneyEnd> {
  const { continuedFromExecutionRunId, cronSchedule } = workflowInfo();
  // Only a run that our own run started continues from a checkpoint. Anybody else who starts one begins at the beginning.
  const from = continuedFromExecutionRunId && !cronSchedule ? checkpoint : undefined;
  let verified = from?.verified ?? false;
  const inbox = openInbox(from ?? { stop: 'entry', revision: 0 }, (at) =>
    continueAsNew<typeof journey>({ ...at, verified }),
  );
  try {
    if (!from) await inbox.receiveEntry();
    for (;;) {
      try {
        const displayed = inbox.entry.atWindow?.displayed;
        if (displayed) return await serveAtWindow(inbox, displayed);
        if (!verified) await verifyIdentity(inbox);
        verified = true;
        await serveToDos(inbox);
      } catch (exit) {
        if (!(exit instanceof Reentered)) throw exit;
        verified = false;
      }
    }
  } catch (end) {
    if (end instanceof JourneyEnded) return await inbox.close('closed', end.codes);
    if (end instanceof NeverEntered) return 'unentered';
    if (end instanceof JourneyIdle) return await inbox.close('idle', ['journey_idle']);
    if (!isCancellation(end)) throw end;
    return await inbox.close('cancelled', ['closed_by_operator']);
  }
}

/** 用户身份核验: document, face, own bank card, and the captured picture; or, at the window, what two clerks accepted. */
async function verifyIdentity(inbox: Inbox): Promise<void> {
  const first = inbox.entry.atWindow ? 'window' : 'online';
  // The acceptance by clerks proves the person for this visit. It proves nothing about a phone that they have not seen.
  const accepted = async ({ phone }: AcceptedByClerks) => {
    if (phone === 'unproven') throw new JourneyEnded(['sign_on_paper']);
  };
  await withInPersonFallback(inbox, { online: () => verifyOnline(inbox), accepted }, { first });
}

async function verifyOnline(inbox: Inbox): Promise<void> {
  const { bankCard } = await checkCertificate(inbox);
  const attempt = await passFace(inbox);
  if (bankCard) await passBankCard(inbox, { attempt, codes: ['face_passed'] });
  const codes = bankCard ? [] : ['face_passed'];
  const { command } = await inbox.waitForCommand('portrait', { attempt, codes });
  if (command === 're-enter') throw new JourneyEnded();
}

/** 证件核验. @returns whether the person has to give a bank card */
async function checkCertificate(inbox: Inbox): Promise<{ bankCard: boolean }> {
  const { workflowId } = workflowInfo();
  const { input } = inbox.entry;
  const result = await runOrPark(inbox, (decision) =>
    vendor.checkCertificate({ journey: workflowId, command: input, decision }),
  );
  switch (result.outcome) {
    case 'passed':
      return result;
    case 'to-window':
      throw new RouteChanged([result.code]);
    case 'refused':
      throw new JourneyEnded([result.code]);
  }
}

/** 银行卡核验: until a card of the person's own is accepted. */
async function passBankCard(inbox: Inbox, first: StopDetails): Promise<void> {
  const { workflowId } = workflowInfo();
  const { attempt } = first;
  let details: StopDetails = first;
  for (;;) {
    const received = await inbox.waitForCommand('bank-card', details);
    if (received.command === 're-enter') throw new JourneyEnded();
    if (received.command === 'ask-in-person') throw new RouteChanged();
    const { input } = received.payload;
    const result = await runOrPark(inbox, () => vendor.checkBankCard({ journey: workflowId, input }));
    if (result.outcome === 'passed') return;
    const usedUp =
      result.outcome === 'used-up' ? [result.code] : result.usedUp && [...result.codes, result.usedUp];
    if (usedUp) {
      await waitForDecision(inbox, { cause: 'locked-out', codes: usedUp });
      details = { attempt, codes: ['attempts_restored'] };
    } else if (result.outcome === 'failed') details = { attempt, codes: result.codes };
  }
}

/** 完成待办事项: one matter after another, until the person closes the journey. */
async function serveToDos(inbox: Inbox): Promise<never> {
  let at: { stop: 'to-dos' | 'completed'; details: StopDetails } = { stop: 'to-dos', details: {} };
  for (;;) {
    const received = await inbox.waitForCommand(at.stop, at.details);
    try {
      switch (received.command) {
        case 'confirm':
          await signMatter(inbox, received.payload);
          at = { stop: 'completed', details: { toDo: received.payload.toDo } };
          break;
        case 'refuse':
          throw new BackToToDos([await refuse(received)]);
        case 'ask-re-issue':
          throw new BackToToDos([await askForReissue(received)]);
        case 'close':
          throw new JourneyEnded();
      }
    } catch (exit) {
      if (!(exit instanceof BackToToDos)) throw exit;
      at = { stop: 'to-dos', details: { codes: exit.codes } };
    }
  }
}

/** For a person without a phone: a clerk opens one to-do, and the person signs on paper. No phone holds such a journey. */
async function serveAtWindow(inbox: Inbox, displayed: DisplayedText): Promise<never> {
  try {
    await signMatter(inbox, displayed, 'window');
  } catch (exit) {
    throw exit instanceof BackToToDos ? new JourneyEnded(exit.codes) : exit;
  }
  throw new JourneyEnded(['confirmed_at_window']);
}

/**
 * 业务确认: a face check for exactly the text that was shown, then the signature; or, at the window, a signature on paper.
 * Returns when the confirmation is settled.
 */
async function signMatter(
  inbox: Inbox,
  displayed: DisplayedText,
  first: 'online' | 'window' = 'online',
): Promise<void> {
  const routes = {
    online: () => signOnline(inbox, displayed),
    accepted: ({ decision }: AcceptedByClerks) => confirmOnPaper(inbox, displayed, decision),
  };
  await withInPersonFallback(inbox, routes, { toDo: displayed.toDo, first });
}

async function signOnline(inbox: Inbox, { toDo, textHash }: DisplayedText): Promise<void> {
  const { workflowId } = workflowInfo();
  const open = () => records.openToDo({ journey: workflowId, toDo, textHash });
  const opened = await runOrPark(inbox, open, { toDo });
  if ('rejected' in opened) throw new BackToToDos([opened.rejected]);
  for (let codes: readonly string[] = []; ;) {
    const attempt = await passFace(inbox, { toDo, textHash }, codes);
    const rejected = await signOnPhone(inbox, toDo, attempt);
    if (!rejected) return;
    codes = [rejected];
  }
}

/** Two clerks have accepted the paper that the person signed. */
async function confirmOnPaper(
  inbox: Inbox,
  { toDo, textHash }: DisplayedText,
  decision: string,
): Promise<void> {
  const { workflowId } = workflowInfo();
  const confirm = () => records.confirmOnPaper({ journey: workflowId, toDo, textHash, decision });
  const result = await runOrPark(inbox, confirm, { toDo });
  if (result.outcome === 'not-signable') throw new BackToToDos([result.code]);
}

/** 确认并签字. @returns a code if the person has to pass the face check again */
async function signOnPhone(inbox: Inbox, toDo: string, attempt: string): Promise<string | undefined> {
  for (let codes: readonly string[] = []; ;) {
    const received = await inbox.waitForCommand('signing', { toDo, attempt, codes });
    switch (received.command) {
      case 'cancel':
        await records.voidFaceCheck({ attempt, command: received.id });
        throw new BackToToDos(['verification_void']);
      case 'refuse':
        await records.voidFaceCheck({ attempt, command: received.id });
        throw new BackToToDos([await refuse(received)]);
      case 'sign': {
        const sign = () => records.sign({ command: received, attempt });
        const result = await runOrPark(inbox, sign, { toDo });
        if (result.outcome === 'confirmed') return undefined;
        if (result.outcome === 'not-signable') throw new BackToToDos([result.code]);
        if (result.outcome === 'face-again') return result.code;
        codes = [result.code];
      }
    }
  }
}
