import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Session } from '../client';
import { queries } from '../queries';
import { bodyOf, get } from '../session';
import { useTextsOf } from '../texts';
import { providerTexts } from '../texts/provider';
import { keepPlace, PROVIDER_PATH } from './provider-path';

/**
 * The way to the identity provider, if there is one.
 * @param above whether a page lies below, with what its clerk has typed: then another tab goes there, and this one finds the session
 */
export function ProviderOffer({ above, onAnswer }: { above: boolean; onAnswer: (answer: Session) => void }) {
  const words = useTextsOf(providerTexts);
  const { data } = useQuery(queries.identityProvider());
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
