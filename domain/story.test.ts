import { storyOf } from './story';
import type { StoryRecords } from './story';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 1, minute));
const MINUTE = 60_000;
const nothing: StoryRecords = {
  ...{ enteredAt: at(0), consents: [], attempts: [], stuckPeriods: [], decisions: [], confirmations: [] },
};
const attempt: StoryRecords['attempts'][number] = {
  ...{ purpose: 'identity-face', state: 'passed', codes: [], startedAt: at(1), endedAt: at(2) },
  ...{ isAttack: false, isSigned: false, isUsed: false },
};
const check = { kind: 'check', check: 'identity-face', number: 1, codes: [], tookMs: MINUTE } as const;

describe('the story of a journey', () => {
  it('begins with the entry', () => {
    expect(storyOf(nothing)).toEqual([{ kind: 'entered', at: at(0) }]);
  });

  it.each<[string, Partial<StoryRecords>, object[]]>([
    [
      'consents given together are one event, and their withdrawal another',
      {
        consents: [
          { kind: 'personal-information', givenAt: at(0) },
          { kind: 'bank-card-notice', givenAt: at(0), withdrawnAt: at(3) },
        ],
      },
      [
        { kind: 'consented', at: at(0), consents: ['personal-information', 'bank-card-notice'] },
        { kind: 'consent-withdrawn', at: at(3), consents: ['bank-card-notice'] },
      ],
    ],
    [
      'checks are numbered by kind, day in China and matter, whatever order they are read in',
      {
        attempts: [
          { ...attempt, startedAt: at(5), endedAt: at(6) },
          { ...attempt, state: 'failed', codes: ['face_picture_poor'] },
          { ...attempt, purpose: 'in-person', state: 'refunded' },
          { ...attempt, purpose: 'matter-face', toDoId: 't', startedAt: at(7), endedAt: at(8) },
          // 16:30 of the day in UTC is the next day in China.
          {
            ...attempt,
            startedAt: new Date(Date.UTC(2026, 2, 1, 16, 30)),
            endedAt: undefined,
            state: 'started',
          },
        ],
      },
      [
        { ...check, at: at(1), state: 'failed', codes: ['face_picture_poor'] },
        { ...check, at: at(5), number: 2, state: 'passed' },
        { ...check, at: at(7), check: 'matter-face', toDoId: 't', state: 'passed' },
        { ...check, at: new Date(Date.UTC(2026, 2, 1, 16, 30)), state: 'started', tookMs: undefined },
      ],
    ],
    [
      'a check says what became of it, of an attack, and when its picture was archived',
      {
        attempts: [
          { ...attempt, isUsed: true },
          { ...attempt, startedAt: at(3), endedAt: at(4), isUsed: true, isSigned: true, archivedAt: at(9) },
          { ...attempt, startedAt: at(5), endedAt: at(6), state: 'failed', isAttack: true },
        ],
      },
      [
        { ...check, at: at(1), state: 'passed', use: 'void' },
        { ...check, at: at(3), number: 2, state: 'passed', use: 'signed' },
        { ...check, at: at(5), number: 3, state: 'failed', isAttack: true },
        { kind: 'portrait-archived', at: at(9) },
      ],
    ],
    [
      'a decision ends a stuck period in the order of cause and effect, and says how long it waited',
      {
        stuckPeriods: [{ cause: 'vendor-refused', enteredAt: at(1), leftAt: at(4), leftBy: 'decide' }],
        decisions: [{ id: 'd-1', decision: 'retry', state: 'taken', clerk: 'one', decidedAt: at(4) }],
      },
      [
        { kind: 'stuck', at: at(1), cause: 'vendor-refused' },
        {
          kind: 'decided',
          decisionId: 'd-1',
          at: at(4),
          decision: 'retry',
          clerk: 'one',
          tookMs: 3 * MINUTE,
        },
        { kind: 'unstuck', at: at(4), cause: 'vendor-refused', by: 'decide', tookMs: 3 * MINUTE },
      ],
    ],
    [
      'a proposal names the reviewer who settled it, and nobody where it became void',
      {
        stuckPeriods: [{ cause: 'in-person', enteredAt: at(1) }],
        decisions: [
          {
            ...{
              id: 'd-1',
              decision: 'accept',
              state: 'void',
              clerk: 'one',
              reviewer: 'two',
              acceptance: 'on-site',
            },
            ...{ decidedAt: at(2), settledAt: at(3) },
          },
          {
            ...{
              id: 'd-2',
              decision: 'accept',
              state: 'approved',
              clerk: 'one',
              reviewer: 'two',
              acceptance: 'on-site',
            },
            ...{ decidedAt: at(4), settledAt: at(6) },
          },
        ],
      },
      [
        { kind: 'stuck', at: at(1), cause: 'in-person' },
        {
          kind: 'proposed',
          decisionId: 'd-1',
          at: at(2),
          decision: 'accept',
          clerk: 'one',
          acceptance: 'on-site',
          tookMs: MINUTE,
        },
        { kind: 'reviewed', decisionId: 'd-1', at: at(3), verdict: 'void', tookMs: MINUTE },
        {
          ...{ kind: 'proposed', at: at(4), decision: 'accept', clerk: 'one', acceptance: 'on-site' },
          decisionId: 'd-2',
          tookMs: 3 * MINUTE,
        },
        {
          kind: 'reviewed',
          decisionId: 'd-2',
          at: at(6),
          verdict: 'approved',
          reviewer: 'two',
          tookMs: 2 * MINUTE,
        },
      ],
    ],
    [
      'a signature comes before its seal, and a refusal has its reason',
      {
        confirmations: [
          {
            ...{ toDoId: 't', state: 'confirmed', evidenceNumber: 'E-1' },
            ...{ settledAt: at(5), sealedAt: at(5) },
          },
          { toDoId: 'u', state: 'refused', reason: 'not-me', settledAt: at(3) },
        ],
      },
      [
        { kind: 'settled', at: at(3), toDoId: 'u', state: 'refused', reason: 'not-me' },
        { kind: 'settled', at: at(5), toDoId: 't', state: 'confirmed', evidenceNumber: 'E-1' },
        { kind: 'sealed', at: at(5), toDoId: 't', evidenceNumber: 'E-1', tookMs: 0 },
      ],
    ],
    [
      'a seal, which tells whole seconds, does not come before the signature of the same second',
      {
        confirmations: [
          {
            ...{ toDoId: 't', state: 'confirmed', evidenceNumber: 'E-1' },
            ...{ settledAt: new Date(at(5).getTime() + 700), sealedAt: at(5) },
          },
        ],
      },
      ['settled', 'sealed'].map((kind) => ({
        ...{ kind, at: new Date(at(5).getTime() + 700), toDoId: 't', evidenceNumber: 'E-1' },
        ...(kind === 'settled' ? { state: 'confirmed' } : { tookMs: 0 }),
      })),
    ],
  ])('%s', (_, records, events) => {
    expect(storyOf({ ...nothing, ...records })).toEqual([{ kind: 'entered', at: at(0) }, ...events]);
  });
});
