import { mattersInEnglish } from './matters.en';
import { mattersInChinese } from './matters.zh-CN';

/** Words about matters, which are loaded with their pages. */
export const matterTexts = { 'zh-CN': mattersInChinese, en: mattersInEnglish };
