import { lazy, Suspense, useState } from 'react';
import type { Session } from '../client';
import { sessionStore } from '../session';
import { Skeleton } from '../components/skeleton';
import { useTexts } from '../texts';
import { PasswordStep } from './password-step';
import { stepAfter } from './steps';

// Loaded when they are needed: the first screen has no room for them.
const SecondFactorForm = lazy(async () => ({
  default: (await import('./second-factor-form')).SecondFactorForm,
}));
const ChangePasswordStep = lazy(async () => ({
  default: (await import('./change-password-form')).ChangePasswordStep,
}));
const ProviderOffer = lazy(async () => ({ default: (await import('./provider')).ProviderOffer }));
const EnrolStep = lazy(async () => ({ default: (await import('./enrol-step')).EnrolStep }));

/**
 * Signing in, one step after the other, as the api's answers say. A further step gets its name and condition in steps.ts and its
 * form here.
 */
export function SignIn({
  begun,
  login,
  mayOpen = () => true,
}: {
  /** A session that a step is still to be done for. */
  begun?: Session;
  /** The login of the clerk who signs in again. */
  login?: string;
  /** Whether this clerk's session may be used by the page. */
  mayOpen?: (answer: Session) => boolean;
}) {
  const { security } = useTexts();
  const [answer, setAnswer] = useState(begun);
  const [password, setPassword] = useState<string>();
  const goOn = (next: Session) => {
    if (!mayOpen(next)) return;
    setAnswer(next);
    sessionStore.open(next);
  };
  switch (stepAfter(answer)) {
    case 'password':
      return (
        <>
          <PasswordStep
            login={login}
            onAnswer={(next, typed) => {
              setPassword(typed);
              goOn(next);
            }}
          />
          <Suspense>
            <ProviderOffer above={login !== undefined} onAnswer={goOn} />
          </Suspense>
        </>
      );
    case 'second-factor':
      return (
        <Suspense fallback={<Skeleton />}>
          <h2>{security.stepTitle}</h2>
          <p>{security.step}</p>
          <SecondFactorForm factors={answer?.secondFactors ?? []} onAnswer={goOn} />
        </Suspense>
      );
    case 'enrol':
      return (
        <Suspense fallback={<Skeleton />}>
          <EnrolStep onAnswer={goOn} />
        </Suspense>
      );
    case 'change-password':
      return (
        <Suspense fallback={<Skeleton />}>
          <ChangePasswordStep login={answer?.clerk.login ?? ''} current={password} onAnswer={goOn} />
        </Suspense>
      );
    case 'done':
      return null;
  }
}
