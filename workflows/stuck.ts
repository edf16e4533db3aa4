import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow';
import { phoneAfter } from '../domain/decisions';
import type { Proposal } from '../domain/decisions';
import type { StuckStop } from '../domain/steps';
import { causeOfFailure, healsAfterMs } from '../domain/stuck';
import type { StuckCause } from '../domain/stuck';
import { records } from './activities';
import type { Inbox, StopDetails } from './inbox';
import { refuse } from './refusal';
import { AcceptedByClerks, BackToToDos, RouteChanged, JourneyEnded } from './exits';

/** What a journey is stuck with: why, and the to-do at hand, if it is about one. */
export type StuckDetails = Pick<StopDetails, 'toDo' | 'codes'> & { cause: StuckCause };

/**
 * Does a piece of work that must succeed. Where it fails beyond its retries the journey waits for a clerk's decision, in
 * sight of the worklist and of Temporal's search, and is never lost to it. Where only time is needed it heals by itself.
 * @param work is given the decision by which it is tried again, if there is one
 * @param about the to-do at hand: then only this matter is stuck, and the person may turn to the others
 */
export async function runOrPark<T>(
  inbox: Inbox,
  work: (decision?: string) => Promise<T>,
  about?: Pick<StopDetails, 'toDo'>,
): Promise<T> {
  let decision: string | undefined;
  for (let tries = 0; ; tries += 1) {
    try {
      return await work(decision);
    } catch (error) {
      if (isCancellation(error)) throw error;
      decision = await waitForDecision(inbox, { cause: causeOf(error), ...about }, tries);
    }
  }
}

/**
 * Waits for clerks, or for time. Whatever they decide is recorded before it takes effect.
 * @param triesBefore how often time alone has been tried already
 * @returns the decision by which things are tried again; undefined if time alone brought that about
 * @throws AcceptedByClerks, RouteChanged, BackToToDos, JourneyEnded where the way goes on elsewhere
 */
export async function waitForDecision(
  inbox: Inbox,
  stuckDetails: StuckDetails,
  triesBefore = 0,
): Promise<string | undefined> {
  const { cause, toDo } = stuckDetails;
  const stop = stopFor(stuckDetails);
  const heals = healsAfterMs(cause, triesBefore, Date.now());
  const healsAt = heals === undefined ? undefined : Date.now() + heals;
  const leave = (codes: readonly string[]) =>
    toDo === undefined ? new JourneyEnded(codes) : new BackToToDos(codes);
  let proposal: Proposal | undefined;
  let { codes } = stuckDetails;
  for (;;) {
    const received = await inbox.waitForCommand(stop, { ...stuckDetails, codes, proposal }, healsAt);
    switch (received?.command) {
      case undefined:
        return undefined;
      case 'decide': {
        const { rejected } = await records.decide(received.proven);
        codes = rejected ? [rejected] : stuckDetails.codes;
        if (rejected) break;
        if (received.decision === 'reject') throw leave(['rejected_by_clerk']);
        if (received.decision === 'close') throw leave(['closed_by_clerk']);
        return received.id;
      }
      case 'propose': {
        const made = await records.propose(received.proven);
        if ('rejected' in made) codes = [made.rejected];
        else [proposal, codes] = [made, ['waits_for_second_clerk']];
        break;
      }
      case 'review': {
        const { id, decision, acceptance } = heldBy(proposal);
        const { verdict } = received;
        const { rejected } = await records.settleProposal(received.proven);
        if (rejected) {
          codes = [rejected];
          break;
        }
        proposal = undefined;
        if (verdict === 'decline') codes = ['proposal_declined'];
        else if (decision === 'accept') throw new AcceptedByClerks(id, phoneAfter(acceptance));
        else return received.id;
        break;
      }
      case 'ask-in-person':
        throw new RouteChanged();
      case 'back':
        throw cause === 'in-person' ? new RouteChanged() : new BackToToDos();
      case 'refuse':
        throw new BackToToDos([await refuse(received.proven)]);
      case 'close':
        throw new JourneyEnded();
    }
  }
}

function stopFor({ cause, toDo }: StuckDetails): StuckStop {
  if (cause === 'in-person') return toDo === undefined ? 'in-person' : 'matter-in-person';
  return toDo === undefined ? 'stuck' : 'matter-stuck';
}

/** A review is heard only where there is a proposal: the validator has seen to it. */
function heldBy(proposal: Proposal | undefined): Proposal {
  if (!proposal) throw new Error('A review without a proposal.');
  return proposal;
}

function causeOf(error: unknown): StuckCause {
  const failure = error instanceof ActivityFailure ? error.cause : error;
  // A time-out has no code: nothing came back from the vendor in the time that its call has.
  return failure instanceof ApplicationFailure ? causeOfFailure(failure.type) : 'vendor-unavailable';
}
