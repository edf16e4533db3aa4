import { Done } from '../../components/done';
import { useTexts } from '../../texts';

/** What an admin's change has led to. */
export interface Given {
  login: string;
  /** Whole, or the half that the proposer is told. */
  oneTimePassword?: string;
  /** It waits for another admin. */
  isProposed: boolean;
}

export function Outcome({ given: { login, oneTimePassword, isProposed } }: { given: Given }) {
  const { accounts: words } = useTexts();
  return (
    <Done title={isProposed ? words.proposed : words.done}>
      {oneTimePassword && (
        <>
          <p>{isProposed ? words.half(login) : words.oneTime(login)}</p>
          <code className="secret">{oneTimePassword}</code>
        </>
      )}
    </Done>
  );
}
