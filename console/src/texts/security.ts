import { securityInEnglish } from './security.en';
import { securityInChinese } from './security.zh-CN';

/** Words about second factors and own sessions, which are loaded with the parts that show them. */
export const securityTexts = { 'zh-CN': securityInChinese, en: securityInEnglish };
