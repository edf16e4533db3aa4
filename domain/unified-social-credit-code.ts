const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Whether a 统一社会信用代码 can exist: form and check character of GB 32100-2015. */
export function isUnifiedSocialCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/.test(code)) return false;
  let weight = 1;
  let sum = 0;
  for (const character of Array.from(code.slice(0, 17))) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31] === code[17];
}
