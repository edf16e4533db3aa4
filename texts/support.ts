import { supportInEnglish } from './support.en';
import { supportInChinese } from './support.zh-CN';

/** What the support page says. */
export interface Support {
  /** The WeChat account that answers. */
  account: string;
  howTo: readonly string[];
  questions: readonly { question: string; answer: string }[];
}

export const support = { 'zh-CN': supportInChinese, en: supportInEnglish };
