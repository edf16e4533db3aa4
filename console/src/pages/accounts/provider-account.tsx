import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import type { Schemas } from '../../client';
import { Failure } from '../../components/failure';
import { Field } from '../../components/field';
import { readAgain } from '../../queries';
import { post } from '../../session';
import { identityProvider } from '../../sign-in/provider';
import { useTextsOf } from '../../texts';
import { providerTexts } from '../../texts/provider';
import { Outcome } from './outcome';

/** By which account at the identity provider a clerk signs in. Nothing where there is no provider. */
export function ProviderAccount({ account }: { account: Schemas['ClerkAccount'] }) {
  const words = useTextsOf(providerTexts);
  const { data: provider } = useQuery(identityProvider);
  const { id, login, providerAccount } = account;
  const params = { path: { clerkId: id } };
  const [subject, setSubject] = useState('');
  const settled = { onSuccess: () => readAgain('accounts', 'acts') };
  const linking = useMutation({
    mutationFn: () =>
      post('/api/clerk/clerks/{clerkId}/provider-account', { params, body: { subject: subject.trim() } }),
    ...settled,
  });
  const unlinking = useMutation({
    mutationFn: () => post('/api/clerk/clerks/{clerkId}/provider-account/removal', { params, body: {} }),
    ...settled,
  });
  if (!provider?.isOffered) return null;
  const error = linking.error ?? unlinking.error;
  return (
    <div className="stack">
      {providerAccount && (
        <>
          <p className="hint">{words.linked(providerAccount.subject)}</p>
          <div>
            <Button
              size="small"
              loading={unlinking.isPending}
              aria-label={`${words.unlink} ${login}`}
              onClick={() => unlinking.mutate()}
            >
              {words.unlink}
            </Button>
          </div>
        </>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          linking.mutate();
        }}
      >
        <Field label={words.subject} hint={words.subjectHint}>
          {(labels) => (
            <Input
              {...labels}
              autoComplete="off"
              spellCheck={false}
              required
              value={subject}
              onChange={(event) => setSubject(event.target.value)}
            />
          )}
        </Field>
        <Button
          size="small"
          htmlType="submit"
          loading={linking.isPending}
          aria-label={`${words.link} ${login}`}
        >
          {words.link}
        </Button>
      </form>
      {error && <Failure error={error} />}
      {linking.isSuccess && <Outcome given={{ login, isProposed: true }} />}
    </div>
  );
}
