import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  currentUpdateInfo,
  defineUpdate,
  isCancellation,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { refusalOfDecision } from '../domain/decisions';
import type { ClerkSaying, Proposal } from '../domain/decisions';
import { ENTRY_AWAITED_MS, IN_PERSON_IDLE_MS, JOURNEY_IDLE_MS } from '../domain/limits';
import { isProvenFor } from '../domain/proven-command';
import type { ProvenCommand } from '../domain/proven-command';
import { accepts, allowedAt, commandNames, isClerkCommand, isRest, stepOf } from '../domain/steps';
import type { Command, CommandAt, Commands, Stop } from '../domain/steps';
import type { Admission } from '../activities/journey-records';
import type { StuckCause } from '../domain/stuck';
import { records } from './activities';
import { searchAttributes } from './contract';
import type { JourneyCheckpoint, JourneyEnd, JourneyView, Rejection } from './contract';
import { describe } from './descriptions';
import { EnteredAnew, Idle, Over, Unentered } from './turns';

const stuckCause = defineSearchAttributeKey(searchAttributes.stuckCause, SearchAttributeType.KEYWORD);

/** What is known at a stop, beside the stop itself. */
export interface Notice {
  codes?: readonly string[];
  toDo?: string;
  attempt?: string;
  cause?: StuckCause;
  /** A decision that waits for its second clerk. */
  proposal?: Proposal;
}

/** A command as it was heard, with what was said; `proven` is the whole of it, which activities ask for before they believe it. */
type Heard<C extends Command> = {
  [K in C]: { command: K; id: string; proven: ProvenCommand<K> } & Commands[K];
}[C];

interface Waiting {
  proven: ProvenCommand;
  reply: (view: JourneyView) => void;
}

/**
 * Where the person meets the journey. Handlers only hand a command over; the main line does the work, and the next stop
 * writes the projection and answers. So at any time one command is being worked on and the others are told `busy`.
 */
export interface Desk {
  /** Stops, waits for a command that is allowed there, and takes it. @throws EnteredAnew, Idle */
  ask<S extends Stop>(stop: S, notice?: Notice): Promise<Heard<CommandAt<S>>>;
  /** The same, and undefined if nothing was said until then (ms since 1970): until the next stop every command is told `busy`. */
  ask<S extends Stop>(stop: S, notice: Notice, wakeAt?: number): Promise<Heard<CommandAt<S>> | undefined>;
  /** Takes the entry that starts a journey. @throws Over if what the person gave is no longer there; Unentered if nobody comes */
  welcome(): Promise<void>;
  /** The last stop: answers who is waiting, and hears nothing any more. */
  close(end: JourneyEnd, codes: readonly string[]): Promise<JourneyEnd>;
  /** What the person entered with. */
  readonly entry: Commands['enter'];
}

/**
 * @param from where an earlier run left off
 * @param cut called at a rest when the history has become long: ends this run and begins the next
 */
export function openDesk(
  from: Omit<JourneyCheckpoint, 'verified'>,
  cut: (checkpoint: Omit<JourneyCheckpoint, 'verified'>) => Promise<never>,
): Desk {
  const journey = workflowInfo().workflowId;
  let { revision, session, last } = from;
  let entry: Commands['enter'] = { input: '' };
  // Set before any handler is, or the command that came with the start would be rejected.
  let waitingAt: Stop | undefined = from.stop;
  let noticed: Notice = {};
  let markedCause: StuckCause | undefined;
  let heard: Waiting | undefined;
  let taken: Waiting | undefined;
  let lastHeard = Date.now();
  let idle = false;
  let isEnding = false;

  for (const command of commandNames) {
    setHandler(
      defineUpdate<JourneyView, [ProvenCommand]>(command),
      (proven) =>
        new Promise<JourneyView>((reply) => {
          if (last && proven.id === last.id) {
            reply(last.view);
            return;
          }
          waitingAt = undefined;
          lastHeard = Date.now();
          heard = { proven, reply };
        }),
      { validator: (sent: ProvenCommand) => judge(command, sent) },
    );
  }
  void watchForIdleness();

  function judge(command: Command, sent: ProvenCommand): void {
    const rejection = rejectionOf(command, sent);
    if (rejection) throw ApplicationFailure.create({ type: rejection, message: rejection });
  }

  function rejectionOf(command: Command, sent: ProvenCommand): Rejection | undefined {
    const { id } = currentUpdateInfo() ?? { id: '' };
    if (!isProvenFor(sent, { journey, id, command, now: Date.now() })) return 'unproven';
    if (last && id === last.id) return undefined;
    const { said } = sent;
    if (isEnding) return 'ending';
    if (!waitingAt) return 'busy';
    if (!accepts(waitingAt, command)) return 'not_allowed_now';
    const isClerk = isClerkCommand(command);
    if (command !== 'enter' && !isClerk && said.session !== session) return 'session_replaced';
    if (said.seen !== undefined && said.seen !== revision) return 'stale';
    const { cause, proposal } = noticed;
    if (!isClerk || !cause) return undefined;
    return refusalOfDecision({ command, ...said } as ClerkSaying, { cause, proposal, now: Date.now() });
  }

  /** Until the journey is idle. Who waits for a clerk is not, and who is expected at the window has longer. */
  function timeLeft(): number {
    const { cause } = noticed;
    const idleMs = cause === 'in-person' ? IN_PERSON_IDLE_MS : JOURNEY_IDLE_MS;
    const left = lastHeard + idleMs - Date.now();
    return left <= 0 && cause !== undefined && cause !== 'in-person' ? JOURNEY_IDLE_MS : left;
  }

  async function watchForIdleness(): Promise<void> {
    try {
      for (let left = JOURNEY_IDLE_MS; left > 0; left = timeLeft()) await sleep(left);
      idle = true;
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
  }

  async function stopAt(stop: Stop, notice: Notice): Promise<void> {
    const { codes = [], toDo, attempt, cause, proposal } = notice;
    // Nothing is taken that would be answered by the stop before.
    waitingAt = undefined;
    revision += 1;
    const view: JourneyView = { journey, step: stepOf(stop), allowed: allowedAt(stop), revision, codes };
    if (cause !== markedCause) upsertSearchAttributes([{ key: stuckCause, value: cause ?? null }]);
    markedCause = cause;
    const by = taken?.proven.command;
    const { refused } = await records.show({ ...view, cause, toDo, attempt, by });
    // The database knows of no check that leads here.
    if (refused) throw new Over([refused]);
    setCurrentDetails(describe(view, cause, proposal));
    [waitingAt, noticed] = [isEnding ? undefined : stop, notice];
    answer(view);
    if (isEnding || !isRest(stop) || !workflowInfo().continueAsNewSuggested) return;
    await condition(allHandlersFinished);
    if (!heard) await cut({ stop, revision, session, last });
  }

  function answer(view: JourneyView): void {
    if (!taken) return;
    last = { id: taken.proven.id, view };
    taken.reply(view);
    taken = undefined;
  }

  async function hear(wakeAt?: number): Promise<Waiting | undefined> {
    const isHeard = () => heard !== undefined || idle;
    if (wakeAt === undefined) await condition(isHeard);
    else if (!isHeard() && !(await condition(isHeard, Math.max(1, wakeAt - Date.now()))) && !heard) {
      // What is heard in the very moment counts as heard.
      waitingAt = undefined;
      return undefined;
    }
    if (!heard) throw new Idle();
    taken = heard;
    heard = undefined;
    return taken;
  }

  async function admit(command: ProvenCommand<'enter'>): Promise<Admission> {
    const { session: by, input, atWindow } = command.said;
    const admission = await records.admit({ command, revision });
    if (admission === 'anew') [session, entry] = [by, { input, atWindow }];
    return admission;
  }

  return {
    async ask(stop: Stop, notice: Notice = {}, wakeAt?: number) {
      for (;;) {
        // A run that goes on stands at its stop already, and what was heard meanwhile needs no new one.
        if (!heard && (taken || waitingAt !== stop)) await stopAt(stop, notice);
        const next = await hear(wakeAt);
        if (!next) return undefined as never;
        const { proven } = next;
        if (!isEntry(proven))
          return { command: proven.command, id: proven.id, proven, ...proven.said } as never;
        if ((await admit(proven)) === 'anew') throw new EnteredAnew();
      }
    },
    async welcome() {
      const first = await hear(lastHeard + ENTRY_AWAITED_MS);
      if (!first) {
        isEnding = true;
        throw new Unentered();
      }
      if (!isEntry(first.proven) || (await admit(first.proven)) !== 'anew') throw new Over(['input_expired']);
    },
    close: (end, codes) =>
      // An operator's cancel is no reason to leave the end unwritten, or anybody unanswered.
      CancellationScope.nonCancellable(async () => {
        isEnding = true;
        // Heard in the moment in which it ended: nothing of it is done, and its answer is that the journey is over.
        taken ??= heard;
        heard = undefined;
        await stopAt('closed', { codes });
        await condition(allHandlersFinished);
        return end;
      }),
    get entry() {
      return entry;
    },
  };
}

function isEntry(proven: ProvenCommand): proven is ProvenCommand<'enter'> {
  return proven.command === 'enter';
}
