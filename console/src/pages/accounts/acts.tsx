import { useState } from 'react';
import type { ReactNode } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Schemas } from '../../client';
import { Authorities } from '../../components/authority';
import { Done } from '../../components/done';
import { Failure } from '../../components/failure';
import { Loaded } from '../../components/loaded';
import { PageTitle } from '../../components/page-title';
import { queries, readAgain } from '../../queries';
import { bodyOf, post, useMay, useSession } from '../../session';
import { formatTime, useTexts, useTextsOf } from '../../texts';
import { accountTexts } from '../../texts/accounts';

type Act = Schemas['AdministrativeAct'];

/** What no admin may do alone: what each act changes, and its approval. */
export function Acts() {
  const words = useTextsOf(accountTexts);
  const query = useQuery(queries.acts());
  // Beside the list, from which an act goes with its approval.
  const [half, setHalf] = useState<string>();
  return (
    <div className="stack">
      <PageTitle>{words.actsTitle}</PageTitle>
      <p className="hint">{words.actsAbout}</p>
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
              <OneAct key={act.id} act={act} onHalf={setHalf} />
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}

function OneAct({ act, onHalf }: { act: Act; onHalf: (half?: string) => void }) {
  const words = useTextsOf(accountTexts);
  const { clerk: me } = useSession();
  const isAdmin = useMay('manage-clerks');
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
  const { kind, account, about, proposer, proposerLogin, proposerName, proposedAt, effectiveAt, expiresAt } =
    act;
  const isOwn = proposer === me.id;
  // A proposer without a colleague may approve after a day; the api looks whether there is another admin by then.
  const mayApprove = isAdmin && (!isOwn || effectiveAt !== undefined);
  const heading = `act-${act.id}`;
  return (
    <li className="card">
      <article className="stack" aria-labelledby={heading}>
        <h2 id={heading}>
          {words.acts[kind]} {(account ?? about)?.login}
        </h2>
        <p className="hint">
          {words.actBy(proposerName, proposerLogin, formatTime(proposedAt))}，
          {words.actUntil(formatTime(expiresAt))}
        </p>
        <Change act={act} />
        {isOwn && <p>{effectiveAt ? words.ownActAlone(formatTime(effectiveAt)) : words.ownAct}</p>}
        {!isAdmin && <p>{words.onlyAdmins}</p>}
        {error && <Failure error={error} />}
        <div className="buttons">
          {mayApprove && (
            <Button type="primary" loading={approving.isPending} onClick={() => approving.mutate()}>
              {words.approve}
            </Button>
          )}
          <Button loading={withdrawing.isPending} onClick={() => withdrawing.mutate()}>
            {words.withdraw}
          </Button>
        </div>
      </article>
    </li>
  );
}

/** What is so before an act, and what after it. */
function Change({ act: { kind, account, about, providerAccount } }: { act: Act }) {
  const words = useTextsOf(accountTexts);
  const { roles } = useTexts();
  const described = account ?? about;
  const whose = described && (
    <>
      {described.name}（{described.login}），{roles[described.role]}，
      {described.scope.length > 0 ? <Authorities codes={described.scope} /> : words.none}
    </>
  );
  const factors = about?.secondFactors.map((one) => words.factorNames[one]).join('、') || words.noFactors;
  const rows: Record<Act['kind'], [item: string, before: ReactNode, after: ReactNode][]> = {
    'add-clerk': [
      [words.account, words.noAccount, whose],
      [words.password, words.none, words.newPassword],
    ],
    'reset-password': [
      [words.account, whose, whose],
      [words.password, words.ownPassword, words.newPassword],
      [words.openSessions, words.staySignedIn, words.allEnded],
    ],
    'reset-factors': [
      [words.account, whose, whose],
      [words.factors, factors, words.noFactors],
      [words.openSessions, words.staySignedIn, words.allEnded],
    ],
    'let-in-again': [
      [words.account, whose, whose],
      [words.state, about ? words.states[about.state] : '', words.states.active],
    ],
    'link-provider': [
      [words.account, whose, whose],
      // An account has one at most, and the new one replaces it.
      [words.providerAccount, about?.providerAccount?.subject ?? words.none, providerAccount?.subject ?? ''],
    ],
  };
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.item}</th>
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
        </tr>
      </thead>
      <tbody>
        {rows[kind].map(([item, before, after]) => (
          <tr key={item}>
            <th scope="row">{item}</th>
            <td>{before}</td>
            <td>{before === after ? after : <strong>{after}</strong>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
