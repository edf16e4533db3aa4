import { supportInEnglish } from './support.en';
import { supportInChinese } from './support.zh-CN';

/** 【技术支持】 and 常见问题, as people read them. */
export const support = { 'zh-CN': supportInChinese, en: supportInEnglish };
