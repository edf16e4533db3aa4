import Taro from '@tarojs/taro';
import { createContext, useContext } from 'react';
import { en } from './en';
import { zhCN } from './zh-CN';
import type { Texts } from './zh-CN';

export type Language = 'zh-CN' | 'en';

const catalogues: Record<Language, Texts> = { 'zh-CN': zhCN, en };

/** The language of the page; a page without a switch of its own has the one that was kept. */
export const LanguageContext = createContext<Language | undefined>(undefined);

export function useTexts(): Texts {
  return catalogues[useContext(LanguageContext) ?? keptLanguage()];
}

export function keptLanguage(): Language {
  return Taro.getStorageSync('language') === 'en' ? 'en' : 'zh-CN';
}

/** Puts what is known into a text: `{left}` becomes `values.left`. */
export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** A time in China, to the minute. */
export function timeOf(iso: string): string {
  const china = new Date(new Date(iso).getTime() + 8 * 3_600_000).toISOString();
  return `${china.slice(0, 10)} ${china.slice(11, 16)}`;
}
