import { decisionsFor } from './decisions';
import { SPOKEN } from './spoken-alphabet';
import type { StuckCause } from './stuck';

/**
 * The window code: the phone of a journey shows it, the clerk who proposes to accept the person at the window types it. It proves that
 * this phone, and not another with the same name and number entered, is there.
 */
export const WINDOW_CODE_LENGTH = 6;

export const windowCodeRejections = [
  'window_code_wrong',
  /** Too old, used, or never made. */
  'window_code_expired',
  /** Typed wrongly as often as it may be. */
  'window_code_used_up',
] as const;

export type WindowCodeRejection = (typeof windowCodeRejections)[number];

/**
 * Whether a journey that waits shows a code: before the to-dos, where clerks may accept. Within a matter the phone has passed the
 * face already, or there is none.
 */
export function showsWindowCode(at: { cause: StuckCause | null; toDo: string | null }): boolean {
  return at.cause !== null && at.toDo === null && decisionsFor(at.cause).includes('accept');
}

/** A code as it was typed: in small letters, with spaces or hyphens. @returns undefined if it has not the form of one */
export function readWindowCode(typed: string): string | undefined {
  const code = typed.replaceAll(/[\s-]/g, '').toUpperCase();
  return code.length === WINDOW_CODE_LENGTH && [...code].every((one) => SPOKEN.includes(one))
    ? code
    : undefined;
}
