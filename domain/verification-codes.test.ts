import { verificationCodeOf } from './verification-codes';

test('a code has sixteen letters and digits in four groups, each from a byte of the hash', () => {
  expect(verificationCodeOf(`00010f1f20ff${'00'.repeat(26)}`)).toBe('23HZ-2Z22-2222-2222');
  expect(verificationCodeOf('ab'.repeat(32))).toMatch(/^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$/);
});
