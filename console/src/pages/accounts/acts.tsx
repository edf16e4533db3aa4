import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Schemas } from '../../client';
import { Done } from '../../components/done';
import { Failure } from '../../components/failure';
import { Loaded } from '../../components/loaded';
import { queries, readAgain } from '../../queries';
import { bodyOf, post } from '../../session';
import { formatTime, useTexts } from '../../texts';

type Act = Schemas['AdministrativeAct'];
type NameOf = (clerk: string) => string;

/** What no admin may do alone: another admin approves it. */
export function Acts({ nameOf }: { nameOf: NameOf }) {
  const { accounts: words } = useTexts();
  const query = useQuery(queries.acts());
  // Beside the list, from which an act goes with its approval.
  const [half, setHalf] = useState<string>();
  return (
    <section className="card">
      <h2>{words.actsTitle}</h2>
      {half && (
        <Done title={words.done}>
          <p>{words.secondHalf}</p>
          <code className="secret">{half}</code>
        </Done>
      )}
      <Loaded query={query} empty={({ acts }) => (acts.length > 0 ? undefined : words.actsEmpty)}>
        {({ acts }) => (
          <ul className="cards">
            {acts.map((act) => (
              <OneAct key={act.id} act={act} nameOf={nameOf} onHalf={setHalf} />
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function OneAct({ act, nameOf, onHalf }: { act: Act; nameOf: NameOf; onHalf: (half?: string) => void }) {
  const { accounts: words, roles } = useTexts();
  const params = { path: { act: act.id } };
  const settled = { onSettled: () => readAgain('accounts', 'acts') };
  const approving = useMutation({
    mutationFn: () => bodyOf(post('/api/clerk/administrative-acts/{act}/approval', { params, body: {} })),
    onSuccess: ({ oneTimePassword }) => onHalf(oneTimePassword),
    ...settled,
  });
  const withdrawing = useMutation({
    mutationFn: () => post('/api/clerk/administrative-acts/{act}/withdrawal', { params, body: {} }),
    ...settled,
  });
  const error = approving.error ?? withdrawing.error;
  const { kind, account, clerk, providerAccount, proposer, proposedAt, expiresAt } = act;
  const about = account
    ? `${account.login}（${account.name}，${roles[account.role]}）`
    : clerk && [nameOf(clerk), providerAccount?.subject].filter(Boolean).join(' → ');
  return (
    <li className="stack">
      <p>
        <strong>
          {words.acts[kind]} {about}
        </strong>
      </p>
      <p className="hint">
        {words.actBy(nameOf(proposer), formatTime(proposedAt))}，{words.actUntil(formatTime(expiresAt))}
      </p>
      {error && <Failure error={error} />}
      <div className="buttons">
        <Button type="primary" loading={approving.isPending} onClick={() => approving.mutate()}>
          {words.approve}
        </Button>
        <Button loading={withdrawing.isPending} onClick={() => withdrawing.mutate()}>
          {words.withdraw}
        </Button>
      </div>
    </li>
  );
}
