import { Done } from '../../components/done';
import { useTextsOf } from '../../texts';
import { accountTexts } from '../../texts/accounts';

/** What an admin's change has led to. */
export interface Given {
  login: string;
  /** Whole, or the half that the proposer is told. */
  oneTimePassword?: string;
  /** It waits for another admin. */
  isProposed: boolean;
}

export function Outcome({ given: { login, oneTimePassword, isProposed } }: { given: Given }) {
  const words = useTextsOf(accountTexts);
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
