import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../client';
import { Failure } from '../components/failure';
import { Loaded } from '../components/loaded';
import { PageTitle } from '../components/page-title';
import { queries, readAgain } from '../queries';
import { bodyOf, post, sessionStore } from '../session';
import { AddPasskey, AddTotp, RecoveryCodes } from '../sign-in/add-factor';
import type { Enrolled } from '../sign-in/passkeys';
import { formatTime, useTextsOf } from '../texts';
import { securityTexts } from '../texts/security';
import { OwnSessions } from './own-sessions';

type Factors = Schemas['OwnFactors'];

/** The own account: second factors, recovery codes, sessions, and the way to another password. */
export function Security() {
  const words = useTextsOf(securityTexts);
  const query = useQuery(queries.factors());
  const [codes, setCodes] = useState<readonly string[]>();
  const enrolled = ({ session, recoveryCodes }: Enrolled) => {
    sessionStore.open(session);
    setCodes(recoveryCodes);
    readAgain('factors');
  };
  if (codes) return <RecoveryCodes codes={codes} onSaved={() => setCodes(undefined)} />;
  return (
    <>
      <PageTitle>{words.title}</PageTitle>
      <p>
        <Link to="/password">{words.password}</Link>
      </p>
      <Loaded query={query}>
        {(factors) => (
          <div className="columns">
            <section className="card stack">
              <h2>{words.totp}</h2>
              <p className="hint">{words.totpAbout}</p>
              <p>{factors.totp ? words.since(formatTime(factors.totp.addedAt)) : words.totpNone}</p>
              <AddTotp label={factors.totp ? words.totpReplace : words.totpAdd} onEnrolled={enrolled} />
            </section>
            <section className="card stack">
              <h2>{words.passkeys}</h2>
              <p className="hint">{words.passkeyAbout}</p>
              {factors.passkeys.length === 0 && <p>{words.passkeyNone}</p>}
              <ul className="cards">
                {factors.passkeys.map((passkey) => (
                  <OnePasskey key={passkey.id} passkey={passkey} />
                ))}
              </ul>
              <AddPasskey onEnrolled={enrolled} />
            </section>
            <Codes left={factors.recoveryCodesLeft} onCodes={setCodes} />
          </div>
        )}
      </Loaded>
      <OwnSessions />
    </>
  );
}

function OnePasskey({ passkey: { id, name, addedAt, usedAt } }: { passkey: Factors['passkeys'][number] }) {
  const words = useTextsOf(securityTexts);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      post('/api/clerk/factors/passkeys/{passkey}/removal', { params: { path: { passkey: id } }, body: {} }),
    onSuccess: () => readAgain('factors'),
  });
  return (
    <li className="stack">
      <p>
        <strong>{name}</strong>
      </p>
      <p className="hint">
        {words.since(formatTime(addedAt))}
        {usedAt && `，${words.used(formatTime(usedAt))}`}
      </p>
      {error && <Failure error={error} />}
      <div>
        <Button
          size="small"
          loading={isPending}
          aria-label={`${words.passkeyRemove} ${name}`}
          onClick={() => mutate()}
        >
          {words.passkeyRemove}
        </Button>
      </div>
    </li>
  );
}

function Codes({ left, onCodes }: { left: number; onCodes: (codes: readonly string[]) => void }) {
  const words = useTextsOf(securityTexts);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => bodyOf(post('/api/clerk/factors/recovery-codes', { body: {} })),
    onSuccess({ recoveryCodes }) {
      onCodes(recoveryCodes);
      readAgain('factors');
    },
  });
  return (
    <section className="card stack">
      <h2>{words.recoveryCodes}</h2>
      <p>{words.codesLeft(left)}</p>
      {error && <Failure error={error} />}
      <div>
        <Button loading={isPending} onClick={() => mutate()}>
          {words.codesRenew}
        </Button>
      </div>
    </section>
  );
}
