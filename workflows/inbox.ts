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
import { rejectionOfDecision } from '../domain/decisions';
import type { ClerkRequest, Proposal } from '../domain/decisions';
import { ENTRY_AWAITED_MS, IN_PERSON_IDLE_MS, JOURNEY_IDLE_MS } from '../domain/limits';
import { isProvenFor } from '../domain/proven-command';
import type { ProvenCommand } from '../domain/proven-command';
import { accepts, allowedAt, commandNames, isClerkCommand, isRest, stepOf } from '../domain/steps';
import type { ClerkCommand, Command, CommandAt, Commands, Stop } from '../domain/steps';
import type { Admission } from '../activities/journey-records';
import type { StuckCause } from '../domain/stuck';
import { records } from './activities';
import { searchAttributes } from './contract';
import type { JourneyCheckpoint, JourneyEnd, JourneyView, Rejection } from './contract';
import { describe } from './descriptions';
import { Reentered, JourneyIdle, JourneyEnded, NeverEntered } from './exits';

const stuckCause = defineSearchAttributeKey(searchAttributes.stuckCause, SearchAttributeType.KEYWORD);

/** What is known at a stop, beside the stop itself. */
export interface StopDetails {
  /** What the person should know, as codes of `texts/`. */
  codes?: readonly string[];
  /** The to-do at hand. */
  toDo?: string;
  /** The face check at hand. */
  attempt?: string;
  /** Why the journey is stuck. */
  cause?: StuckCause;
  /** A decision that waits for its second clerk. */
  proposal?: Proposal;
}

/** A command that passed the validator. Activities get the whole of it and check its proof before they act on it. */
type ReceivedCommand = { [C in Command]: ProvenCommand<C> }[Command];

/** A command that is allowed at a stop. */
type CommandReceivedAt<S extends Stop> = Extract<ReceivedCommand, { command: CommandAt<S> }>;

type CommandFromClerk = Extract<ReceivedCommand, { command: ClerkCommand }>;

/**
 * Where commands arrive. A handler only puts its command here. The main line takes it and does the work; the next stop saves
 * the projection and answers the command. So one command at a time is in progress, and every other one is rejected as `busy`.
 */
export interface Inbox {
  /**
   * Stops, waits for a command that is allowed there, and takes it.
   * @throws Reentered, JourneyIdle; JourneyEnded if the database knows of no check that leads to this stop
   */
  waitForCommand<S extends Stop>(stop: S, details?: StopDetails): Promise<CommandReceivedAt<S>>;
  /**
   * As `waitForCommand`, but waits no longer than until `wakeAt`. From then to the next stop every command is rejected as `busy`.
   * @param wakeAt milliseconds since 1970; without it, the wait has no end
   * @returns undefined if no command came
   */
  waitForCommandUntil<S extends Stop>(
    stop: S,
    details: StopDetails,
    wakeAt: number | undefined,
  ): Promise<CommandReceivedAt<S> | undefined>;
  /**
   * Takes the entry with which a journey begins.
   * @throws NeverEntered if none comes; JourneyEnded if what the person entered is no longer there
   */
  receiveEntry(): Promise<void>;
  /** The last stop: answers the command in progress and takes no other. */
  close(end: JourneyEnd, codes: readonly string[]): Promise<JourneyEnd>;
  /** What the person entered with. */
  readonly entry: Commands['enter'];
}

interface Pending {
  command: ReceivedCommand;
  reply: (view: JourneyView) => void;
}

/**
 * @param from where the run before this one ended
 * @param startNextRun called at a rest once the history is long: ends this run and begins the next from this checkpoint
 */
export function openInbox(
  from: Omit<JourneyCheckpoint, 'verified'>,
  startNextRun: (checkpoint: Omit<JourneyCheckpoint, 'verified'>) => Promise<never>,
): Inbox {
  const journey = workflowInfo().workflowId;
  let { revision, session, last } = from;
  let entry: Commands['enter'] = { input: '' };
  // Set before any handler is, or the command that started the workflow would be rejected.
  let waitingAt: Stop | undefined = from.stop;
  let currentDetails: StopDetails = {};
  let causeInSearch: StuckCause | undefined;
  let received: Pending | undefined;
  let inProgress: Pending | undefined;
  let lastReceivedAt = Date.now();
  let isIdle = false;
  let isEnding = false;

  for (const name of commandNames) {
    setHandler(
      defineUpdate<JourneyView, [ReceivedCommand]>(name),
      (command) =>
        new Promise<JourneyView>((reply) => {
          if (last && command.id === last.id) {
            reply(last.view);
            return;
          }
          waitingAt = undefined;
          lastReceivedAt = Date.now();
          received = { command, reply };
        }),
      { validator: (sent: ReceivedCommand) => validate(name, sent) },
    );
  }
  void watchForIdleness();

  function validate(name: Command, sent: ReceivedCommand): void {
    const rejection = rejectionOf(name, sent);
    if (rejection) throw ApplicationFailure.create({ type: rejection, message: rejection });
  }

  function rejectionOf(name: Command, sent: ReceivedCommand): Rejection | undefined {
    const { id } = currentUpdateInfo() ?? { id: '' };
    if (!isProvenFor(sent, { journey, id, command: name, now: Date.now() })) return 'unproven';
    if (last && id === last.id) return undefined;
    if (isEnding) return 'ending';
    if (!waitingAt) return 'busy';
    if (!accepts(waitingAt, name)) return 'not_allowed_now';
    const { session: sender, expectedRevision } = sent.payload;
    const isByClerk = isFromClerk(sent);
    if (name !== 'enter' && !isByClerk && sender !== session) return 'session_replaced';
    if (expectedRevision !== undefined && expectedRevision !== revision) return 'stale';
    const { cause, proposal } = currentDetails;
    if (!isByClerk || !cause) return undefined;
    return rejectionOfDecision(clerkRequestOf(sent), { cause, proposal, now: Date.now() });
  }

  /** How long until the journey is idle. It is not while a clerk has to decide, and at the window a person has more time. */
  function timeLeft(): number {
    const { cause } = currentDetails;
    const idleAfterMs = cause === 'in-person' ? IN_PERSON_IDLE_MS : JOURNEY_IDLE_MS;
    const left = lastReceivedAt + idleAfterMs - Date.now();
    const waitsForClerk = cause !== undefined && cause !== 'in-person';
    return left <= 0 && waitsForClerk ? JOURNEY_IDLE_MS : left;
  }

  async function watchForIdleness(): Promise<void> {
    try {
      for (let left = JOURNEY_IDLE_MS; left > 0; left = timeLeft()) await sleep(left);
      isIdle = true;
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
  }

  async function stopAt(stop: Stop, details: StopDetails): Promise<void> {
    const { codes = [], toDo, attempt, cause, proposal } = details;
    // No command is taken until this stop can answer it.
    waitingAt = undefined;
    revision += 1;
    const view: JourneyView = { journey, step: stepOf(stop), allowed: allowedAt(stop), revision, codes };
    if (cause !== causeInSearch) upsertSearchAttributes([{ key: stuckCause, value: cause ?? null }]);
    causeInSearch = cause;
    const by = inProgress?.command.command;
    const { rejected } = await records.saveStop({ ...view, cause, toDo, attempt, by });
    // The database knows of no check that leads here.
    if (rejected) throw new JourneyEnded([rejected]);
    setCurrentDetails(describe(view, cause, proposal));
    [waitingAt, currentDetails] = [isEnding ? undefined : stop, details];
    answer(view);
    if (isEnding || !isRest(stop) || !workflowInfo().continueAsNewSuggested) return;
    await condition(allHandlersFinished);
    if (!received) await startNextRun({ stop, revision, session, last });
  }

  function answer(view: JourneyView): void {
    if (!inProgress) return;
    last = { id: inProgress.command.id, view };
    inProgress.reply(view);
    inProgress = undefined;
  }

  /** Takes the next command. @returns undefined if none came until `wakeAt` @throws JourneyIdle */
  async function takeUntil(wakeAt: number | undefined): Promise<ReceivedCommand | undefined> {
    const hasEnded = () => received !== undefined || isIdle;
    if (wakeAt === undefined) await condition(hasEnded);
    else if (!hasEnded() && !(await condition(hasEnded, Math.max(1, wakeAt - Date.now()))) && !received) {
      // A command that came in the same moment is taken all the same.
      waitingAt = undefined;
      return undefined;
    }
    return take();
  }

  function take(): ReceivedCommand {
    if (!received) throw new JourneyIdle();
    inProgress = received;
    received = undefined;
    return inProgress.command;
  }

  async function admit(command: ProvenCommand<'enter'>): Promise<Admission> {
    const { session: sender, input, atWindow } = command.payload;
    const admission = await records.admit({ command, revision });
    if (admission === 'anew') [session, entry] = [sender, { input, atWindow }];
    return admission;
  }

  async function waitForCommandUntil<S extends Stop>(
    stop: S,
    details: StopDetails,
    wakeAt: number | undefined,
  ): Promise<CommandReceivedAt<S> | undefined> {
    for (;;) {
      // A new run is at its stop already. And a command that has come meanwhile needs no further stop.
      if (!received && (inProgress || waitingAt !== stop)) await stopAt(stop, details);
      const command = await takeUntil(wakeAt);
      if (!command || isAllowedAt(stop, command)) return command;
      if (command.command === 'enter' && (await admit(command)) === 'anew') throw new Reentered();
    }
  }

  return {
    async waitForCommand(stop, details = {}) {
      const command = await waitForCommandUntil(stop, details, undefined);
      if (!command) throw new Error('A wait without an end has ended.');
      return command;
    },
    waitForCommandUntil,
    async receiveEntry() {
      const command = await takeUntil(lastReceivedAt + ENTRY_AWAITED_MS);
      if (!command) {
        isEnding = true;
        throw new NeverEntered();
      }
      if (command.command !== 'enter' || (await admit(command)) !== 'anew')
        throw new JourneyEnded(['input_expired']);
    },
    close: (end, codes) =>
      // Also after an operator's cancel the end is saved, and every command answered.
      CancellationScope.nonCancellable(async () => {
        isEnding = true;
        // A command that came as the journey ended is not carried out; its answer is that the journey is over.
        inProgress ??= received;
        received = undefined;
        await stopAt('closed', { codes });
        await condition(allHandlersFinished);
        return end;
      }),
    get entry() {
      return entry;
    },
  };
}

/** True for every command but `enter`, because the validator accepts no other command at a stop. */
function isAllowedAt<S extends Stop>(stop: S, command: ReceivedCommand): command is CommandReceivedAt<S> {
  return command.command !== 'enter' && accepts(stop, command.command);
}

function isFromClerk(sent: ReceivedCommand): sent is CommandFromClerk {
  return isClerkCommand(sent.command);
}

function clerkRequestOf(sent: CommandFromClerk): ClerkRequest {
  switch (sent.command) {
    case 'review':
      return { command: sent.command, ...sent.payload };
    case 'withdraw':
      return { command: sent.command, ...sent.payload };
    case 'decide':
    case 'propose': {
      const { decision, reason } = sent.payload;
      return { command: sent.command, decision, reason };
    }
  }
}
