// On the own account. What each needs of the sign-in is below, in `missingStep`.
const own = ['own-sign-in', 'own-password', 'own-factors', 'own-account'] as const;

/** The rights of each role of clerks, in this one place. */
const rights = {
  clerk: [...own, 'see', 'see-persons', 'decide', 'propose', 'answer'],
  /** Approves, besides, what others proposed, and looks into Temporal's UI with the technicians. */
  reviewer: [...own, 'see', 'see-persons', 'decide', 'propose', 'answer', 'review', 'see-workflows'],
  /** Reads what clerks did, and nothing of it. */
  auditor: [...own, 'see', 'see-actions'],
  /** Manages accounts, and sees no journey. */
  admin: [...own, 'see-actions', 'manage-clerks'],
} as const;

export type ClerkRole = keyof typeof rights;
export type ClerkRight = (typeof rights)[ClerkRole][number];
export const clerkStates = ['active', 'disabled'] as const;
export type ClerkState = (typeof clerkStates)[number];

export const clerkRoles = Object.keys(rights) as [ClerkRole, ...ClerkRole[]];

export function hasRight(role: ClerkRole, right: ClerkRight): boolean {
  return (rights[role] as readonly ClerkRight[]).includes(right);
}

export function rolesWith(right: ClerkRight): ClerkRole[] {
  return clerkRoles.filter((role) => hasRight(role, right));
}

/** What a clerk can show beside the password. */
export const secondFactors = ['totp', 'passkey', 'recovery-code'] as const;
export type SecondFactor = (typeof secondFactors)[number];

/** What the identity provider vouches for, where a clerk signed in there: it stands in place of the password, or of both factors. */
export const vouchings = ['password', 'both-factors'] as const;
export type Vouching = (typeof vouchings)[number];

/** How far a clerk's sign-in has come in one session. */
export interface SignInState {
  /** Somebody else gave the password. */
  mustChangePassword: boolean;
  /** What the clerk can show; empty before the first enrolment. */
  secondFactors: readonly SecondFactor[];
  /** When a second factor of our own was last shown in this session. */
  secondFactorAt?: Date;
  /** Absent where the clerk signed in with the password. */
  vouchedFor?: Vouching;
}

export type MissingStep = 'second_factor_required' | 'password_change_required';

/**
 * The step of the sign-in that is still missing before a right may be used; undefined if none is. A second factor that is enrolled
 * comes before all else, so that a stolen password changes nothing, not even itself. The first one is enrolled after the password that
 * somebody else gave is replaced, so that nobody else enrols it. The identity provider can take the place of showing a factor, not of
 * having one: approvals want our own.
 */
export function missingStep(right: ClerkRight, state: SignInState): MissingStep | undefined {
  const { mustChangePassword, secondFactors: own, secondFactorAt, vouchedFor } = state;
  if (right === 'own-sign-in') return undefined;
  const isShown = secondFactorAt !== undefined || (own.length > 0 && vouchedFor === 'both-factors');
  if (!isShown && own.length > 0) return 'second_factor_required';
  if (right === 'own-password') return undefined;
  if (mustChangePassword) return 'password_change_required';
  return isShown || right === 'own-factors' ? undefined : 'second_factor_required';
}

/** How long a clerk may take to sign in at the identity provider. */
export const PROVIDER_SIGN_IN_MS = 10 * 60_000;

/** So long after a second factor was shown, a clerk may approve without showing one again. */
export const REAUTHENTICATION_MS = 5 * 60_000;

/** Whether the clerk has shown lately, by a factor of our own, that it is them. Before the first enrolment there is nothing to show. */
export function isReauthenticated({ secondFactors: own, secondFactorAt }: SignInState, now: Date): boolean {
  if (!secondFactorAt) return own.length === 0;
  return now.getTime() - secondFactorAt.getTime() <= REAUTHENTICATION_MS;
}

/** Whether it takes two admins to give somebody this role, or a way into an account that has it: alone, an admin could become a second pair of eyes. */
export function isGivenByTwo(role: ClerkRole): boolean {
  return hasRight(role, 'review') || hasRight(role, 'manage-clerks');
}

/** Stands for an authority in what belongs to none: served by the national desk. */
export const NATIONAL = 'national';

/** Forms of an entry of a scope. Parts of a scope, by which lists are filtered, have the same. */
export const SCOPE_FORM = /^(national|\d{2}|\d{4}|\d{6,12})$/;

/**
 * An entry of a scope as it is kept and compared; undefined if it is none. Up to six digits are a division (GB/T 2260), whose code ends
 * where it is named: `110000` is `11`, `110100` is `1101`. Seven to twelve digits are one authority.
 */
export function readScope(text: string): string | undefined {
  if (!SCOPE_FORM.test(text)) return undefined;
  return isDivision(text) ? text.slice(0, 2) + text.slice(2).replace(/(00)+$/, '') : text;
}

/** Whether an entry covers what is below it. A single authority and the national desk have nothing below them, whatever their codes begin with. */
export function isDivision(entry: string): boolean {
  return entry !== NATIONAL && entry.length <= 6;
}

/** Whether an entry of a scope covers an authority, or another entry: what decides wherever scopes are compared. */
export function covers(entry: string, other: string): boolean {
  const [wide, narrow] = [readScope(entry), readScope(other)];
  if (wide === undefined || narrow === undefined) return false;
  return isDivision(wide) && narrow !== NATIONAL ? narrow.startsWith(wide) : narrow === wide;
}

/** Every entry of a scope that covers an authority, the widest first: `11`, `1101` and `110105` cover `110105`; `national` covers itself only. */
export function scopesOver(authority: string): string[] {
  if (authority === NATIONAL) return [NATIONAL];
  const entries = [2, 4, 6, authority.length].flatMap((end) => readScope(authority.slice(0, end)) ?? []);
  return [...new Set(entries)].filter((entry) => covers(entry, authority));
}

/** @param authority an authority's code, or NATIONAL for what belongs to none */
export function mayServe(scope: readonly string[], authority: string): boolean {
  return scope.some((entry) => covers(entry, authority));
}

/** A clerk's name for signing in. */
export const LOGIN = /^[a-z][a-z0-9.-]{2,31}$/;

const SHORTEST_PASSWORD = 12;
export const MAX_PASSWORD_LENGTH = 200;

export type PasswordDefect = 'password_too_short' | 'password_too_long' | 'password_contains_login';

/** Why a clerk may not have this password; undefined if they may. Length is what counts (NIST SP 800-63B, 3.1.1.2), not kinds of characters. */
export function passwordDefect(password: string, login: string): PasswordDefect | undefined {
  if (password.length < SHORTEST_PASSWORD) return 'password_too_short';
  if (password.length > MAX_PASSWORD_LENGTH) return 'password_too_long';
  return password.toLowerCase().includes(login) ? 'password_contains_login' : undefined;
}

/** The subjects of clerks' actions. */
export const subjectKinds = [
  'journey',
  'batch',
  'matter',
  'to-do',
  'clerk',
  'flag',
  'proposal',
  'act',
  'complaint',
  'view',
  'session',
  'passkey',
  'search',
] as const;

export type SubjectKind = (typeof subjectKinds)[number];
