/**
 * What may leave the process in a log line or a Temporal failure: codes and places in the code, never a text that
 * somebody wrote. Free of Node's modules, because the failure converter also runs in the workflow sandbox.
 */

const CODE = /^[a-z][a-z0-9_.-]{0,63}$/;

// Telephone (11), bank card (16–19) and identity numbers (18, 15, 9, 8) are all longer than any number in a code.
const LONG_NUMBER = /\d{6}/;

// `at`, then a function's name, then the last folders of a file, a line and a column. Nothing else is let through, so a
// message of several lines that looks like a stack can at most show what is spelled like a file of ours.
const FRAME =
  /^\s*at (?:async )?(?:(?:new )?([\w$.<>]{1,80})(?: \[as [\w$.<>]+\])? )?\(?(?:.*?[\\/])??((?:[\w@.-]{1,60}[\\/]){0,2}[\w@.-]{1,60}\.[cm]?[jt]s):(\d{1,7}):(\d{1,7})\)?$/;

/** `text` if it is a stable code such as `vendor_unavailable`: at most 64 characters and no number of six digits. */
export function asCode(text: unknown): string | undefined {
  return typeof text === 'string' && CODE.test(text) && !hasLongNumber(text) ? text : undefined;
}

/** Whether `text` carries six digits in a row, which no name in the code does. */
export function hasLongNumber(text: string): boolean {
  return LONG_NUMBER.test(text);
}

/**
 * The places of a stack trace as `function file:line:column`, innermost first, at most 20. The header is left out
 * because V8 writes the error's message there; of a path only the last folders remain, never a machine's own.
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
