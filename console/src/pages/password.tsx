import { useState } from 'react';
import { Done } from '../components/done';
import { PageTitle } from '../components/page-title';
import { sessionStore, useSession } from '../session';
import { ChangePasswordForm } from '../sign-in/change-password-form';
import { useTextsOf } from '../texts';
import { securityTexts } from '../texts/security';

/** Changes the own password. */
export function Password() {
  const words = useTextsOf(securityTexts);
  const { clerk } = useSession();
  const [isChanged, setChanged] = useState(false);
  return (
    <div className="narrow">
      <PageTitle>{words.changeTitle}</PageTitle>
      {isChanged ? (
        <Done title={words.passwordChanged} />
      ) : (
        <ChangePasswordForm
          login={clerk.login}
          onAnswer={(answer) => {
            sessionStore.open(answer);
            setChanged(true);
          }}
        />
      )}
    </div>
  );
}
