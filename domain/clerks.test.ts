import {
  clerkRoles,
  hasRight,
  isGivenByTwo,
  isReauthenticated,
  LOGIN,
  MAX_PASSWORD_LENGTH,
  mayServe,
  missingStep,
  NATIONAL,
  passwordDefect,
  readScope,
  REAUTHENTICATION_MS,
  rolesWith,
  scopesOver,
} from './clerks';
import type { ClerkRight } from './clerks';

const ofRoles: Record<ClerkRight, string[]> = {
  'own-sign-in': ['clerk', 'reviewer', 'auditor', 'admin'],
  'own-password': ['clerk', 'reviewer', 'auditor', 'admin'],
  'own-factors': ['clerk', 'reviewer', 'auditor', 'admin'],
  'own-account': ['clerk', 'reviewer', 'auditor', 'admin'],
  see: ['clerk', 'reviewer', 'auditor'],
  'see-persons': ['clerk', 'reviewer'],
  'see-workflows': ['reviewer'],
  decide: ['clerk', 'reviewer'],
  propose: ['clerk', 'reviewer'],
  answer: ['clerk', 'reviewer'],
  review: ['reviewer'],
  'see-actions': ['auditor', 'admin'],
  'manage-clerks': ['admin'],
};

describe('rights', () => {
  it.each(Object.entries(ofRoles))('%s belongs to these roles and no other', (right, roles) => {
    expect(rolesWith(right as ClerkRight)).toEqual(roles);
    for (const role of clerkRoles) expect(hasRight(role, right as ClerkRight)).toBe(roles.includes(role));
  });

  it('to review, and to say who may, are given by two', () => {
    expect(clerkRoles.filter(isGivenByTwo)).toEqual(['reviewer', 'admin']);
  });
});

describe('a sign-in', () => {
  const at = new Date('2026-03-01T04:00:00Z');
  const begun = { mustChangePassword: false, secondFactors: ['totp'] as const, secondFactorAt: undefined };
  const others = (Object.keys(ofRoles) as ClerkRight[]).filter((right) => !right.startsWith('own-'));
  type State = Parameters<typeof missingStep>[1];

  it.each<[string, State, Partial<Record<ClerkRight | 'others', string>>]>([
    [
      'with a factor that was not shown allows nothing but to show it',
      begun,
      {
        'own-password': 'second_factor_required',
        'own-factors': 'second_factor_required',
        others: 'second_factor_required',
      },
    ],
    [
      'with a factor that was not shown and a one-time password as well',
      { ...begun, mustChangePassword: true },
      {
        'own-password': 'second_factor_required',
        'own-factors': 'second_factor_required',
        others: 'second_factor_required',
      },
    ],
    [
      'with a one-time password allows to replace it, and no enrolment',
      { ...begun, mustChangePassword: true, secondFactors: [] },
      { 'own-factors': 'password_change_required', others: 'password_change_required' },
    ],
    [
      'with a one-time password and the factor shown allows to replace it',
      { ...begun, mustChangePassword: true, secondFactorAt: at },
      { 'own-factors': 'password_change_required', others: 'password_change_required' },
    ],
    [
      'without a factor allows to enrol one',
      { ...begun, secondFactors: [] },
      { others: 'second_factor_required' },
    ],
    ['with the factor shown allows everything', { ...begun, secondFactorAt: at }, {}],
    ['with both factors vouched for allows everything', { ...begun, vouchedFor: 'both-factors' }, {}],
    [
      'with only the password vouched for allows nothing but to show the factor',
      { ...begun, vouchedFor: 'password' },
      {
        'own-password': 'second_factor_required',
        'own-factors': 'second_factor_required',
        others: 'second_factor_required',
      },
    ],
    [
      'with both factors vouched for and none of our own allows to enrol one',
      { ...begun, secondFactors: [], vouchedFor: 'both-factors' },
      { others: 'second_factor_required' },
    ],
  ])('%s', (_, state, missing) => {
    expect(missingStep('own-sign-in', state)).toBeUndefined();
    expect(missingStep('own-password', state)).toBe(missing['own-password']);
    expect(missingStep('own-factors', state)).toBe(missing['own-factors']);
    expect(others.length).toBeGreaterThan(5);
    for (const right of [...others, 'own-account' as const])
      expect([right, missingStep(right, state)]).toEqual([right, missing.others]);
  });

  it('allows approvals for five minutes after a factor was shown', () => {
    const shown = { ...begun, secondFactorAt: at };
    expect(isReauthenticated(shown, new Date(at.getTime() + REAUTHENTICATION_MS))).toBe(true);
    expect(isReauthenticated(shown, new Date(at.getTime() + REAUTHENTICATION_MS + 1))).toBe(false);
    expect(isReauthenticated(begun, at)).toBe(false);
    expect(isReauthenticated({ ...begun, vouchedFor: 'both-factors' }, at)).toBe(false);
    expect(isReauthenticated({ ...begun, secondFactors: [] }, at)).toBe(true);
  });
});

describe('a scope', () => {
  it.each([
    ['11', '11'],
    ['1101', '1101'],
    ['110105', '110105'],
    // GB/T 2260 writes provinces and cities with zeros at the end.
    ['110000', '11'],
    ['110100', '1101'],
    ['1100', '11'],
    ['000000', '00'],
    ['1101050', '1101050'],
    ['110105001', '110105001'],
    ['110000000', '110000000'],
    ['110105000000', '110105000000'],
    [NATIONAL, NATIONAL],
    ['', undefined],
    ['1', undefined],
    ['110', undefined],
    ['11010', undefined],
    ['1101050000000', undefined],
    ['１１', undefined],
    ['beijing', undefined],
  ])('may name %j, which is kept as %j', (text, kept) => {
    expect(readScope(text)).toBe(kept);
  });

  it.each([
    [['110105'], '110105', true],
    [['1101'], '110105', true],
    [['11'], '110105', true],
    [['11'], '11', true],
    [['31', '11'], '110105', true],
    [['110105'], '1101', false],
    [['110106'], '110105', false],
    [['31'], '110105', false],
    [[], '110105', false],
    [[NATIONAL], '110105', false],
    [[NATIONAL], NATIONAL, true],
    [['11'], NATIONAL, false],
    [[], NATIONAL, false],
    // Six digits: a division, with what is below it. One that ends with zeros is a province or a city.
    [['110000'], '110105', true],
    [['110000'], '110105001', true],
    [['110100'], '110105', true],
    [['110100'], '110200', false],
    [['11'], '110000', true],
    [['110101'], '110100', false],
    // Twelve digits: a town (GB/T 10114) in a county.
    [['110105'], '110105001000', true],
    // Seven to twelve digits: one authority, and never a prefix.
    [['1101050'], '1101050', true],
    [['1101050'], '110105', false],
    [['1101050'], '110105001', false],
    [['1101050'], '11010500', false],
    [['110105001'], '110105001', true],
    [['110105001'], '110105001000', false],
    [['110105001'], '110105002', false],
    [['110105000'], '110105001', false],
    [['110000000'], '110105', false],
    [['110105001000'], '110105001000', true],
    [['110105001000'], '110105001', false],
    [['110105'], '1101050', true],
    [['110'], '110105', false],
  ])('of %j serves %s: %s', (scope, authority, expected) => {
    expect(mayServe(scope, authority)).toBe(expected);
  });

  it.each([
    ['110105', ['11', '1101', '110105']],
    ['11', ['11']],
    ['110000', ['11']],
    ['110100', ['11', '1101']],
    ['1101050', ['11', '1101', '110105', '1101050']],
    ['110105001', ['11', '1101', '110105', '110105001']],
    ['110000001', ['11', '110000001']],
    ['110105001000', ['11', '1101', '110105', '110105001000']],
    [NATIONAL, [NATIONAL]],
  ])('%s is found by every entry that covers it: %j', (authority, entries) => {
    expect(scopesOver(authority)).toEqual(entries);
    for (const entry of entries) expect(mayServe([entry], authority)).toBe(true);
  });
});

describe('a login', () => {
  it.each([
    ['wang.li', true],
    ['w-2', true],
    [`w${'a'.repeat(31)}`, true],
    [`w${'a'.repeat(32)}`, false],
    ['wa', false],
    ['2wang', false],
    ['.wang', false],
    ['Wang', false],
    ['wang li', false],
    ['wangLi', false],
    ['', false],
  ])('may be %j: %s', (login, expected) => {
    expect(LOGIN.test(login)).toBe(expected);
  });
});

describe('a password', () => {
  it.each([
    ['correct horse', undefined],
    ['a'.repeat(12), undefined],
    ['a'.repeat(MAX_PASSWORD_LENGTH), undefined],
    ['a'.repeat(11), 'password_too_short'],
    ['', 'password_too_short'],
    ['a'.repeat(MAX_PASSWORD_LENGTH + 1), 'password_too_long'],
    ['my-wang.li-password', 'password_contains_login'],
    ['MY-WANG.LI-PASSWORD', 'password_contains_login'],
  ])('%j of wang.li: %s', (password, defect) => {
    expect(passwordDefect(password, 'wang.li')).toBe(defect);
  });
});
