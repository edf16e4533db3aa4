import type { LookReason } from '../../../domain/looks';

const inChinese: Record<LookReason, string> = {
  'at-window': '当事人在窗口，核对证件',
  'name-writing': '核对姓名写法',
  review: '复核',
  inquiry: '当事人咨询',
  complaint: '核实投诉',
  flag: '核查风险提示',
};

const inEnglish: typeof inChinese = {
  'at-window': 'The person is at the window: compare the document',
  'name-writing': 'Compare how the name is written',
  review: 'Review',
  inquiry: 'The person asks',
  complaint: 'Look into a complaint',
  flag: 'Look into a flag',
};

/** Why a clerk looks at personal data. */
export const lookReasonTexts = { 'zh-CN': inChinese, en: inEnglish };
