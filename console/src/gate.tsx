import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from 'antd';
import { RouterProvider } from '@tanstack/react-router';
import type { Session } from './client';
import { Dialog } from './components/dialog';
import { Failure } from './components/failure';
import { LanguageSwitch } from './components/language-switch';
import { router } from './router';
import { findSession, sessionStore, useIsAsked, useSessionState } from './session';
import { SignIn } from './sign-in/sign-in';
import { stepAfter } from './sign-in/steps';
import { useTexts } from './texts';

/** Lets in who has signed in. When a session ends, its page stays as it is below the window in which the clerk signs in again. */
export function Gate() {
  const { state: words } = useTexts();
  const state = useSessionState();
  const isAsked = useIsAsked();
  const [error, setError] = useState<unknown>();
  const find = () => {
    setError(undefined);
    findSession().catch(setError);
  };
  useEffect(find, []);
  if (state.kind === 'unknown') {
    if (error === undefined) return null;
    return (
      <main className="sign-in">
        <Failure error={error} />
        <Button onClick={find}>{words.again}</Button>
      </main>
    );
  }
  if (state.kind === 'signed-out') return <SignInPage />;
  if (state.kind === 'signed-in' && stepAfter(state.session) !== 'done')
    return <SignInPage begun={state.session} />;
  return (
    <>
      <RouterProvider router={router} />
      {state.kind === 'lost' && <SignInAgain session={state.session} />}
      {state.kind === 'signed-in' && isAsked && <ShowAgain session={state.session} />}
    </>
  );
}

function SignInPage({ begun }: { begun?: Session }) {
  const texts = useTexts();
  return (
    <main className="sign-in">
      <div className="brand">
        <span className="emblem" />
        <h1>
          {texts.title}
          <small>{texts.subtitle}</small>
        </h1>
      </div>
      <SignIn begun={begun} />
      <LanguageSwitch />
    </main>
  );
}

const SecondFactorForm = lazy(async () => ({
  default: (await import('./sign-in/second-factor-form')).SecondFactorForm,
}));

/** Before an approval: the clerk shows a second factor, and what was under way goes on. */
function ShowAgain({ session }: { session: Session }) {
  const { security: words } = useTexts();
  const cancel = () => sessionStore.answer();
  return (
    <Dialog title={words.againTitle} onClose={cancel}>
      <p>{words.again}</p>
      <Suspense>
        <SecondFactorForm factors={session.secondFactors} onAnswer={sessionStore.answer} />
      </Suspense>
      <Button onClick={cancel}>{words.cancel}</Button>
    </Dialog>
  );
}

function SignInAgain({ session }: { session: Session }) {
  const { signIn } = useTexts();
  const isBegun = stepAfter(session) !== 'done';
  return (
    <Dialog title={signIn.lostTitle}>
      <p>{signIn.lost(session.clerk.name)}</p>
      <SignIn
        login={session.clerk.login}
        begun={isBegun ? session : undefined}
        mayOpen={({ clerk }) => {
          if (clerk.id === session.clerk.id) return true;
          // Nothing that this page has read, or that was typed here, is for another clerk.
          window.location.assign(router.basepath);
          return false;
        }}
      />
    </Dialog>
  );
}
