import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow';
import { phoneAfter } from '../domain/decisions';
import type { Proposal } from '../domain/decisions';
import type { StuckStop } from '../domain/steps';
import { causeOfFailure, healsAfterMs } from '../domain/stuck';
import type { StuckCause } from '../domain/stuck';
import { records } from './activities';
import type { Inbox, StopDetails } from './inbox';
import { AcceptedByClerks, BackToToDos, RouteChanged, JourneyEnded } from './exits';
import { refuse } from './to-do-requests';

/** Why a journey is stuck, and at which to-do, if it is stuck at one. */
export type StuckDetails = Pick<StopDetails, 'toDo' | 'codes'> & { cause: StuckCause };

/**
 * Does work that must succeed. If it fails beyond its retries, the journey parks: it waits for a clerk's decision, and stands in
 * the worklist and in Temporal's search. Where only time is needed, the work is tried again without a decision.
 * @param work gets the decision after which it is tried again, if there is one
 * @param about the to-do at hand: then only this matter is stuck, and the person may go on with the others
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
 * Waits until clerks decide, or until the time for another try has come. A decision is recorded before it takes effect.
 * @param triesBefore how many tries after a wait have failed already
 * @returns the decision to try again; undefined if the time for another try has come
 * @throws AcceptedByClerks, RouteChanged, BackToToDos, JourneyEnded where the journey continues elsewhere
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
    const received = await inbox.waitForCommandUntil(stop, { ...stuckDetails, codes, proposal }, healsAt);
    switch (received?.command) {
      case undefined:
        return undefined;
      case 'decide': {
        const { rejected } = await records.decide(received);
        codes = rejected ? [rejected] : stuckDetails.codes;
        if (rejected) break;
        if (received.payload.decision === 'reject') throw leave(['rejected_by_clerk']);
        if (received.payload.decision === 'close') throw leave(['closed_by_clerk']);
        return received.id;
      }
      case 'propose': {
        const made = await records.propose(received);
        if ('rejected' in made) codes = [made.rejected];
        else [proposal, codes] = [made, ['waits_for_second_clerk']];
        break;
      }
      case 'review': {
        const { id, decision, acceptance } = pending(proposal);
        const { verdict } = received.payload;
        const { rejected } = await records.settleProposal(received);
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
      case 'withdraw': {
        const { rejected } = await records.withdrawProposal(received);
        if (rejected) codes = [rejected];
        else [proposal, codes] = [undefined, stuckDetails.codes];
        break;
      }
      case 'ask-in-person':
        throw new RouteChanged();
      case 'back':
        throw new BackToToDos(cause === 'in-person' ? ['window_left'] : []);
      case 'go-online':
        throw new RouteChanged();
      case 'refuse':
        throw new BackToToDos([await refuse(received)]);
      case 'close':
        throw new JourneyEnded();
    }
  }
}

function stopFor({ cause, toDo }: StuckDetails): StuckStop {
  if (cause === 'in-person') return toDo === undefined ? 'in-person' : 'matter-in-person';
  return toDo === undefined ? 'stuck' : 'matter-stuck';
}

/** The validator accepts a review only where there is a proposal. */
function pending(proposal: Proposal | undefined): Proposal {
  if (!proposal) throw new Error('A review without a proposal.');
  return proposal;
}

function causeOf(error: unknown): StuckCause {
  const failure = error instanceof ActivityFailure ? error.cause : error;
  // Only calls to vendors time out, and a time-out has no code.
  return failure instanceof ApplicationFailure ? causeOfFailure(failure.type) : 'vendor-unavailable';
}
