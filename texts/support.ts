import { supportInEnglish } from './support.en';
import { supportInChinese } from './support.zh-CN';

/** The content of the page 【技术支持】 and 常见问题 (support and frequent questions). */
export const support = { 'zh-CN': supportInChinese, en: supportInEnglish };
