import { shanghaiMinute } from '../../../domain/shanghai-time';
import { useCallback } from 'react';
import { usePreferences } from '../preferences';
import { fillIn } from './fill-in';
import { zhCN } from './zh-CN';
import type { Texts } from './zh-CN';

/** The texts in the language of the reader. */
export function useTexts(): Texts {
  return usePreferences().english?.en ?? zhCN;
}

/** Gives a message of the API in the language of the reader: in English by its code, otherwise as the API sent it. */
export function useServerMessage(): (code: string, chinese: string) => string {
  const { english } = usePreferences();
  return useCallback((code, chinese) => english?.serverMessagesInEnglish[code] || chinese, [english]);
}

/** Gives the message for the code of an issue. */
export function useIssueMessage(): (code: string) => string {
  const { issues, issueUnknown } = useTexts();
  return (code) => textOf(issues, code) ?? issueUnknown;
}

/** What the machine is doing at a step of its own. */
export function workingText({ workingAt, working }: Texts, step = ''): string {
  return textOf(workingAt, step) ?? working;
}

/** The text for a code of the API, which may have codes that this version does not know. */
export function textOf(texts: Partial<Record<string, string>>, code: string): string | undefined {
  return texts[code];
}

export { fillIn } from './fill-in';

// Invisible; no line ends at them.
const HARD_SPACE = '\u00a0';
const WORD_JOINER = '\u2060';

/** A time in China, to the minute, that no end of a line divides. */
export function formatTime(iso: string): string {
  return shanghaiMinute(new Date(iso)).replace(/-/g, `-${WORD_JOINER}`).replace(' ', HARD_SPACE);
}

/** A number of 14 digits in groups, as people read it out. */
export function groupDigits(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** The size of a file. @param bytes how many it has */
export function formatSize(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  return kilobytes < 1000 ? `${kilobytes} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

/** How long it is until a time, in days and hours. */
export function formatTimeLeft({ daysLeft, hoursLeft }: Texts, iso: string): string {
  const hours = Math.max(0, Math.floor((new Date(iso).getTime() - Date.now()) / 3_600_000));
  const days = Math.floor(hours / 24);
  const left = days > 0 ? fillIn(daysLeft, { days, hours: hours % 24 }) : fillIn(hoursLeft, { hours });
  return left.replace(/ /g, HARD_SPACE);
}
