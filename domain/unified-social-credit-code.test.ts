import { isUnifiedSocialCreditCode } from './unified-social-credit-code';

test.each(['91110101MA0000007T', '92110101MA0000007P', '93110101000000019Q'])('%s can exist', (code) => {
  expect(isUnifiedSocialCreditCode(code)).toBe(true);
});

test.each(['91110101MA00000070', '91110101MI0000007T', '91110101MA0000007', ''])(
  '%s cannot exist',
  (code) => {
    expect(isUnifiedSocialCreditCode(code)).toBe(false);
  },
);
