import type { AttemptState, CheckPurpose } from './attempts';
import type { ConsentKind } from './consents';
import type { AcceptanceKind, Decision, DecisionState } from './decisions';
import type { ConfirmationState } from './matter-states';
import type { ConfirmationRejection } from './refusals';
import { shanghaiDay } from './shanghai-time';
import type { Command } from './steps';
import type { StuckCause } from './stuck';

/** What is on record about a journey, by kind. */
export interface StoryRecords {
  /** When the visit began that the journey is in now. */
  enteredAt: Date;
  consents: readonly { kind: ConsentKind; toDoId?: string; givenAt: Date; withdrawnAt?: Date }[];
  attempts: readonly {
    purpose: CheckPurpose;
    state: AttemptState;
    /** Why it was not passed. */
    codes: readonly string[];
    toDoId?: string;
    isAttack: boolean;
    isSigned: boolean;
    /** Whether it proves nothing any more. */
    isUsed: boolean;
    startedAt: Date;
    endedAt?: Date;
    archivedAt?: Date;
  }[];
  stuckPeriods: readonly {
    cause: StuckCause;
    toDoId?: string;
    enteredAt: Date;
    leftAt?: Date;
    leftBy?: Command | 'time';
  }[];
  decisions: readonly {
    id: string;
    decision: Decision;
    state: DecisionState;
    toDoId?: string;
    clerk?: string;
    operator?: string;
    reviewer?: string;
    acceptance?: AcceptanceKind;
    /** How many were granted. */
    attempts?: number;
    decidedAt: Date;
    settledAt?: Date;
  }[];
  confirmations: readonly {
    toDoId: string;
    state: ConfirmationState;
    reason?: ConfirmationRejection;
    evidenceNumber?: string;
    settledAt: Date;
    sealedAt?: Date;
  }[];
}

type Of<K extends keyof StoryRecords> = StoryRecords[K] extends readonly (infer Row)[] ? Row : never;

/** One thing that happened in a journey. `tookMs`: how long it took, or how long it waited until then. */
export type StoryEvent = { at: Date; toDoId?: string } & (
  | { kind: 'entered' }
  | { kind: 'consented' | 'consent-withdrawn'; consents: ConsentKind[] }
  | {
      kind: 'check';
      check: CheckPurpose;
      /** Counts the checks of this kind, for this matter, on this day in China. */
      number: number;
      state: AttemptState;
      codes: string[];
      isAttack?: true;
      /** What became of what it proved. */
      use?: 'signed' | 'void';
      tookMs?: number;
    }
  | { kind: 'stuck'; cause: StuckCause }
  | { kind: 'unstuck'; cause: StuckCause; by: Command | 'time'; tookMs: number }
  | ({ kind: 'decided' | 'proposed'; decisionId: string; tookMs?: number } & Pick<
      Of<'decisions'>,
      'decision' | 'clerk' | 'operator' | 'acceptance' | 'attempts'
    >)
  | {
      kind: 'reviewed';
      decisionId: string;
      verdict: Exclude<DecisionState, 'taken' | 'proposed'>;
      reviewer?: string;
      tookMs: number;
    }
  | ({ kind: 'settled' } & Pick<Of<'confirmations'>, 'state' | 'reason' | 'evidenceNumber'>)
  | { kind: 'sealed'; evidenceNumber?: string; tookMs: number }
  | { kind: 'portrait-archived' }
);

/** What happened at the same time is told in the order of cause and effect. */
const ORDER: readonly StoryEvent['kind'][] = [
  'entered',
  'consented',
  'check',
  'stuck',
  'decided',
  'proposed',
  'reviewed',
  'unstuck',
  'settled',
  'sealed',
  'portrait-archived',
  'consent-withdrawn',
];

/** What happened in a journey, the oldest first, from what is on record. */
export function storyOf(records: StoryRecords): StoryEvent[] {
  const events: StoryEvent[] = [
    { kind: 'entered', at: records.enteredAt },
    ...ofConsents(records.consents),
    ...ofAttempts(records.attempts),
    ...records.stuckPeriods.flatMap(ofStuckPeriod),
    ...records.decisions.flatMap((decision) => ofDecision(decision, records.stuckPeriods)),
    ...records.confirmations.flatMap(ofConfirmation),
  ];
  return events.sort(
    (one, other) =>
      one.at.getTime() - other.at.getTime() || ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind),
  );
}

/** Those that were given, or withdrawn, at one time for one matter are one event. */
function ofConsents(consents: StoryRecords['consents']): StoryEvent[] {
  const told = new Map<string, Extract<StoryEvent, { consents: ConsentKind[] }>>();
  const tell = (
    kind: 'consented' | 'consent-withdrawn',
    { kind: consent, toDoId }: Of<'consents'>,
    at: Date,
  ) => {
    const key = `${kind} ${at.getTime()} ${toDoId ?? ''}`;
    const event = told.get(key) ?? { kind, at, toDoId, consents: [] };
    event.consents.push(consent);
    told.set(key, event);
  };
  for (const consent of consents) {
    tell('consented', consent, consent.givenAt);
    if (consent.withdrawnAt) tell('consent-withdrawn', consent, consent.withdrawnAt);
  }
  return [...told.values()];
}

function ofAttempts(attempts: StoryRecords['attempts']): StoryEvent[] {
  const counts = new Map<string, number>();
  return (
    attempts
      // The stuck period says that somebody chose the window.
      .filter(({ purpose }) => purpose !== 'in-person')
      .sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime())
      .flatMap((attempt): StoryEvent[] => {
        const { purpose, toDoId, state, codes, startedAt, endedAt, archivedAt } = attempt;
        const counted = `${purpose} ${toDoId ?? ''} ${shanghaiDay(startedAt)}`;
        const number = (counts.get(counted) ?? 0) + 1;
        counts.set(counted, number);
        const use = attempt.isSigned ? 'signed' : attempt.isUsed ? 'void' : undefined;
        const check: StoryEvent = {
          ...{ kind: 'check', at: startedAt, toDoId, check: purpose, number, state, codes: [...codes] },
          ...(attempt.isAttack && { isAttack: true }),
          ...(use && { use }),
          ...(endedAt && { tookMs: between(startedAt, endedAt) }),
        };
        return archivedAt ? [check, { kind: 'portrait-archived', at: archivedAt, toDoId }] : [check];
      })
  );
}

function ofStuckPeriod({ cause, toDoId, enteredAt, leftAt, leftBy }: Of<'stuckPeriods'>): StoryEvent[] {
  const stuck: StoryEvent = { kind: 'stuck', at: enteredAt, toDoId, cause };
  if (!leftAt) return [stuck];
  const by = leftBy ?? 'time';
  return [stuck, { kind: 'unstuck', at: leftAt, toDoId, cause, by, tookMs: between(enteredAt, leftAt) }];
}

function ofDecision(row: Of<'decisions'>, periods: StoryRecords['stuckPeriods']): StoryEvent[] {
  const { id: decisionId, state, toDoId, decision, decidedAt, settledAt } = row;
  const { clerk, operator, acceptance, attempts } = row;
  const since = periods.find(
    ({ enteredAt, leftAt }) => enteredAt <= decidedAt && (leftAt === undefined || decidedAt <= leftAt),
  )?.enteredAt;
  const decided: StoryEvent = {
    ...{ kind: state === 'taken' ? 'decided' : 'proposed', at: decidedAt, toDoId, decision },
    ...{ decisionId, clerk, operator, acceptance, attempts },
    ...(since && { tookMs: between(since, decidedAt) }),
  };
  if (state === 'taken' || state === 'proposed' || !settledAt) return [decided];
  const by = state === 'approved' || state === 'declined' ? { reviewer: row.reviewer } : {};
  const tookMs = between(decidedAt, settledAt);
  return [decided, { kind: 'reviewed', at: settledAt, toDoId, decisionId, verdict: state, ...by, tookMs }];
}

function ofConfirmation(row: Of<'confirmations'>): StoryEvent[] {
  const { toDoId, state, reason, evidenceNumber, settledAt, sealedAt } = row;
  const settled: StoryEvent = { kind: 'settled', at: settledAt, toDoId, state, reason, evidenceNumber };
  if (!sealedAt) return [settled];
  const tookMs = between(settledAt, sealedAt);
  // The seal tells whole seconds, and may seem earlier than what it seals.
  const at = tookMs === 0 ? settledAt : sealedAt;
  return [settled, { kind: 'sealed', at, toDoId, evidenceNumber, tookMs }];
}

function between(from: Date, until: Date): number {
  return Math.max(0, until.getTime() - from.getTime());
}
