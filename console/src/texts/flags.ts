import { flagsInEnglish } from './flags.en';
import { flagsInChinese } from './flags.zh-CN';

/** Words about flags, which are loaded with the parts that show them. */
export const flagTexts = { 'zh-CN': flagsInChinese, en: flagsInEnglish };
