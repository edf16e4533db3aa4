import { checksUnder, needsConsent } from './consents';

test.each([
  ['start-face', true],
  ['report-face', true],
  ['submit-card', true],
  ['confirm-portrait', true],
  ['confirm', true],
  ['sign', true],
  ['ask-re-issue', true],
  ['decline', false],
  ['re-enter', false],
  ['cancel', false],
  ['refuse', false],
  ['back', false],
  ['close', false],
  ['ask-in-person', false],
])('%s needs the consent to the text in force: %s', (command, expected) => {
  expect(needsConsent(command)).toBe(expected);
});

test('each check is made under the consent that it needs, and a notice that was read allows none', () => {
  expect(checksUnder).toEqual({
    'personal-information': [],
    'face-check': ['identity-face', 'matter-face'],
    'portrait-archiving': [],
    'bank-card-check': ['bank-card'],
    'bank-card-notice': [],
  });
});
