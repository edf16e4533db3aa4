import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import type { Session } from '../client';
import { Failure } from '../components/failure';
import { Field } from '../components/field';
import { bodyOf, post } from '../session';
import { useTextsOf } from '../texts';
import { securityTexts } from '../texts/security';
import { arePasskeysPossible, isUnfinished, showPasskey } from './passkeys';

/** Shows a second factor: a passkey, a code of the authenticator app, or a recovery code. */
export function SecondFactorForm({
  factors,
  onAnswer,
}: {
  factors: Session['secondFactors'];
  onAnswer: (answer: Session) => void;
}) {
  const words = useTextsOf(securityTexts);
  const hasTotp = factors.includes('totp');
  const [kind, setKind] = useState<'totp' | 'recovery-code'>(hasTotp ? 'totp' : 'recovery-code');
  const [code, setCode] = useState('');
  const typed = useMutation({
    mutationFn: () => bodyOf(post('/api/clerk/second-factor', { body: { kind, code: code.trim() } })),
    onSuccess: onAnswer,
    onError: () => setCode(''),
  });
  const signed = useMutation({ mutationFn: showPasskey, onSuccess: onAnswer });
  const hasPasskey = factors.includes('passkey') && arePasskeysPossible();
  const isTyped = hasTotp || kind === 'recovery-code';
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        typed.mutate();
      }}
    >
      {hasPasskey && (
        <Button
          type={hasTotp ? 'default' : 'primary'}
          loading={signed.isPending}
          onClick={() => signed.mutate()}
          block
        >
          {words.usePasskey}
        </Button>
      )}
      {signed.error && <PasskeyFailure error={signed.error} />}
      {isTyped && (
        <>
          <Field
            label={kind === 'totp' ? words.code : words.recoveryCode}
            hint={kind === 'totp' ? words.codeHint : `${words.recoveryHint}${words.lost}`}
          >
            {(labels) => (
              <Input
                {...labels}
                name="code"
                autoComplete="one-time-code"
                inputMode={kind === 'totp' ? 'numeric' : 'text'}
                spellCheck={false}
                autoFocus
                required
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            )}
          </Field>
          {typed.error && <Failure error={typed.error} />}
          <Button type="primary" htmlType="submit" loading={typed.isPending} block>
            {words.submit}
          </Button>
        </>
      )}
      {hasTotp && factors.includes('recovery-code') && (
        <Button
          type="link"
          onClick={() => {
            setKind(kind === 'totp' ? 'recovery-code' : 'totp');
            setCode('');
          }}
        >
          {kind === 'totp' ? words.useRecoveryCode : words.useCode}
        </Button>
      )}
    </form>
  );
}

/** What went wrong with a passkey, at the browser or at the api. */
export function PasskeyFailure({ error }: { error: unknown }) {
  const words = useTextsOf(securityTexts);
  return isUnfinished(error) ? (
    <Alert type="error" showIcon title={words.passkeyUnfinished} />
  ) : (
    <Failure error={error} />
  );
}
