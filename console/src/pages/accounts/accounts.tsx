import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import type { Schemas } from '../../client';
import { Failure } from '../../components/failure';
import { Loaded } from '../../components/loaded';
import { PageTitle } from '../../components/page-title';
import { queries, readAgain } from '../../queries';
import { post, useSession } from '../../session';
import { useTexts } from '../../texts';
import { Acts } from './acts';
import { NewAccount } from './new-account';
import { Outcome } from './outcome';
import type { Given } from './outcome';
import { ProviderAccount } from './provider-account';

type Account = Schemas['ClerkAccount'];

/** Accounts of clerks, for admins, and what waits for a second admin. */
export function Accounts() {
  const { accounts: words } = useTexts();
  const query = useQuery(queries.accounts());
  return (
    <>
      <PageTitle>{words.title}</PageTitle>
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
      <div className="columns">
        <NewAccount />
        <Acts nameOf={(id) => query.data?.clerks.find((one) => one.id === id)?.login ?? id.slice(0, 8)} />
      </div>
    </>
  );
}

function Row({ account }: { account: Account }) {
  const texts = useTexts();
  const { accounts: words } = texts;
  const { clerk: me } = useSession();
  const { login, name, role, scope, state } = account;
  return (
    <tr>
      <th scope="row">{login}</th>
      <td>{name}</td>
      <td>{texts.roles[role]}</td>
      <td className="number">{scope.join(' ')}</td>
      <td>
        <Tag color={state === 'active' ? 'success' : 'default'}>{words.states[state]}</Tag>
      </td>
      <td>{account.id === me.id ? words.self : <Changes account={account} />}</td>
    </tr>
  );
}

function Changes({ account }: { account: Account }) {
  const { id, login, state } = account;
  const { accounts: words } = useTexts();
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
      </div>
      <ProviderAccount account={account} />
      {error && <Failure error={error} />}
      {given && <Outcome given={given} />}
    </div>
  );
}
