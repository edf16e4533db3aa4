/** The rights of each role of clerks, in this one place. Before a one-time password is changed, `own-sign-in` is all. */
const rights = {
  clerk: ['own-sign-in', 'own-account', 'see', 'decide', 'propose', 'answer'],
  /** Approves, besides, what others proposed. */
  reviewer: ['own-sign-in', 'own-account', 'see', 'decide', 'propose', 'answer', 'review'],
  /** Reads what clerks did, and nothing of it. */
  auditor: ['own-sign-in', 'own-account', 'see', 'see-actions'],
  /** Manages accounts, and sees no journey. */
  admin: ['own-sign-in', 'own-account', 'see-actions', 'manage-clerks'],
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

/** Whether it takes two admins to give somebody this role, or a way into an account that has it: alone, an admin could become a second pair of eyes. */
export function isGivenByTwo(role: ClerkRole): boolean {
  return hasRight(role, 'review') || hasRight(role, 'manage-clerks');
}

/** Stands for an authority in what belongs to none: served by the national desk. */
export const NATIONAL = 'national';

/** Whether this may stand in a scope: a division of a province, a city or a county (GB/T 2260), or the national desk. */
export function isScope(text: string): boolean {
  return text === NATIONAL || /^\d{2}(\d{2}){0,2}$/.test(text);
}

/** Every entry of a scope that covers an authority: `110105` is covered by `11`, `1101` and itself, `national` by itself only. */
export function scopesOver(authority: string): string[] {
  if (authority === NATIONAL) return [NATIONAL];
  return [2, 4, 6].filter((length) => length <= authority.length).map((length) => authority.slice(0, length));
}

/** @param authority an authority's code, or NATIONAL for what belongs to none */
export function mayServe(scope: readonly string[], authority: string): boolean {
  return scopesOver(authority).some((covering) => scope.includes(covering));
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
export type SubjectKind =
  | 'journey'
  | 'matter'
  | 'to-do'
  | 'clerk'
  | 'flag'
  | 'proposal'
  | 'act'
  | 'complaint'
  | 'view'
  | 'session'
  | 'search';
