import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import type { Session } from '../client';
import { Failure } from '../components/failure';
import { Field } from '../components/field';
import { bodyOf, post } from '../session';
import { useTexts } from '../texts';

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
  const { signIn } = useTexts();
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
        password(signIn.current, current, setCurrent, {
          name: 'current',
          autoComplete: 'current-password',
        })}
      {password(signIn.next, next, setNext, {
        name: 'next',
        autoComplete: 'new-password',
        autoFocus: known !== undefined,
      })}
      {password(signIn.repeat, repeated, setRepeated, { name: 'repeated', autoComplete: 'new-password' })}
      {differ && <Alert type="error" showIcon title={signIn.differ} />}
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" loading={isPending} block>
        {signIn.change}
      </Button>
    </form>
  );
}
