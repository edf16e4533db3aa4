import type { AcceptanceKind } from './decisions';
import type { ReasonedDecision, ReasonedVerdict, ReasonFor } from './reasons';
import type { RefusalReason } from './refusals';

/**
 * The steps of a journey, and the commands that each allows. All rules stand here. The workflow's validators and the api use them, and,
 * through `allowed`, the mini-program.
 */

/** A to-do, and exactly the text of it that the person was shown. */
export interface DisplayedText {
  toDo: string;
  textHash: string;
}

/** The commands of a journey with their payloads. No payload has a name, number or card: those are sealed first. */
export interface Commands {
  /**
   * Begins or resumes a journey. `input` is the sealed entry. `atWindow`: without a face check, by
   * the person's choice, or opened by a clerk for somebody without a phone, for one to-do.
   */
  enter: { input: string; atWindow?: { displayed?: DisplayedText } };
  'start-face': object;
  /** The phone came back from the vendor's page; `attempt` is ours, the result is asked for. */
  'report-face': { attempt: string };
  /** 【暂不认证】, and "back" after a failed face check. */
  decline: object;
  /** `input` is the sealed card. */
  'submit-card': { input: string };
  /** 【查看待办事项】 below the captured picture. */
  'confirm-portrait': object;
  /** 【重新录入】 */
  're-enter': object;
  /** 【业务确认】, then 【确认】 below the details. `textHash` names the text that was shown. */
  confirm: DisplayedText;
  /** 「这不是我办的」 */
  refuse: { toDo: string; reason: RefusalReason };
  /** Asks the registration system to push a matter anew that is listed no more. */
  'ask-re-issue': { toDo: string };
  /** 【取消】 on the signing page: this verification is void, the to-do stays. */
  cancel: object;
  /** `input` is the sealed signature, `toDo` what it is for. */
  sign: { toDo: string; input: string };
  /** 「不刷脸，到窗口办理」 */
  'ask-in-person': object;
  /** From a matter that is stuck, or that waits for the person at the window, back to the to-dos. */
  back: object;
  /** From the window back to the check online. */
  'go-online': object;
  /** The person is done, or gives up. */
  close: object;
  /** The decision of a clerk about a stuck journey, or of an operator if no clerk can be reached. */
  decide: ReasonedDecision & Noted & ({ clerk: string } | { operator: string });
  /**
   * The proposal of a clerk to another: to accept, with the SHA-256 of the scanned paper that proves it and, sealed, what the clerk has
   * seen and the code of the phone at the window; or to correct a name, with the sealed name.
   */
  propose: { clerk: string } & Noted &
    (
      | {
          decision: 'accept';
          reason: ReasonFor<'accept'>;
          acceptance: AcceptanceKind;
          paperHash: string;
          input?: string;
        }
      | { decision: 'correct-name'; reason: ReasonFor<'correct-name'>; input: string }
    );
  /** The verdict of the second clerk. */
  review: { proposal: string; clerk: string } & Noted & ReasonedVerdict;
  /** The proposer takes back what nobody has reviewed. */
  withdraw: { proposal: string; clerk: string };
}

/** What a clerk may add to a decision in their own words: sealed, because it may name the person. */
interface Noted {
  noteInput?: string;
}

export const commandNames = [
  'enter',
  'start-face',
  'report-face',
  'decline',
  'submit-card',
  'confirm-portrait',
  're-enter',
  'confirm',
  'refuse',
  'ask-re-issue',
  'cancel',
  'sign',
  'ask-in-person',
  'back',
  'go-online',
  'close',
  'decide',
  'propose',
  'review',
  'withdraw',
] as const satisfies readonly (keyof Commands)[];

export type Command = keyof Commands;

/** The commands of clerks, at stops that wait for them. */
export const clerkCommands = [
  'decide',
  'propose',
  'review',
  'withdraw',
] as const satisfies readonly Command[];

export type ClerkCommand = (typeof clerkCommands)[number];

interface Rules {
  /** The commands that the person may send there. */
  allowed: readonly Command[];
  /** Its name for people and the api, where two stops look the same to them. */
  step?: string;
  /** A place where nothing is under way, so that a long history may be cut here. */
  rest?: true;
}

const stops = {
  face: { allowed: ['start-face', 'report-face', 'decline', 'ask-in-person'] },
  'face-failed': { allowed: ['start-face', 'decline', 'ask-in-person'] },
  'bank-card': { allowed: ['submit-card', 're-enter', 'ask-in-person'] },
  portrait: { allowed: ['confirm-portrait', 're-enter'] },
  'to-dos': { allowed: ['confirm', 'refuse', 'ask-re-issue', 'close'], rest: true },
  'matter-face': { allowed: ['start-face', 'report-face', 'decline', 'refuse', 'ask-in-person'] },
  'matter-face-failed': {
    step: 'face-failed',
    allowed: ['start-face', 'decline', 'refuse', 'ask-in-person'],
  },
  signing: { allowed: ['sign', 'cancel', 'refuse'] },
  completed: { allowed: ['confirm', 'refuse', 'ask-re-issue', 'close'], rest: true },
  stuck: { allowed: ['ask-in-person', 'close'] },
  /** Stuck belongs to one matter, the others stay usable. */
  'matter-stuck': { step: 'stuck', allowed: ['ask-in-person', 'back', 'refuse', 'close'] },
  /** At the window, by the person's own choice. */
  'in-person': { step: 'stuck', allowed: ['go-online', 'close'] },
  'matter-in-person': { step: 'stuck', allowed: ['go-online', 'back', 'refuse', 'close'] },
  /** Before the first `enter`: no person ever sees it. */
  entry: { allowed: [], rest: true },
  closed: { allowed: [] },
} as const satisfies Record<string, Rules>;

/** A place in the journey where it waits for a command. */
export type Stop = keyof typeof stops;

/** The stops that wait for a clerk. */
export type StuckStop = 'stuck' | 'matter-stuck' | 'in-person' | 'matter-in-person';

/** The commands that a stop receives besides `enter`, which the inbox handles itself. */
export type CommandAt<S extends Stop> =
  (typeof stops)[S]['allowed'][number] | (S extends StuckStop ? ClerkCommand : never);

/** The step that is shown while the machine works on a command. */
const working = {
  enter: 'certificate-check',
  'start-face': 'face-start',
  'report-face': 'face-check',
  'submit-card': 'bank-card-check',
  sign: 'signature-check',
} as const satisfies Partial<Record<Command, string>>;

export type MachineStep = (typeof working)[keyof typeof working] | 'working';

export type Step = Exclude<Stop, 'matter-face-failed' | Exclude<StuckStop, 'stuck'>> | MachineStep;

export const stopNames = Object.keys(stops) as Stop[];

/** Every step that people and the api know. */
export const stepNames = [
  ...new Set<Step>([...stopNames.map(stepOf), ...Object.values(working), 'working']),
] as [Step, ...Step[]];

export function stepOf(stop: Stop): Step {
  const { step }: { step?: Step } = stops[stop] as Rules & { step?: Step };
  return step ?? (stop as Step);
}

export function machineStepOf(command: Command): MachineStep {
  return (working as Partial<Record<Command, MachineStep>>)[command] ?? 'working';
}

/** The commands that the person may send at a stop. */
export function allowedAt(stop: Stop): readonly Command[] {
  return stops[stop].allowed;
}

/**
 * Whether a stop accepts a command. `enter` is always possible until the journey is closed, since it proves nothing and affects nobody
 * else. Commands of clerks are accepted at the stops that wait for a clerk.
 */
export function accepts(stop: Stop, command: Command): boolean {
  if (command === 'enter') return stop !== 'closed';
  if (isClerkCommand(command)) return stepOf(stop) === 'stuck';
  return allowedAt(stop).includes(command);
}

export function isClerkCommand(command: Command): command is ClerkCommand {
  return (clerkCommands as readonly Command[]).includes(command);
}

export function isRest(stop: Stop): boolean {
  return 'rest' in stops[stop];
}
