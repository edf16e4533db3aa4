import { useEffect, useState } from 'react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Session } from '../client';
import { Failure } from '../components/failure';
import { bodyOf, get, post } from '../session';
import { useTextsOf } from '../texts';
import { providerTexts } from '../texts/provider';

/** What the api says about the identity provider. */
export const identityProvider = queryOptions({
  queryKey: ['identity-provider'],
  queryFn: () => bodyOf(get('/api/clerk/identity-provider')),
  staleTime: Infinity,
});

const HOME = '/console';
/** The address to which the identity provider sends browsers back, and from which they are sent there. */
const PROVIDER_PATH = `${HOME}/provider`;
const SIGN_OUT = '?sign-out';
const PLACE = 'place-before-sign-in';

/** Remembers, in this tab, which page was asked for. */
function keepPlace(): void {
  window.sessionStorage.setItem(PLACE, window.location.pathname + window.location.search);
}

/** The page that was asked for before the clerk signed in. */
function keptPlace(): string {
  return window.sessionStorage.getItem(PLACE) ?? HOME;
}

/**
 * The way to the identity provider, if there is one.
 * @param above whether a page lies below, with what its clerk has typed: then another tab goes there, and this one finds the session
 */
export function ProviderOffer({ above, onAnswer }: { above: boolean; onAnswer: (answer: Session) => void }) {
  const words = useTextsOf(providerTexts);
  const { data } = useQuery(identityProvider);
  const isWaiting = above && data?.isOffered === true;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const find = () => void bodyOf(get('/api/clerk/session')).then(onAnswer, () => {});
    window.addEventListener('focus', find);
    return () => window.removeEventListener('focus', find);
  }, [isWaiting, onAnswer]);
  if (!data?.isOffered) return null;
  return (
    <div className="stack">
      <Button
        href={PROVIDER_PATH}
        target={above ? '_blank' : undefined}
        onClick={above ? undefined : keepPlace}
        block
      >
        {words.signIn}
      </Button>
      {above && <p className="hint">{words.inAnotherTab}</p>}
    </div>
  );
}

/** Sends the browser to the identity provider to sign in or out, or hands in the answer with which it comes back. */
async function goOn(): Promise<null> {
  const answer = window.location.search.slice(1);
  if (window.location.search === SIGN_OUT) {
    const { signOutUrl = HOME } = await bodyOf(get('/api/clerk/identity-provider'));
    window.location.replace(signOutUrl);
    return null;
  }
  if (answer === '') {
    const { url } = await bodyOf(post('/api/clerk/provider-sign-ins', { body: {} }));
    window.location.assign(url);
    return null;
  }
  // Nobody finds it later in the address or in the history.
  window.history.replaceState(null, '', PROVIDER_PATH);
  await post('/api/clerk/provider-sign-ins/answer', { body: { answer } });
  window.location.replace(keptPlace());
  return null;
}

/** The page at PROVIDER_PATH. */
export function ProviderSignIn() {
  const words = useTextsOf(providerTexts);
  // Each answer serves once.
  const once = { retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false };
  const [isSigningOut] = useState(() => window.location.search === SIGN_OUT);
  const { error } = useQuery({ queryKey: ['provider-sign-in'], queryFn: goOn, ...once });
  return (
    <main className="sign-in">
      {error ? (
        <>
          <h1>{isSigningOut ? words.notSignedOut : words.failed}</h1>
          <Failure error={error} />
          <Button type="primary" href={keptPlace()} block>
            {words.back}
          </Button>
        </>
      ) : (
        <p role="status">{isSigningOut ? words.signingOut : words.underWay}</p>
      )}
    </main>
  );
}
