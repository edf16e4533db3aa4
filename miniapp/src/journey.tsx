import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { call, forgetSession, hasSession, newKey, Refusal } from './api';
import type { AuthorizedIdentity, Journey } from './api';
import { forgetOpened, wasOpened } from './face-check';
import { keepInvitation } from './invitation';
import { platform } from './platform';
import { channelOf, signIn, signInWith } from './session';
import type { Channel } from './session';
import { isRefused, troubleOf } from './trouble';
import type { Trouble } from './trouble';

interface JourneyState {
  /** Undefined before the first entry. */
  view?: Journey;
  /** Somebody is signed in. */
  isReady: boolean;
  isBusy: boolean;
  /** Nothing here is real: where its persons are made up. */
  sandboxUrl?: string;
  trouble?: Trouble;
  /** Something else is filled in now: the tap that came to nothing can't be repeated as it was. */
  forgetAgain(): void;
  /** What was wrong has been put right. */
  forgetTrouble(): void;
  enter(entry: object): Promise<void>;
  /** One tap on the journey, below its path. @returns where it stands now; undefined where the tap came to nothing */
  tap(path: string, data?: object): Promise<Journey | undefined>;
  /** Agrees to a text that has changed. */
  agree(consent: { kind: string; version: string }): Promise<void>;
  /** Takes a consent back that ends nothing but what was done under it. `withdrawals` counts them. */
  withdraw(kind: string): Promise<void>;
  withdrawals: number;
  look(): Promise<void>;
  /** Asks how the face check came out from which the person is back. */
  report(): Promise<void>;
  /** Name and number of the account, masked, which the person has let Alipay give. */
  identity?: AuthorizedIdentity;
  /** Asks the person for them; leaves the page where that can't be done on it. */
  askForIdentity(): Promise<void>;
  forgetIdentity(): void;
  /** Asks whether messages may be sent, in the course of a tap. */
  askForMessages(): Promise<void>;
  /** Something is read, not tapped: signs in again where the session is over. `POST`: reading it may make it. */
  read<T>(path: string, method?: 'GET' | 'POST'): Promise<T>;
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
  const [withdrawals, setWithdrawals] = useState(0);
  const atWork = useRef<Promise<unknown>>();
  const channel = useRef<Channel>({});

  const show = useCallback((next: Journey | undefined) => {
    setView(next);
    return next;
  }, []);

  const attempt = useCallback(async <T,>(work: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    setTrouble(undefined);
    try {
      return await work();
    } catch (error) {
      await meet(error, () => void run(work));
      return undefined;
    } finally {
      atWork.current = undefined;
      setBusy(false);
    }
  }, []);

  /** One thing at a time, so that a double tap is one tap. `waits`: it is not a tap, and comes when the other is done. */
  const run = useCallback(
    async <T,>(work: () => Promise<T>, { waits = false } = {}): Promise<T | undefined> => {
      while (atWork.current) {
        if (!waits) return undefined;
        await atWork.current;
      }
      const working = attempt(work);
      atWork.current = working;
      return await working;
    },
    [attempt],
  );

  const meet = useCallback(
    async (error: unknown, again: () => void) => {
      if (isRefused(error, 'not_signed_in')) return await startAnew();
      if (isRefused(error, 'authorized_identity_over')) setIdentity(undefined);
      if (error instanceof Refusal && error.journey) show(error.journey);
      // Another phone of the same account may have taken the journey over.
      if (isRefused(error, 'not_found') && !show(await current().catch(() => undefined))) {
        setTrouble({ kind: 'elsewhere', issues: [] });
      } else setTrouble(troubleOf(error, again));
    },
    [show],
  );

  /** Another session of the same account begins at the entry: it has proven nothing. */
  const startAnew = useCallback(async () => {
    forgetSession();
    show(undefined);
    setIdentity(undefined);
    setTrouble({ kind: 'session-over', issues: [] });
    try {
      await signIn(channel.current);
    } catch (error) {
      setTrouble(troubleOf(error, () => void run(begin)));
    }
  }, [run, show]);

  const begin = useCallback(async () => {
    if (!platform.channel) return;
    // Before signing in, which leaves the page and its address.
    keepInvitation();
    channel.current = await channelOf();
    setSandboxUrl(channel.current.authorizeUrl?.replace(/\/[^/]*$/, '/'));
    const brought = platform.codeBroughtAlong();
    if (brought) await signInWith(brought.code);
    else if (!hasSession() && !(await signIn(channel.current))) return;
    const found = show(await current());
    setReady(true);
    if (found?.faceCheck && wasOpened(found.faceCheck)) show(await reported(found));
    if (brought?.scope === 'auth_user') setIdentity(await call('GET', '/api/authorized-identity'));
  }, [show]);

  useEffect(() => {
    void run(begin);
  }, [run, begin]);
  // What Alipay has authorized this session for is over: another session has it anew.
  const mustSignIn = view?.notices.some(({ code }) => code === 'sign_in_again');
  useEffect(() => {
    if (mustSignIn) void run(startAnew, { waits: true });
  }, [mustSignIn, run, startAnew]);

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
      forgetAgain: () => setTrouble((before) => (before?.again ? { ...before, again: undefined } : before)),
      forgetTrouble: () => setTrouble(undefined),
      async look() {
        await run(async () => show(await current()));
      },
      async report() {
        await run(
          async () => {
            const found = await current();
            show(found?.faceCheck ? await reported(found) : found);
          },
          { waits: true },
        );
      },
      async enter(entry) {
        await showing(post('/api/journeys', entry));
      },
      tap: (path, data) => showing(post(`${at}/${path}`, { revision, ...data })),
      async agree(consent) {
        await showing(post(`${at}/consents`, consent));
      },
      withdrawals,
      async withdraw(kind) {
        const posted = post(`${at}/consents/${kind}/withdrawal`, { revision });
        await run(async () => {
          await posted();
          setWithdrawals((before) => before + 1);
        });
      },
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
      async read(path, method = 'GET') {
        try {
          return await call(method, path, method === 'POST' ? {} : undefined);
        } catch (error) {
          if (isRefused(error, 'not_signed_in')) await startAnew();
          throw error;
        }
      },
    };
  }, [view, isReady, isBusy, sandboxUrl, trouble, identity, withdrawals, run, show, startAnew]);
  return <Context.Provider value={state}>{children}</Context.Provider>;
}

/** Where this session was last: the same journey after a reload, a kill, or another app. */
async function current(): Promise<Journey | undefined> {
  try {
    return await call<Journey>('GET', '/api/journeys/current');
  } catch (error) {
    if (isRefused(error, 'not_found')) return undefined;
    throw error;
  }
}

/** The vendor is asked how the check went, which the phone can't know. */
async function reported({ id, revision, faceCheck }: Journey): Promise<Journey> {
  const path = `/api/journeys/${id}/face-checks/${faceCheck?.certifyId ?? ''}/result`;
  const next = await call<Journey>('POST', path, { revision });
  forgetOpened();
  return next;
}
