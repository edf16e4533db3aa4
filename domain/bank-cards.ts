/** Whether a card number can exist: 12 to 19 digits, spaces between them allowed, with the check digit of ISO/IEC 7812-1. */
export function isBankCardNumber(typed: string): boolean {
  const digits = typed.replaceAll(' ', '');
  if (!/^\d{12,19}$/.test(digits)) return false;
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, at) => {
      const doubled = digit * 2;
      return total + (at % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}
