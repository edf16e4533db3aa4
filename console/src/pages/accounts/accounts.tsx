import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../client';
import { Failure } from '../../components/failure';
import { Authorities } from '../../components/authority';
import { Loaded } from '../../components/loaded';
import { PageTitle } from '../../components/page-title';
import { queries, readAgain } from '../../queries';
import { post, useSession } from '../../session';
import { useTexts, useTextsOf } from '../../texts';
import { accountTexts } from '../../texts/accounts';
import { ImportAccounts } from './import';
import { NewAccount } from './new-account';
import { Outcome } from './outcome';
import type { Given } from './outcome';
import { ProviderAccount } from './provider-account';
import { SessionsOf } from './sessions';
import '../actions/actions.css';
import './accounts.css';

type Account = Schemas['ClerkAccount'];

/** Accounts of clerks, for admins. */
export function Accounts() {
  const words = useTextsOf(accountTexts);
  const query = useQuery(queries.accounts());
  const waiting = useQuery(queries.acts()).data?.acts.length ?? 0;
  return (
    <>
      <div className="bar">
        <PageTitle>{words.title}</PageTitle>
        {waiting > 0 && <Link to="/acts">{words.waiting(waiting)}</Link>}
      </div>
      <Loaded query={query} empty={({ clerks }) => (clerks.length > 0 ? undefined : words.empty)}>
        {({ clerks }) => (
          <table>
            <thead>
              <tr>
                <th scope="col">{words.login}</th>
                <th scope="col">{words.name}</th>
                <th scope="col">{words.role}</th>
                <th scope="col">{words.scope}</th>
                <th scope="col">{words.state}</th>
                <th scope="col">{words.change}</th>
              </tr>
            </thead>
            <tbody>
              {clerks.map((account) => (
                <Row key={account.id} account={account} />
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      <div className="stack beneath">
        <NewAccount />
        <ImportAccounts />
      </div>
    </>
  );
}

function Row({ account }: { account: Account }) {
  const texts = useTexts();
  const words = useTextsOf(accountTexts);
  const { clerk: me } = useSession();
  const { login, name, role, scope, state } = account;
  return (
    <tr>
      <th scope="row">{login}</th>
      <td>{name}</td>
      <td>{texts.roles[role]}</td>
      <td>
        <Authorities codes={scope} />
      </td>
      <td>
        <Tag color={state === 'active' ? 'success' : 'default'}>{words.states[state]}</Tag>
      </td>
      <td>{account.id === me.id ? words.self : <Changes account={account} />}</td>
    </tr>
  );
}

function Changes({ account }: { account: Account }) {
  const { id, login, state } = account;
  const [isListed, setListed] = useState(false);
  const words = useTextsOf(accountTexts);
  const [given, setGiven] = useState<Given>();
  const path = { clerkId: id };
  const settled = { onSuccess: () => readAgain('accounts', 'acts') };
  const changing = useMutation({
    mutationFn: async () => {
      const next = state === 'active' ? 'disabled' : 'active';
      const { response } = await post('/api/clerk/clerks/{clerkId}/state', {
        params: { path },
        body: { state: next },
      });
      setGiven({ login, isProposed: response.status === 202 });
    },
    ...settled,
  });
  const resetting = useMutation({
    mutationFn: async () => {
      const { data, response } = await post('/api/clerk/clerks/{clerkId}/password', {
        params: { path },
        body: {},
      });
      setGiven({ login, oneTimePassword: data?.oneTimePassword, isProposed: response.status === 202 });
    },
    ...settled,
  });
  const resettingFactors = useMutation({
    mutationFn: async () => {
      const { response } = await post('/api/clerk/clerks/{clerkId}/factor-reset', {
        params: { path },
        body: {},
      });
      setGiven({ login, isProposed: response.status === 202 });
    },
    ...settled,
  });
  const error = changing.error ?? resetting.error ?? resettingFactors.error;
  return (
    <div className="stack">
      <div className="buttons">
        <Button size="small" loading={changing.isPending} onClick={() => changing.mutate()}>
          {state === 'active' ? words.disable : words.enable}
        </Button>
        <Button size="small" loading={resetting.isPending} onClick={() => resetting.mutate()}>
          {words.reset}
        </Button>
        <Button size="small" loading={resettingFactors.isPending} onClick={() => resettingFactors.mutate()}>
          {words.resetFactors}
        </Button>
        <Button size="small" onClick={() => setListed(true)}>
          {words.sessions}
        </Button>
      </div>
      <ProviderAccount account={account} />
      {error && <Failure error={error} />}
      {given && <Outcome given={given} />}
      {isListed && <SessionsOf account={account} onClose={() => setListed(false)} />}
    </div>
  );
}
