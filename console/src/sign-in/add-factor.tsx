import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { encode } from 'uqr';
import { Failure } from '../components/failure';
import { Field } from '../components/field';
import { bodyOf, post } from '../session';
import { useTextsOf } from '../texts';
import { securityTexts } from '../texts/security';
import { addPasskey, arePasskeysPossible } from './passkeys';
import type { Enrolled } from './passkeys';
import { PasskeyFailure } from './second-factor-form';

type OnEnrolled = (enrolled: Enrolled) => void;

/** Enrols an authenticator app: its secret as a QR code, and then a code that it shows. */
export function AddTotp({ label, onEnrolled }: { label: string; onEnrolled: OnEnrolled }) {
  const words = useTextsOf(securityTexts);
  const [code, setCode] = useState('');
  const offering = useMutation({
    mutationFn: () => bodyOf(post('/api/clerk/factors/totp-offer', { body: {} })),
  });
  const adding = useMutation({
    mutationFn: () => bodyOf(post('/api/clerk/factors/totp', { body: { code: code.trim() } })),
    onSuccess(enrolled) {
      offering.reset();
      setCode('');
      onEnrolled(enrolled);
    },
  });
  const offer = offering.data;
  if (!offer) {
    return (
      <>
        {offering.error && <Failure error={offering.error} />}
        <Button loading={offering.isPending} onClick={() => offering.mutate()}>
          {label}
        </Button>
      </>
    );
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        adding.mutate();
      }}
    >
      <p>{words.totpScan}</p>
      <QrCode content={offer.uri} label={words.totpQrCode} />
      <div>
        {words.totpSecret}
        <code className="secret">{offer.secret}</code>
      </div>
      <Field label={words.code} hint={words.codeHint}>
        {(labels) => (
          <Input
            {...labels}
            autoComplete="one-time-code"
            inputMode="numeric"
            autoFocus
            required
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      {adding.error && <Failure error={adding.error} />}
      <Button type="primary" htmlType="submit" loading={adding.isPending}>
        {words.totpConfirm}
      </Button>
    </form>
  );
}

/** Makes a passkey in this browser and enrols it. */
export function AddPasskey({ onEnrolled }: { onEnrolled: OnEnrolled }) {
  const words = useTextsOf(securityTexts);
  const [name, setName] = useState(words.passkeyDefault);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => addPasskey(name),
    onSuccess: onEnrolled,
  });
  if (!arePasskeysPossible()) return <p className="hint">{words.passkeyImpossible}</p>;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Field label={words.passkeyName}>
        {(labels) => (
          <Input
            {...labels}
            autoComplete="off"
            required
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {error && <PasskeyFailure error={error} />}
      <Button htmlType="submit" loading={isPending}>
        {words.passkeyAdd}
      </Button>
    </form>
  );
}

/** Recovery codes, which are shown only now. */
export function RecoveryCodes({ codes, onSaved }: { codes: readonly string[]; onSaved: () => void }) {
  const words = useTextsOf(securityTexts);
  return (
    <section className="stack">
      <h2>{words.codesTitle}</h2>
      <p>{words.codes}</p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button type="primary" onClick={onSaved}>
        {words.codesSaved}
      </Button>
    </section>
  );
}

const MARGIN = 4;

/** A QR code, dark on light whatever the colours of the page: not every app reads the reverse. */
function QrCode({ content, label }: { content: string; label: string }) {
  const { data, size } = encode(content, { border: MARGIN });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
  return (
    <svg className="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`}>
      <path fill="#fff" d={`M0 0h${size}v${size}h-${size}z`} />
      <path fill="#000" d={squares.join('')} />
    </svg>
  );
}
