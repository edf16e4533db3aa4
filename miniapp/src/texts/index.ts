import { useCallback } from 'react';
import { usePreferences } from '../preferences';
import { en } from './en';
import { saidInEnglish } from './said.en';
import { zhCN } from './zh-CN';
import type { Texts } from './zh-CN';

const catalogues = { 'zh-CN': zhCN, en } as const;

export function useTexts(): Texts {
  return catalogues[usePreferences().language];
}

/** What the api says in Chinese, in the language of the reader: known by its code, Chinese where it has no other. */
export function useSaid(): (code: string, chinese: string) => string {
  const { language } = usePreferences();
  return useCallback((code, chinese) => (language === 'en' && saidInEnglish[code]) || chinese, [language]);
}

/** What the code of an issue means. */
export function useIssue(): (code: string) => string {
  const { issues, issueUnknown } = useTexts();
  return (code) => (issues as Partial<Record<string, string>>)[code] ?? issueUnknown;
}

/** What the machine is doing at a step of its own. */
export function atWork({ at, working }: Texts, step: string | undefined): string {
  return (at as Partial<Record<string, string>>)[step ?? ''] ?? working;
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

/** How long it is until then, in days and hours. */
export function timeLeft({ daysLeft, hoursLeft }: Texts, iso: string, now = Date.now()): string {
  const hours = Math.max(0, Math.floor((new Date(iso).getTime() - now) / 3_600_000));
  const days = Math.floor(hours / 24);
  return days > 0 ? filled(daysLeft, { days, hours: hours % 24 }) : filled(hoursLeft, { hours });
}
