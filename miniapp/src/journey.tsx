import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { call, forgetSession, hasSession, newKey, Offline, Refusal } from './api';
import type { AuthorizedIdentity, ConsentList, Issue, Journey } from './api';
import { keepInvitation } from './invitation';
import { platform } from './platform';
import { channelOf, signIn, signInWith } from './session';
import type { Channel } from './session';

/** What went wrong with the last tap. */
export interface Trouble {
  kind: 'refused' | 'offline' | 'session-over' | 'failed';
  code?: string;
  /** In the api's own words. */
  message?: string;
  issues: readonly Issue[];
  /** The same tap, with the same key: what was done is not done twice. */
  again?: () => void;
}

export interface JourneyState {
  /** Undefined before the first entry. */
  view?: Journey;
  /** Somebody is signed in. */
  isReady: boolean;
  isBusy: boolean;
  /** Nothing here is real: where its persons are made up. */
  sandboxUrl?: string;
  trouble?: Trouble;
  enter(entry: object): Promise<void>;
  /** One tap on the journey, below its path. @returns where it stands now; undefined where the tap came to nothing */
  tap(path: string, data?: object): Promise<Journey | undefined>;
  /** Agrees to a text that has changed. */
  agree(consent: { kind: string; version: string }): Promise<void>;
  /** Takes a consent back that ends nothing but what was done under it. */
  withdraw(kind: string): Promise<ConsentList | undefined>;
  look(): Promise<void>;
  /** Name and number of the account, masked, which the person has let Alipay give. */
  identity?: AuthorizedIdentity;
  /** Asks the person for them; leaves the page where that can't be done on it. */
  askForIdentity(): Promise<void>;
  forgetIdentity(): void;
  /** Asks whether messages may be sent, in the course of a tap. */
  askForMessages(): Promise<void>;
  /** Something is read, not tapped: signs in again where the session is over. */
  read<T>(path: string): Promise<T>;
}

const Context = createContext<JourneyState | undefined>(undefined);

export function useJourney(): JourneyState {
  const state = useContext(Context);
  if (!state) throw new Error('The journey is read outside of its provider.');
  return state;
}

/**
 * Signs in, finds the journey again, and holds where it stands, for all pages. The rules are the api's: `step` and `allowed` say
 * what to draw.
 */
export function JourneyProvider({ children }: PropsWithChildren) {
  const [view, setView] = useState<Journey>();
  const [isReady, setReady] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [sandboxUrl, setSandboxUrl] = useState<string>();
  const [identity, setIdentity] = useState<AuthorizedIdentity>();
  const [trouble, setTrouble] = useState<Trouble>();
  const isAtWork = useRef(false);
  const channel = useRef<Channel>({});

  /** One thing at a time, so that a double tap is one tap. */
  const run = useCallback(async <T,>(work: () => Promise<T>): Promise<T | undefined> => {
    if (isAtWork.current) return undefined;
    isAtWork.current = true;
    setBusy(true);
    setTrouble(undefined);
    try {
      return await work();
    } catch (error) {
      if (isSessionOver(error)) {
        await startAnew();
      } else {
        if (error instanceof Refusal && error.journey) setView(error.journey);
        if (error instanceof Refusal && error.code === 'authorized_identity_over') setIdentity(undefined);
        setTrouble(troubleOf(error, () => void run(work)));
      }
      return undefined;
    } finally {
      isAtWork.current = false;
      setBusy(false);
    }
  }, []);

  /** Another session of the same account begins at the entry: it has proven nothing. */
  const startAnew = useCallback(async () => {
    forgetSession();
    setView(undefined);
    setIdentity(undefined);
    setTrouble({ kind: 'session-over', issues: [] });
    try {
      await signIn(channel.current);
    } catch (error) {
      setTrouble(troubleOf(error, () => void run(begin)));
    }
  }, [run]);

  const show = useCallback((next: Journey | undefined) => {
    setView(next);
    return next;
  }, []);

  const begin = useCallback(async () => {
    if (!platform.isOpen) return;
    // Before signing in, which leaves the page and its address.
    keepInvitation();
    channel.current = await channelOf();
    setSandboxUrl(channel.current.authorizeUrl?.replace(/\/[^/]*$/, '/'));
    const brought = platform.codeBroughtAlong();
    if (brought) await signInWith(brought.code);
    else if (!hasSession() && !(await signIn(channel.current))) return;
    show(await current());
    setReady(true);
    if (brought?.scope === 'auth_user') setIdentity(await call('GET', '/api/authorized-identity'));
  }, [show]);

  useEffect(() => {
    void run(begin);
  }, [run, begin]);

  const state = useMemo<JourneyState>(() => {
    const post = <T,>(path: string, body: object): (() => Promise<T>) => {
      const key = newKey();
      return () => call<T>('POST', path, body, key);
    };
    const showing = (posted: () => Promise<Journey>) => run(async () => show(await posted()));
    const at = `/api/journeys/${view?.id}`;
    const revision = view?.revision;
    return {
      view,
      isReady,
      isBusy,
      sandboxUrl,
      trouble,
      async look() {
        await run(async () => show(await current()));
      },
      async enter(entry) {
        await showing(post('/api/journeys', entry));
      },
      tap: (path, data) => showing(post(`${at}/${path}`, { revision, ...data })),
      async agree(consent) {
        await showing(post(`${at}/consents`, consent));
      },
      withdraw: (kind) => run(post<ConsentList>(`${at}/consents/${kind}/withdrawal`, { revision })),
      identity,
      async askForIdentity() {
        await run(async () => {
          const code = await platform.authCode('auth_user', channel.current.authorizeUrl);
          if (!code) return;
          await signInWith(code);
          setIdentity(await call('GET', '/api/authorized-identity'));
        });
      },
      forgetIdentity: () => setIdentity(undefined),
      askForMessages: () => platform.askForMessages(channel.current.messageTemplates ?? []),
      async read(path) {
        try {
          return await call('GET', path);
        } catch (error) {
          if (isSessionOver(error)) await startAnew();
          throw error;
        }
      },
    };
  }, [view, isReady, isBusy, sandboxUrl, trouble, identity, run, show, startAnew]);
  return <Context.Provider value={state}>{children}</Context.Provider>;
}

function isSessionOver(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'not_signed_in';
}

function troubleOf(error: unknown, again: () => void): Trouble {
  if (error instanceof Offline) return { kind: 'offline', issues: [], again };
  if (!(error instanceof Refusal)) return { kind: 'failed', issues: [], again };
  const { status, code, message, issues } = error;
  const mayHelp = status >= 500 || status === 429;
  return { kind: 'refused', code, message, issues, ...(mayHelp && { again }) };
}

/** Where this session was last: the same journey after a reload, a kill, or another app. */
async function current(): Promise<Journey | undefined> {
  try {
    return await reported(await call<Journey>('GET', '/api/journeys/current'));
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** Who comes back with a face check open comes back from it: the vendor is asked how it went. */
async function reported(view: Journey): Promise<Journey> {
  const { id, revision, faceCheck } = view;
  if (!faceCheck) return view;
  const path = `/api/journeys/${id}/face-checks/${faceCheck.certifyId}/result`;
  return await call<Journey>('POST', path, { revision });
}
