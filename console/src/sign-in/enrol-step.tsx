import { useState } from 'react';
import type { Session } from '../client';
import { useTextsOf } from '../texts';
import { securityTexts } from '../texts/security';
import { AddPasskey, AddTotp, RecoveryCodes } from './add-factor';
import type { Enrolled } from './passkeys';

/** The last step of the first sign-in: a second factor, and the recovery codes that come with it. */
export function EnrolStep({ onAnswer }: { onAnswer: (answer: Session) => void }) {
  const words = useTextsOf(securityTexts);
  const [enrolled, setEnrolled] = useState<Enrolled>();
  if (enrolled) {
    return <RecoveryCodes codes={enrolled.recoveryCodes ?? []} onSaved={() => onAnswer(enrolled.session)} />;
  }
  return (
    <>
      <h2>{words.enrolTitle}</h2>
      <p>{words.enrol}</p>
      <section className="stack">
        <h3>{words.totp}</h3>
        <p className="hint">{words.totpAbout}</p>
        <AddTotp label={words.totpAdd} onEnrolled={setEnrolled} />
      </section>
      <section className="stack">
        <h3>{words.passkeys}</h3>
        <p className="hint">{words.passkeyAbout}</p>
        <AddPasskey onEnrolled={setEnrolled} />
      </section>
    </>
  );
}
