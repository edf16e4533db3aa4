import { useCallback, useEffect, useRef, useState } from 'react';
import { call, forgetSession, hasSession, keepSession, newKey, Offline, Refusal } from './api';
import type { Issue, Journey } from './api';
import { authCode } from './platform';

/** What went wrong with the last tap: in the api's own words, or that nothing was heard of it. */
export interface Trouble {
  kind: 'refused' | 'offline';
  message?: string;
  issues: readonly Issue[];
  /** The same tap, with the same key: what was done is not done twice. */
  again?: () => void;
}

export interface JourneyState {
  /** Undefined at the entry. */
  view?: Journey;
  isReady: boolean;
  isBusy: boolean;
  trouble?: Trouble;
  enter(body: object): Promise<void>;
  /** One tap on the journey, below its path. */
  tap(path: string, data?: object): Promise<Journey | undefined>;
  look(): Promise<void>;
  /** Agrees to a text that has changed since. */
  agree(kind: string, version: string): Promise<void>;
  /** Leaves an ended journey for a new entry. */
  leave(): void;
}

/** Signs in, finds the journey again, and holds where it stands. The rules are the api's: `step` and `allowed` say what to draw. */
export function useJourney(): JourneyState {
  const [view, setView] = useState<Journey>();
  const [isReady, setReady] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const working = useRef(false);

  /** One thing at a time, so that a double tap is one tap. */
  const run = useCallback(async (work: () => Promise<Journey | undefined>): Promise<Journey | undefined> => {
    if (working.current) return undefined;
    working.current = true;
    setBusy(true);
    setTrouble(undefined);
    try {
      const next = await work();
      if (next) setView(next);
      return next;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_signed_in') forgetSession();
      if (error instanceof Refusal && error.journey) setView(error.journey);
      setTrouble({
        kind: error instanceof Offline ? 'offline' : 'refused',
        message: error instanceof Refusal ? error.message : undefined,
        issues: error instanceof Refusal ? error.issues : [],
        again: error instanceof Offline ? () => void run(work) : undefined,
      });
      return undefined;
    } finally {
      working.current = false;
      setBusy(false);
    }
  }, []);

  const look = useCallback(async () => {
    await run(async () => await current());
  }, [run]);

  useEffect(() => {
    void run(async () => {
      if (!hasSession() && !(await signIn())) return undefined;
      setReady(true);
      return await current();
    });
  }, [run]);

  return {
    view: view?.step === 'closed' && view.notices.length === 0 ? undefined : view,
    isReady,
    isBusy,
    trouble,
    look,
    leave: () => setView(undefined),
    async enter(body) {
      const key = newKey();
      await run(async () => await call<Journey>('POST', '/api/journeys', body, key));
    },
    async agree(kind, version) {
      if (!view) return;
      const path = `/api/journeys/${view.id}/consents`;
      const key = newKey();
      await run(async () => await call<Journey>('POST', path, { kind, version }, key));
    },
    async tap(path, data = {}) {
      if (!view) return undefined;
      const { id, revision } = view;
      const key = newKey();
      return await run(
        async () => await call<Journey>('POST', `/api/journeys/${id}/${path}`, { revision, ...data }, key),
      );
    },
  };
}

/** @returns false where the page is being left to sign in */
async function signIn(): Promise<boolean> {
  const { authorizeUrl } = await call<{ authorizeUrl?: string }>('GET', '/api/channels/h5');
  const code = await authCode(authorizeUrl);
  if (!code) return false;
  const { token } = await call<{ token: string }>('POST', '/api/sessions', {
    channel: 'alipay',
    authCode: code,
  });
  keepSession(token);
  return true;
}

/** Where this session was last: the same journey after a reload, a kill, or another app. */
async function current(): Promise<Journey | undefined> {
  try {
    const view = await call<Journey>('GET', '/api/journeys/current');
    return view.step === 'closed' ? undefined : await reported(view);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'not_found') return undefined;
    if (error.code !== 'not_signed_in') throw error;
    forgetSession();
    if (!(await signIn())) return undefined;
    return await current();
  }
}

/** Who comes back with a face check open comes back from it: the vendor is asked how it went. */
async function reported(view: Journey): Promise<Journey> {
  const { id, revision, faceCheck } = view;
  if (!faceCheck) return view;
  const path = `/api/journeys/${id}/face-checks/${faceCheck.certifyId}/result`;
  return await call<Journey>('POST', path, { revision });
}
