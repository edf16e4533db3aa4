/** Why a document can't be valid until a day. */
export type ValidityDefect = 'document_expired' | 'valid_until_too_far';

/** No document of the list is valid longer: a day that is later is a typing error. */
const MAX_YEARS = 60;

/** @param today in China, `YYYY-MM-DD` */
export function lastValidDay(today: string): string {
  return `${Number(today.slice(0, 4)) + MAX_YEARS}${today.slice(4)}`;
}

/** @param validUntil the last day, `YYYY-MM-DD` like `today` */
export function validityDefect(validUntil: string, today: string): ValidityDefect | undefined {
  // 居民身份证法 art. 11 and 出境入境管理法 ask for a document that is valid.
  if (validUntil < today) return 'document_expired';
  return validUntil > lastValidDay(today) ? 'valid_until_too_far' : undefined;
}
