/**
 * 办理编号 and 受理编号: numbers by which people and clerks speak about a journey or a complaint. 14 digits: the day in China (YYMMDD), seven random
 * digits, and a check digit (Luhn, ISO/IEC 7812-1 annex B) that finds a mistyped digit. A number proves nothing and opens nothing.
 */
const CASE_NUMBER = /^\d{14}$/;

/** How many numbers a day has. */
export const CASE_NUMBERS_PER_DAY = 10_000_000;

/**
 * @param day YYYY-MM-DD, in China
 * @param random a whole number from 0 to CASE_NUMBERS_PER_DAY, exclusive
 */
export function caseNumber(day: string, random: number): string {
  const digits = `${day.slice(2).replaceAll('-', '')}${String(random).padStart(7, '0')}`;
  return `${digits}${luhnDigit(digits)}`;
}

/**
 * The number of a refusal, which is the same whenever it is asked for. Two refusals of a day can have the same one: it names a matter only
 * together with the person.
 * @param day YYYY-MM-DD, in China, on which it was made
 * @param command that refused, 64 hexadecimal digits
 */
export function refusalNumber(day: string, command: string): string {
  return caseNumber(day, Number.parseInt(command.slice(0, 12), 16) % CASE_NUMBERS_PER_DAY);
}

/** As people type or scan it, with spaces or hyphens. @returns undefined if it is no case number */
export function readCaseNumber(typed: string): string | undefined {
  const digits = typed.replaceAll(/[\s-]/g, '');
  return CASE_NUMBER.test(digits) && luhnDigit(digits.slice(0, -1)) === digits.at(-1) ? digits : undefined;
}

function luhnDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, position) => {
    const doubled = Number(digit) * (position % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}
