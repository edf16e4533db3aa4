import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import type { Session } from '../client';
import { Failure } from '../components/failure';
import { Field } from '../components/field';
import { bodyOf, post } from '../session';
import { useTexts } from '../texts';

/** The first step: login and password. */
export function PasswordStep({
  login: known = '',
  onAnswer,
}: {
  login?: string;
  onAnswer: (answer: Session, password: string) => void;
}) {
  const { signIn } = useTexts();
  const [login, setLogin] = useState(known);
  const [password, setPassword] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => bodyOf(post('/api/clerk/sessions', { body: { login: login.trim(), password } })),
    onSuccess: (answer) => onAnswer(answer, password),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Field label={signIn.login}>
        {(labels) => (
          <Input
            {...labels}
            name="login"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={known === ''}
            required
            value={login}
            onChange={(event) => setLogin(event.target.value)}
          />
        )}
      </Field>
      <Field label={signIn.password}>
        {(labels) => (
          <Input
            {...labels}
            name="password"
            type="password"
            autoComplete="current-password"
            autoFocus={known !== ''}
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" loading={isPending} block>
        {signIn.submit}
      </Button>
    </form>
  );
}
