import type { Decision, FourEyesDecision, SingleDecision, Verdict } from './decisions';
import type { StuckCause } from './stuck';

/**
 * Why clerks decide as they do: the sentences that they choose from, by what they say. A reason is about the case and never about the
 * person, so it may stand in histories and in the record of actions; what is particular stands in a note, which is sealed.
 */

/** What a clerk gives a reason for: a decision, or the verdict on that of another. */
export type Reasoned = Decision | Verdict;

interface Reason {
  for: readonly Reasoned[];
  /** Where it fits; without, wherever the decision does. */
  causes?: readonly StuckCause[];
  zh: string;
  en: string;
}

const ofVendors = ['vendor-unavailable', 'vendor-refused', 'source-unusable', 'result-undecidable'] as const;
const ofOurs = ['data-key-unavailable', 'system-fault'] as const;

const reasons = {
  'service-restored': {
    for: ['retry'],
    causes: ['vendor-unavailable', 'vendor-refused', 'source-unusable'],
    zh: '核验服务已恢复正常。',
    en: 'The checking service works again.',
  },
  'setting-corrected': {
    for: ['retry'],
    causes: ['vendor-refused', ...ofOurs],
    zh: '接口授权或者系统配置已更正。',
    en: 'A contract or a setting was corrected.',
  },
  'fault-repaired': {
    for: ['retry'],
    causes: ofOurs,
    zh: '系统故障已排除。',
    en: 'The fault of the system is repaired.',
  },
  'source-updated': {
    for: ['retry'],
    causes: ['source-unusable', 'result-undecidable', 'name-mismatch-suspected'],
    zh: '当事人已向数据来源单位更新信息。',
    en: 'The person has had the source of the data corrected.',
  },
  'check-once-more': {
    for: ['retry'],
    causes: [...ofVendors, 'name-mismatch-suspected'],
    zh: '首次核验无结论，再次核验。',
    en: 'The first check had no result; it is done once more.',
  },
  'person-identified': {
    for: ['grant-attempts'],
    zh: '已联系当事人，确认为本人操作。',
    en: 'The person was reached, and it was they who tried.',
  },
  'technical-failures': {
    for: ['grant-attempts'],
    zh: '此前未通过系设备、网络或者光线原因所致。',
    en: 'Device, network or light made the checks fail.',
  },
  'due-today': {
    for: ['grant-attempts'],
    zh: '登记事项当日到期，当事人申请增加次数。',
    en: 'The registration is due today, and the person asks for more attempts.',
  },
  'identity-not-shown': {
    for: ['reject', 'decline'],
    zh: '当事人未能证明其身份。',
    en: 'The person could not show who they are.',
  },
  'document-doubtful': {
    for: ['reject', 'decline'],
    zh: '证件或者材料真实性存疑。',
    en: 'It is doubtful whether the document is genuine.',
  },
  'another-person': {
    for: ['reject', 'decline'],
    zh: '到场或者操作人员与证件所载不是同一人。',
    en: 'Who came or acted is not the person of the document.',
  },
  'person-asks': {
    for: ['close'],
    zh: '当事人申请终止本次办理。',
    en: 'The person asks for it.',
  },
  'person-not-reached': {
    for: ['close'],
    zh: '多次联系当事人未果。',
    en: 'The person could not be reached.',
  },
  'begun-anew': {
    for: ['close'],
    zh: '当事人已另行发起办理。',
    en: 'The person has begun another journey.',
  },
  'not-repairable': {
    for: ['close'],
    causes: [...ofVendors, ...ofOurs],
    zh: '本次办理无法继续，请当事人重新发起。',
    en: 'This journey cannot go on; the person should begin anew.',
  },
  'chosen-by-person': {
    for: ['accept'],
    causes: ['in-person', 'locked-out'],
    zh: '当事人选择到窗口办理。',
    en: 'The person chose the window.',
  },
  'no-online-check': {
    for: ['accept'],
    zh: '该证件或者当事人不具备线上核验条件。',
    en: 'There is no online check for this document or person.',
  },
  'online-check-failed': {
    for: ['accept'],
    zh: '线上核验无法得出结果，改由人工核对。',
    en: 'The online check gives no result; clerks compare instead.',
  },
  'rare-character': {
    for: ['correct-name'],
    zh: '姓名含生僻字，各系统写法不一致。',
    en: 'Systems write a rare character of the name in different ways.',
  },
  'writing-of-document': {
    for: ['correct-name'],
    zh: '填写内容与证件所载姓名写法不一致。',
    en: 'The name is written differently on the document.',
  },
  'compared-and-agrees': {
    for: ['approve'],
    zh: '已核对材料，与拟作决定一致。',
    en: 'What was seen was compared and agrees with the proposal.',
  },
  'asked-and-confirmed': {
    for: ['approve'],
    zh: '已另行向当事人或者有关单位核实。',
    en: 'The person or an authority was asked and confirms it.',
  },
  'scan-unclear': {
    for: ['decline'],
    zh: '扫描件不清晰或者不完整。',
    en: 'The scan is unclear or incomplete.',
  },
  'does-not-agree': {
    for: ['decline'],
    zh: '材料与拟作决定不一致。',
    en: 'What was seen does not agree with the proposal.',
  },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof reasons;

/** The reasons for one decision or verdict. */
export type ReasonFor<D extends Reasoned> = D extends Reasoned
  ? { [R in ReasonCode]: D extends (typeof reasons)[R]['for'][number] ? R : never }[ReasonCode]
  : never;

/** A decision of one clerk with its reason. `attempts` are those to grant. */
export type ReasonedDecision = {
  [D in SingleDecision]: { decision: D; reason: ReasonFor<D> } & (D extends 'grant-attempts'
    ? { attempts: number }
    : { attempts?: undefined });
}[SingleDecision];

/** A verdict with its reason. */
export type ReasonedVerdict = { [V in Verdict]: { verdict: V; reason: ReasonFor<V> } }[Verdict];

export const reasonCodes = Object.keys(reasons) as [ReasonCode, ...ReasonCode[]];

/** The sentences of a reason, in Chinese and English. */
export function reasonSentences(code: ReasonCode): { zh: string; en: string } {
  return reasons[code];
}

/** The reasons for a decision or verdict about a journey with this cause. */
export function reasonsFor(decided: Reasoned, cause: StuckCause): ReasonCode[] {
  return reasonCodes.filter((code) => fits(code, decided, cause));
}

/** Whether this is a reason for what is proposed. */
export function isReasonFor<D extends FourEyesDecision>(
  proposed: D,
  reason: ReasonCode,
): reason is ReasonFor<D> {
  return fits(reason, proposed);
}

/** Whether all of a decision belongs together. */
export function isReasonedDecision(sent: {
  decision: SingleDecision;
  reason: ReasonCode;
  attempts?: number;
}): sent is ReasonedDecision {
  const grants = sent.decision === 'grant-attempts';
  return fits(sent.reason, sent.decision) && grants === (sent.attempts !== undefined);
}

/** Whether this is a reason for that verdict. */
export function isReasonedVerdict(sent: { verdict: Verdict; reason: ReasonCode }): sent is ReasonedVerdict {
  return fits(sent.reason, sent.verdict);
}

function fits(code: ReasonCode, decided: Reasoned, cause?: StuckCause): boolean {
  const { for: of, causes }: Reason = reasons[code];
  return of.includes(decided) && (cause === undefined || (causes?.includes(cause) ?? true));
}
