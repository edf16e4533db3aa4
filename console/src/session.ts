import { useSyncExternalStore } from 'react';
import { QueryClient } from '@tanstack/react-query';
import { hasRight } from '../../domain/clerks';
import type { ClerkRight } from '../../domain/clerks';
import { ApiFailure, createApi } from './client';
import type { Session } from './client';
import { isAttended } from './attention';
import { createSessionStore } from './session-store';

export const sessionStore = createSessionStore();

export const { get, post, put, sentBy, bodyOf } = createApi({
  session: sessionStore,
  origin: window.location.origin,
  fetch: (request) => window.fetch(request),
  isAttended,
});

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Every look of a clerk is recorded, so that nothing is asked for again without need.
      retry: (times, error) => error instanceof ApiFailure && error.code === 'unreachable' && times < 1,
    },
    // What was sent, such as a password, a note or a scan, is gone with what sent it.
    mutations: { gcTime: 0 },
  },
});

export function useSessionState() {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.state);
}

/** Whether the clerk is to show a second factor again before something is done. */
export function useIsAsked(): boolean {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.isAsked);
}

/** The session of the clerk who is at work. Only below the gate, which lets nobody else in. */
export function useSession(): Session {
  useSessionState();
  return signedIn();
}

function signedIn(): Session {
  const state = sessionStore.state();
  if (state.kind !== 'signed-in' && state.kind !== 'lost') throw new Error('Nobody is signed in.');
  return state.session;
}

export function useMay(right: ClerkRight): boolean {
  return hasRight(useSession().clerk.role, right);
}

/** Asks who is signed in, when the page has been loaded. */
export async function findSession(): Promise<void> {
  try {
    sessionStore.open(await bodyOf(get('/api/clerk/session')));
  } catch (error) {
    if (!(error instanceof ApiFailure && error.code === 'not_signed_in')) throw error;
  }
}

/** Of a session that the identity provider vouches for, the provider is told too, if it offers that. */
export async function signOut(): Promise<void> {
  const { vouchedFor } = signedIn();
  await post('/api/clerk/session/end', { body: {} });
  queryClient.clear();
  sessionStore.end();
  if (vouchedFor) window.location.assign('/console/provider?sign-out');
}
