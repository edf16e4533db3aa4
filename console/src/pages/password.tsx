import { useState } from 'react';
import { Done } from '../components/done';
import { PageTitle } from '../components/page-title';
import { sessionStore, useSession } from '../session';
import { ChangePasswordForm } from '../sign-in/change-password-form';
import { useTexts } from '../texts';

/** Changes the own password. */
export function Password() {
  const { signIn } = useTexts();
  const { clerk } = useSession();
  const [isChanged, setChanged] = useState(false);
  return (
    <div className="narrow">
      <PageTitle>{signIn.changeTitle}</PageTitle>
      {isChanged ? (
        <Done title={signIn.changed} />
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
