import type { FlagVerdict } from './flags';

/** Why a reviewer clears or upholds a flag: as in reasons.ts, about the case and never about the person. */
const reasons = {
  'shared-with-leave': {
    for: 'cleared',
    zh: '已核实多人经同意共用手机或者账号，均由本人办理。',
    en: 'Several persons share the phone or the account by consent, and each acted for themselves.',
  },
  'person-confirms': {
    for: 'cleared',
    zh: '已联系当事人，确认由本人办理。',
    en: 'The person was reached and confirms it.',
  },
  'checked-in-person': {
    for: 'cleared',
    zh: '当事人已到窗口，核对证件原件无误。',
    en: 'The person came to the window, and the document agrees.',
  },
  'reported-in-error': {
    for: 'cleared',
    zh: '核查办理记录，该提示系误报。',
    en: 'The records of the checks show that the flag is an error.',
  },
  'person-denies': {
    for: 'upheld',
    zh: '当事人否认由本人办理。',
    en: 'The person denies having confirmed.',
  },
  'face-differs': {
    for: 'upheld',
    zh: '经比对，人像与当事人不符。',
    en: 'The picture was compared and is not of the person.',
  },
  'attack-proven': {
    for: 'upheld',
    zh: '经核查，核验过程存在攻击或者伪造。',
    en: 'The check was attacked or forged.',
  },
  'used-for-others': {
    for: 'upheld',
    zh: '经核查，同一手机或者账号冒用多人身份。',
    en: 'One phone or account was used in the names of several persons.',
  },
} as const satisfies Record<string, { for: FlagVerdict; zh: string; en: string }>;

export type FlagReason = keyof typeof reasons;

export const flagReasons = Object.keys(reasons) as [FlagReason, ...FlagReason[]];

/** The sentences of a reason, in Chinese and English. */
export function flagReasonSentences(code: FlagReason): { zh: string; en: string } {
  return reasons[code];
}

/** The reasons for a verdict. */
export function flagReasonsFor(verdict: FlagVerdict): FlagReason[] {
  return flagReasons.filter((code) => reasons[code].for === verdict);
}
