import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow';
import { phoneAfter } from '../domain/decisions';
import type { Proposal } from '../domain/decisions';
import type { StuckStop } from '../domain/steps';
import { causeOfFailure, healsAfterMs } from '../domain/stuck';
import type { StuckCause } from '../domain/stuck';
import { records } from './activities';
import type { Desk, Notice } from './desk';
import { refuse } from './refusal';
import { Accepted, BackToToDos, OtherRoute, Over } from './turns';

/** What a journey is stuck with: why, and the to-do at hand, if it is about one. */
export type Trouble = Pick<Notice, 'toDo' | 'codes'> & { cause: StuckCause };

/**
 * Does a piece of work that must succeed. Where it fails beyond its retries the journey waits for a clerk's decision, in
 * sight of the worklist and of Temporal's search, and is never lost to it. Where only time is needed it heals by itself.
 * @param work is given the decision by which it is tried again, if there is one
 * @param about the to-do at hand: then only this matter is stuck, and the person may turn to the others
 */
export async function sure<T>(
  desk: Desk,
  work: (decision?: string) => Promise<T>,
  about?: Pick<Notice, 'toDo'>,
): Promise<T> {
  let decision: string | undefined;
  for (let tries = 0; ; tries += 1) {
    try {
      return await work(decision);
    } catch (error) {
      if (isCancellation(error)) throw error;
      decision = await untilDecided(desk, { cause: causeOf(error), ...about }, tries);
    }
  }
}

/**
 * Waits for clerks, or for time. Whatever they decide is recorded before it takes effect.
 * @param triesBefore how often time alone has been tried already
 * @returns the decision by which things are tried again; undefined if time alone brought that about
 * @throws Accepted, OtherRoute, BackToToDos, Over where the way goes on elsewhere
 */
export async function untilDecided(
  desk: Desk,
  trouble: Trouble,
  triesBefore = 0,
): Promise<string | undefined> {
  const { cause, toDo } = trouble;
  const stop = stopFor(trouble);
  const heals = healsAfterMs(cause, triesBefore, Date.now());
  const healsAt = heals === undefined ? undefined : Date.now() + heals;
  const leave = (codes: readonly string[]) => (toDo === undefined ? new Over(codes) : new BackToToDos(codes));
  let proposal: Proposal | undefined;
  let { codes } = trouble;
  for (;;) {
    const heard = await desk.ask(stop, { ...trouble, codes, proposal }, healsAt);
    switch (heard?.command) {
      case undefined:
        return undefined;
      case 'decide': {
        const { refused } = await records.decide(heard.proven);
        codes = refused ? [refused] : trouble.codes;
        if (refused) break;
        if (heard.decision === 'reject') throw leave(['rejected_by_clerk']);
        if (heard.decision === 'close') throw leave(['closed_by_clerk']);
        return heard.id;
      }
      case 'propose': {
        const made = await records.propose(heard.proven);
        if ('refused' in made) codes = [made.refused];
        else [proposal, codes] = [made, ['waits_for_second_clerk']];
        break;
      }
      case 'review': {
        const { id, decision, acceptance } = heldBy(proposal);
        const { verdict } = heard;
        const { refused } = await records.settleProposal(heard.proven);
        if (refused) {
          codes = [refused];
          break;
        }
        proposal = undefined;
        if (verdict === 'decline') codes = ['proposal_declined'];
        else if (decision === 'accept') throw new Accepted(id, phoneAfter(acceptance));
        else return heard.id;
        break;
      }
      case 'ask-in-person':
        throw new OtherRoute();
      case 'back':
        throw cause === 'in-person' ? new OtherRoute() : new BackToToDos();
      case 'refuse':
        throw new BackToToDos([await refuse(heard.proven)]);
      case 'close':
        throw new Over();
    }
  }
}

function stopFor({ cause, toDo }: Trouble): StuckStop {
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
