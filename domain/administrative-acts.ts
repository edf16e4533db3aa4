/** What no admin may do alone: it would give the right to review, or to manage clerks, to somebody the admin may be. */
export type ActKind = 'add-clerk' | 'reset-password' | 'let-in-again';
