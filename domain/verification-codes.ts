import { SPOKEN } from './spoken-alphabet';

/**
 * The code that opens the verification of a piece of evidence, beside its number: 80 bits, as people can read them aloud, such as
 * `K7QX-M2PD-9WFT-4HCB`.
 * @param hash keyed, in hexadecimal
 */
export function verificationCodeOf(hash: string): string {
  const letters = Array.from(
    { length: 16 },
    (_, at) => SPOKEN[parseInt(hash.slice(at * 2, at * 2 + 2), 16) % 32],
  );
  return letters.join('').replace(/(.{4})(?!$)/g, '$1-');
}
