import type { RefusalReason } from './refusals';

/**
 * Where a journey can stand and what may be said to it there: the whole of the rules, asked by the workflow's validators,
 * by the api and, through `allowed`, by the mini-program.
 */

/** Everything that can be said to a journey, and what is said with it. Never a name, number or card: those are sealed first. */
export interface Commands {
  /** Who the person is. `input` is the sealed entry. Begins a journey, or comes back to one. */
  enter: { input: string };
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
  confirm: { toDo: string; textHash: string };
  /** 「这不是我办的」 */
  refuse: { toDo: string; reason: RefusalReason };
  /** 【取消】 on the signing page: this verification is void, the to-do stays. */
  cancel: object;
  /** `input` is the sealed signature. */
  sign: { input: string };
  /** From a matter that is stuck back to the to-dos. */
  back: object;
  /** The person is done, or gives up. */
  close: object;
  /** What a clerk decided about a stuck journey. */
  decide: { decision: Decision };
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
  'cancel',
  'sign',
  'back',
  'close',
  'decide',
] as const satisfies readonly (keyof Commands)[];

export type Command = keyof Commands;

/** `retry` does the failed work again; `close` gives it up: before the to-dos the journey, within a matter that matter. */
export type Decision = 'retry' | 'close';

interface Rules {
  /** What the person may do there. */
  allowed: readonly Command[];
  /** What people and the api call it, where two stops look the same to them. */
  step?: string;
  /** A place where nothing is under way, so that a long history may be cut here. */
  rest?: true;
}

const stops = {
  face: { allowed: ['start-face', 'report-face', 'decline'] },
  'face-failed': { allowed: ['start-face', 'decline'] },
  'bank-card': { allowed: ['submit-card', 're-enter'] },
  portrait: { allowed: ['confirm-portrait', 're-enter'] },
  'to-dos': { allowed: ['confirm', 'refuse', 'close'], rest: true },
  'matter-face': { allowed: ['start-face', 'report-face', 'decline', 'refuse'] },
  'matter-face-failed': { step: 'face-failed', allowed: ['start-face', 'decline', 'refuse'] },
  signing: { allowed: ['sign', 'cancel', 'refuse'] },
  completed: { allowed: ['confirm', 'refuse', 'close'], rest: true },
  stuck: { allowed: ['close'] },
  /** Stuck belongs to one matter, the others stay usable. */
  'matter-stuck': { step: 'stuck', allowed: ['back', 'refuse', 'close'] },
  /** Before the first `enter` is heard: no person ever sees it. */
  entry: { allowed: [], rest: true },
  closed: { allowed: [] },
} as const satisfies Record<string, Rules>;

/** A place in the journey where it waits to be told something. */
export type Stop = keyof typeof stops;

/** What can be heard at a stop beside `enter` and `decide`, which `ask` deals with itself. */
export type CommandAt<S extends Stop> = (typeof stops)[S]['allowed'][number];

/** What machine work is under way after a command, for as long as its answer is awaited. */
const working = {
  enter: 'certificate-check',
  'start-face': 'face-start',
  'report-face': 'face-check',
  'submit-card': 'bank-card-check',
  sign: 'signature-check',
} as const satisfies Partial<Record<Command, string>>;

export type MachineStep = (typeof working)[keyof typeof working] | 'working';

export type Step = Exclude<Stop, 'matter-face-failed' | 'matter-stuck'> | MachineStep;

export const stopNames = Object.keys(stops) as Stop[];

export function stepOf(stop: Stop): Step {
  const { step }: { step?: Step } = stops[stop] as Rules & { step?: Step };
  return step ?? (stop as Step);
}

export function machineStepOf(command: Command): MachineStep {
  return (working as Partial<Record<Command, MachineStep>>)[command] ?? 'working';
}

/** What the person may do at a stop. */
export function allowedAt(stop: Stop): readonly Command[] {
  return stops[stop].allowed;
}

/**
 * Whether a stop accepts a command. Coming back (`enter`) is always possible but where all is over: it proves nothing and
 * moves nobody else; deciding is possible where a clerk is waited for.
 */
export function accepts(stop: Stop, command: Command): boolean {
  if (command === 'enter') return stop !== 'closed';
  if (command === 'decide') return stepOf(stop) === 'stuck';
  return allowedAt(stop).includes(command);
}

export function isRest(stop: Stop): boolean {
  return 'rest' in stops[stop];
}
