const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/** Whether the last of 18 characters is the MOD 11-2 check character of the first 17 (GB 11643-1999, ISO 7064). */
export function hasMod11Check(number: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  return CHECK_CHARACTERS[sum % 11] === number[17];
}

/** Whether the last character is the check digit of those before it, as in machine-readable passports (ICAO Doc 9303). */
export function hasIcaoCheck(text: string): boolean {
  const sum = [...text.slice(0, -1)].reduce(
    (total, character, at) => total + parseInt(character, 36) * ([7, 3, 1][at % 3] ?? 0),
    0,
  );
  return String(sum % 10) === text.at(-1);
}

/** Whether `YYYYMMDD` is a day of the calendar. */
export function isDate(digits: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.toISOString().slice(0, 10) === `${year}-${month}-${day}`;
}
