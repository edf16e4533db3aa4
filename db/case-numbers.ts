import { randomInt } from 'node:crypto';
import { caseNumber, CASE_NUMBERS_PER_DAY } from '../domain/case-numbers';
import { shanghaiDay } from '../domain/shanghai-time';

// With a hundred thousand numbers in use, a day has a hundred times as many: one of them is taken once in a hundred tries.
const TRIES = 10;

/**
 * Makes a number that no other row has.
 * @param use writes it. It fails with ER_DUP_ENTRY where the number is taken, and is then called with another one
 */
export async function withCaseNumber<T>(now: Date, use: (number: string) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await use(caseNumber(shanghaiDay(now), randomInt(CASE_NUMBERS_PER_DAY)));
    } catch (error) {
      if ((error as { code?: string }).code !== 'ER_DUP_ENTRY' || tries === TRIES) throw error;
    }
  }
}
