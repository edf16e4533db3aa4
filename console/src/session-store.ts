import type { Session } from './client';
import { stepAfter } from './sign-in/steps';

/**
 * The state of the sign-in. `lost`: the session has ended while a page was open; the page stays as it is, and the clerk signs in again above it.
 */
export type SessionState =
  | { kind: 'unknown' }
  | { kind: 'signed-out' }
  | { kind: 'signed-in'; session: Session }
  | { kind: 'lost'; session: Session };

export type SessionStore = ReturnType<typeof createSessionStore>;

/** Keeps the session in memory only: the cookie is out of reach of scripts, and the token against CSRF is asked for anew after a reload. */
export function createSessionStore() {
  let state: SessionState = { kind: 'unknown' };
  let asked: ((isShown: boolean) => void) | undefined;
  const listeners = new Set<() => void>();
  const become = (next: SessionState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const settle = (isShown: boolean) => {
    asked?.(isShown);
    asked = undefined;
    become(state);
  };
  return {
    state: () => state,
    csrfToken: () =>
      state.kind === 'signed-in' || state.kind === 'lost' ? state.session.csrfToken : undefined,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** A page that is open stays covered until the last step of signing in is done. */
    open(session: Session) {
      const isCovered = state.kind === 'lost' && stepAfter(session) !== 'done';
      become({ kind: isCovered ? 'lost' : 'signed-in', session });
      if (stepAfter(session) === 'done') settle(true);
    },
    end: () => become({ kind: 'signed-out' }),
    /** Has the clerk show a second factor above the page. @returns false if they would not */
    async reauthenticate(): Promise<boolean> {
      settle(false);
      const shown = new Promise<boolean>((resolve) => {
        asked = resolve;
      });
      become(state);
      return await shown;
    },
    isAsked: () => asked !== undefined,
    /** Ends that. @param answer the session as it is now; undefined if the clerk would not */
    answer(answer?: Session) {
      if (answer) state = { kind: 'signed-in', session: answer };
      settle(answer !== undefined);
    },
    lose() {
      if (state.kind === 'signed-in') become({ kind: 'lost', session: state.session });
      else if (state.kind === 'unknown') become({ kind: 'signed-out' });
    },
    /** @returns whether it is a session of the same clerk: what this page does is done in nobody else's name */
    renew(session: Session): boolean {
      if (state.kind !== 'signed-in' || state.session.clerk.id !== session.clerk.id) return false;
      become({ kind: 'signed-in', session });
      return true;
    },
  };
}
