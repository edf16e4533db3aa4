import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import type { Session } from '../client';
import { Failure } from '../components/failure';
import { Field } from '../components/field';
import { bodyOf, post } from '../session';
import { useTextsOf } from '../texts';
import { securityTexts } from '../texts/security';

/** Changes the own password, which ends all sessions, and signs in with the new one. */
export function ChangePasswordForm({
  login,
  current: known,
  onAnswer,
}: {
  login: string;
  /** Where it has just been typed. */
  current?: string;
  onAnswer: (answer: Session) => void;
}) {
  const words = useTextsOf(securityTexts);
  const [current, setCurrent] = useState(known ?? '');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [differ, setDiffer] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      await post('/api/clerk/password', { body: { current, next } });
      return await bodyOf(post('/api/clerk/sessions', { body: { login, password: next } }));
    },
    onSuccess: onAnswer,
  });
  const password = (
    label: string,
    value: string,
    change: (typed: string) => void,
    about: { name: string; autoComplete: string; autoFocus?: boolean },
  ) => (
    <Field label={label}>
      {(labels) => (
        <Input
          {...labels}
          {...about}
          type="password"
          required
          value={value}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </Field>
  );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setDiffer(next !== repeated);
        if (next === repeated) mutate();
      }}
    >
      {known === undefined &&
        password(words.currentPassword, current, setCurrent, {
          name: 'current',
          autoComplete: 'current-password',
        })}
      {password(words.nextPassword, next, setNext, {
        name: 'next',
        autoComplete: 'new-password',
        autoFocus: known !== undefined,
      })}
      {password(words.repeated, repeated, setRepeated, { name: 'repeated', autoComplete: 'new-password' })}
      {differ && <Alert type="error" showIcon title={words.passwordsDiffer} />}
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" loading={isPending} block>
        {words.changePassword}
      </Button>
    </form>
  );
}

/** The step of the sign-in in which a one-time password is replaced. */
export function ChangePasswordStep(of: Parameters<typeof ChangePasswordForm>[0]) {
  const words = useTextsOf(securityTexts);
  return (
    <>
      <h2>{words.changeTitle}</h2>
      <p>{words.oneTime}</p>
      <ChangePasswordForm {...of} />
    </>
  );
}
