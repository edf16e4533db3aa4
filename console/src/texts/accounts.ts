import { accountsInEnglish } from './accounts.en';
import { accountsInChinese } from './accounts.zh-CN';

/** Words about accounts, which are loaded with their pages. */
export const accountTexts = { 'zh-CN': accountsInChinese, en: accountsInEnglish };
