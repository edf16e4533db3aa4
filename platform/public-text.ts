/**
 * The text that may leave the process in a log line or a Temporal failure: codes and code locations, but no text written by a person.
 * This file imports no Node module, because the failure converter also runs in the workflow sandbox.
 */

const CODE = /^[a-z][a-z0-9_.-]{0,63}$/;

// Telephone numbers (11 digits), bank card numbers (16–19) and identity numbers (18, 15, 9, 8) are longer than any number in a code.
const LONG_NUMBER = /\d{6}/;

// `at`, then a function's name, then the last folders of a file, a line and a column. Only this form passes, so a message that looks
// like a stack trace can reveal at most a text with the form of a file name.
const FRAME =
  /^\s*at (?:async )?(?:(?:new )?([\w$.<>]{1,80})(?: \[as [\w$.<>]+\])? )?\(?(?:.*?[\\/])??((?:[\w@.-]{1,60}[\\/]){0,2}[\w@.-]{1,60}\.[cm]?[jt]s):(\d{1,7}):(\d{1,7})\)?$/;

/** Returns `text` if it is a code such as `vendor_unavailable` (at most 64 characters, no six digits in a row), else undefined. */
export function asCode(text: unknown): string | undefined {
  return typeof text === 'string' && CODE.test(text) && !hasLongNumber(text) ? text : undefined;
}

/** Whether `text` contains six digits in a row. No name in the source code does. */
export function hasLongNumber(text: string): boolean {
  return LONG_NUMBER.test(text);
}

/**
 * The locations of a stack trace as `function file:line:column`, innermost first, at most 20. The header is omitted because V8
 * writes the error's message there. Each path keeps only its last folders, so that it reveals nothing about the machine.
 */
export function stackPlaces(stack: string | null | undefined, message: string | null | undefined): string[] {
  const body = message ? (stack ?? '').replaceAll(message, '') : (stack ?? '');
  return body.split('\n').flatMap(placeOf).slice(0, 20);
}

function placeOf(line: string): string[] {
  const [, name = '', file = '', row, column] = FRAME.exec(line.slice(0, 500).trimEnd()) ?? [];
  if (!file || hasLongNumber(name) || hasLongNumber(file)) return [];
  return [`${name} ${file.replaceAll('\\', '/')}:${row}:${column}`.trim()];
}
