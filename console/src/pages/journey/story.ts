import type { Journey } from '../../client';

type Period = Journey['stuckPeriods'][number];
type Decision = Journey['decisions'][number];

/** One thing that happened in a journey. */
export type Event = { at: string; key: string } & (
  | { kind: 'stuck'; cause: Period['cause'] }
  | { kind: 'left'; by: Period['leftBy']; tookMs: number }
  | { kind: 'decided'; decision: Decision }
  | { kind: 'settled'; decision: Decision }
);

const ORDER = ['stuck', 'decided', 'settled', 'left'];

/** What happened, in the order of time; what happened at the same time in the order of cause and effect. */
export function storyOf({ stuckPeriods, decisions }: Pick<Journey, 'stuckPeriods' | 'decisions'>): Event[] {
  const ofPeriods = stuckPeriods.flatMap(({ cause, enteredAt, leftAt, leftBy }): Event[] => [
    { kind: 'stuck', at: enteredAt, key: `stuck ${enteredAt}`, cause },
    ...(leftAt
      ? [
          {
            kind: 'left' as const,
            at: leftAt,
            key: `left ${leftAt}`,
            by: leftBy,
            tookMs: Date.parse(leftAt) - Date.parse(enteredAt),
          },
        ]
      : []),
  ]);
  const ofDecisions = decisions.flatMap((decision): Event[] => [
    { kind: 'decided', at: decision.decidedAt, key: `decided ${decision.id}`, decision },
    ...(decision.settledAt && decision.state !== 'taken'
      ? [{ kind: 'settled' as const, at: decision.settledAt, key: `settled ${decision.id}`, decision }]
      : []),
  ]);
  return [...ofPeriods, ...ofDecisions].sort(
    (one, other) =>
      Date.parse(one.at) - Date.parse(other.at) || ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind),
  );
}
