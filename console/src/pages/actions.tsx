import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Schemas } from '../client';
import { Field } from '../components/field';
import { Loaded } from '../components/loaded';
import { More } from '../components/more';
import { PageTitle } from '../components/page-title';
import { queries } from '../queries';
import type { ActionFilters } from '../filters';
import { formatTime, useTexts } from '../texts';

type Action = Schemas['ClerkAction'];

const route = getRouteApi('/actions');

/** The record of what clerks did, for auditors, newest first. */
export function Actions() {
  const { actions: words } = useTexts();
  const filters = route.useSearch();
  const query = useInfiniteQuery(queries.actions(filters));
  const actions = query.data?.pages.flatMap((page) => page.actions) ?? [];
  return (
    <>
      <PageTitle>{words.title}</PageTitle>
      <Search key={JSON.stringify(filters)} filters={filters} />
      <Loaded query={query} empty={() => (actions.length > 0 ? undefined : words.empty)}>
        {() => (
          <table>
            <thead>
              <tr>
                <th scope="col">{words.at}</th>
                <th scope="col">{words.who}</th>
                <th scope="col">{words.what}</th>
                <th scope="col">{words.about}</th>
                <th scope="col">{words.result}</th>
              </tr>
            </thead>
            <tbody>
              {actions.map((action) => (
                <Row key={action.id} action={action} />
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      <More query={query} />
    </>
  );
}

function Row({ action: { at, clerk, login, operator, action, subject, result } }: { action: Action }) {
  const { actions: words } = useTexts();
  return (
    <tr>
      <td>
        <time dateTime={at}>{formatTime(at)}</time>
      </td>
      <td>
        {clerk ? (
          <Link to="/actions" search={{ clerk }}>
            {login ?? clerk}
          </Link>
        ) : operator ? (
          words.operator(operator)
        ) : (
          words.unknown
        )}
      </td>
      <td>
        <code>{action}</code>
      </td>
      <td className="long">
        {subject && (
          <>
            {subject.kind}{' '}
            {subject.kind === 'search' ? (
              subject.id
            ) : (
              <Link to="/actions" search={{ subject: subject.id }}>
                {subject.id}
              </Link>
            )}
          </>
        )}
      </td>
      <td>{result === 'done' ? words.done : <code>{result}</code>}</td>
    </tr>
  );
}

function Search({ filters }: { filters: ActionFilters }) {
  const { actions: words } = useTexts();
  const navigate = useNavigate();
  const [clerk, setClerk] = useState(filters.clerk ?? '');
  const [subject, setSubject] = useState(filters.subject ?? '');
  return (
    <form
      className="bar"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const search = { ...(clerk && { clerk: clerk.trim() }), ...(subject && { subject: subject.trim() }) };
        void navigate({ to: '/actions', search });
      }}
    >
      <Field label={words.subject}>
        {(labels) => (
          <Input
            {...labels}
            data-search=""
            value={subject}
            onChange={(event) => setSubject(event.target.value)}
          />
        )}
      </Field>
      <Field label={words.clerk}>
        {(labels) => <Input {...labels} value={clerk} onChange={(event) => setClerk(event.target.value)} />}
      </Field>
      <Button htmlType="submit">{words.find}</Button>
      <Link to="/actions" search={{}}>
        {words.clear}
      </Link>
    </form>
  );
}
