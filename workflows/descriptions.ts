import type { MatterStatus } from '../activities/matter';
import type { Proposal } from '../domain/decisions';
import type { HoldReason } from '../domain/matter-states';
import type { Step } from '../domain/steps';
import type { StuckCause } from '../domain/stuck';
import type { JourneyView } from './contract';

/** What operators read in Temporal's UI about a workflow: Chinese first, then codes, and no personal data. */

const stepTexts: Partial<Record<Step, string>> = {
  face: '等待本人刷脸核验 · waiting for the face check',
  'face-failed': '刷脸核验未通过，等待本人重试 · face check failed, waiting for another try',
  'bank-card': '等待本人提交银行卡 · waiting for the bank card',
  portrait: '等待本人确认人像 · waiting for the portrait to be confirmed',
  'to-dos': '本人查看待办事项 · at the to-dos',
  'matter-face': '等待本人为业务刷脸核验 · waiting for the face check of a matter',
  signing: '等待本人签字 · waiting for the signature',
  completed: '本次确认已完成 · a confirmation is complete',
  stuck: '受阻，等待经办人员处理 · stuck, waiting for a clerk',
  closed: '已结束 · closed',
};

export function describe(
  { step, revision, codes }: JourneyView,
  cause?: StuckCause,
  proposal?: Proposal,
): string {
  return [
    `**${step}** ${stepTexts[step] ?? ''}`,
    ...(cause ? [`cause: \`${cause}\``] : []),
    ...(proposal
      ? [`等待另一经办人员复核 · proposed, waits for the second clerk: \`${proposal.decision}\``]
      : []),
    ...(codes.length > 0 ? [`codes: ${codes.map((code) => `\`${code}\``).join(', ')}`] : []),
    `revision ${revision}`,
  ].join('\n\n');
}

const holdTexts: Record<HoldReason, string> = {
  flagged: '有严重标记，等待审核 · held, a severe flag waits for a reviewer',
  'evidence-doubtful':
    '存证核对不符，等待运维处理 · held, the evidence does not prove it: an operator must look',
};

const sealTexts: Record<NonNullable<MatterStatus['evidence']>, string> = {
  unsealed: '存证正在封存 · evidence is being sealed',
  unstamped: '存证暂缺时间戳 · evidence has no time stamp yet',
};

export function describeMatter({
  state,
  held,
  doubt,
  evidence,
  deliveriesWaiting,
  wakeAt,
}: MatterStatus): string {
  return [
    `**${state}**`,
    ...(held ? [holdTexts[held]] : []),
    ...(doubt ? [`code: \`${doubt.code}\``] : []),
    ...(evidence ? [sealTexts[evidence]] : []),
    ...(deliveriesWaiting ? ['回调等待确认 · callbacks wait to be acknowledged'] : []),
    ...(wakeAt ? [`下次查看 · looks again at ${wakeAt}`] : []),
  ].join('\n\n');
}
