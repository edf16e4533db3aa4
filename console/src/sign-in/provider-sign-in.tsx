import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Failure } from '../components/failure';
import { bodyOf, post } from '../session';
import { useTextsOf } from '../texts';
import { providerTexts } from '../texts/provider';
import { keptPlace, PROVIDER_PATH } from './provider-path';

/** Sends the browser to the identity provider, or hands in the answer with which it comes back. */
async function signIn(): Promise<null> {
  const answer = window.location.search.slice(1);
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
  const { error } = useQuery({ queryKey: ['provider-sign-in'], queryFn: signIn, ...once });
  return (
    <main className="sign-in">
      {error ? (
        <>
          <h1>{words.failed}</h1>
          <Failure error={error} />
          <Button type="primary" href={keptPlace()} block>
            {words.back}
          </Button>
        </>
      ) : (
        <p role="status">{words.underWay}</p>
      )}
    </main>
  );
}
