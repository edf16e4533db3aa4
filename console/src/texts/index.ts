import { createContext, useContext } from 'react';
import { shanghaiMinute } from '../../../domain/shanghai-time';
import type { FailureCode, Journey, WorklistEntry } from '../client';
import { sharedWordsInChinese } from './shared-words.zh-CN';
import { zhCN } from './zh-CN';
import type { Texts } from './zh-CN';

type ToDo = NonNullable<Journey['toDo']>;

export interface SharedWords {
  document: (type: WorklistEntry['documentType']) => string;
  kind: (kind: ToDo['kind']) => string;
  role: (role: ToDo['roles'][number]) => string;
}

/** All words of one language. */
export interface Language {
  code: 'zh-CN' | 'en';
  texts: Texts;
  words: SharedWords;
  /** A message of the api to the person, by its code, where the api's own, which is Chinese, is not shown. */
  serverMessage?: (code: string) => string | undefined;
  /** The sentence for a refusal, where the api's own, which is Chinese, is not shown. */
  errorSentence?: (code: FailureCode) => string;
}

export const chinese: Language = { code: 'zh-CN', texts: zhCN, words: sharedWordsInChinese };

export async function loadEnglish(): Promise<Language> {
  const [{ en, errorsInEnglish }, { serverMessageInEnglish, sharedWordsInEnglish }] = await Promise.all([
    import('./en'),
    import('./shared-words.en'),
  ]);
  return {
    code: 'en',
    texts: en,
    words: sharedWordsInEnglish,
    serverMessage: serverMessageInEnglish,
    errorSentence: (code) => errorsInEnglish[code],
  };
}

export const LanguageContext = createContext({ language: chinese, change: () => {} });

export function useTexts(): Texts {
  return useContext(LanguageContext).language.texts;
}

export function useWords(): SharedWords {
  return useContext(LanguageContext).language.words;
}

/** For what the api says in both languages. */
export function useLanguageCode(): Language['code'] {
  return useContext(LanguageContext).language.code;
}

/** Words that are loaded with the part of the console that shows them, in both languages. */
export function useTextsOf<T>(texts: Record<Language['code'], T>): T {
  return texts[useLanguageCode()];
}

/** A time of the api, as clerks read it: the minute in China. */
export function formatTime(time: string): string {
  return shanghaiMinute(new Date(time));
}

/** How much time has passed, in its largest unit. */
export function formatAge(milliseconds: number, { age }: Pick<Texts, 'age'>): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 60) return age.minutes(minutes);
  if (minutes < 48 * 60) return age.hours(Math.floor(minutes / 60));
  return age.days(Math.floor(minutes / (24 * 60)));
}
