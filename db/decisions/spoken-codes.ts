import { randomInt } from 'node:crypto';
import { SPOKEN } from '../../domain/spoken-alphabet';

/** So many random characters that people can read aloud: 5 bits each. */
export function spokenCode(length: number): string {
  return Array.from({ length }, () => SPOKEN[randomInt(SPOKEN.length)]).join('');
}
