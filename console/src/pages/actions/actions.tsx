import { useState } from 'react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { clerkActions } from '../../../../domain/clerk-actions';
import { subjectKinds } from '../../../../domain/clerks';
import { flagReasons } from '../../../../domain/flag-reasons';
import { lookReasons } from '../../../../domain/looks';
import type { Schemas } from '../../client';
import { Field } from '../../components/field';
import { Failure } from '../../components/failure';
import { Loaded } from '../../components/loaded';
import { More } from '../../components/more';
import { PageTitle } from '../../components/page-title';
import { actionQuery, queries } from '../../queries';
import type { ActionFilters } from '../../filters';
import { bodyOf, get } from '../../session';
import { formatTime, useTextsOf } from '../../texts';
import { lookReasonTexts } from '../../texts/look-reasons';
import { useFlagReasonSentence } from '../flags/reason-sentence';
import { useReasonSentence } from '../journey/reason-fields';
import { LogPlace } from './log-place';
import { useActionTexts } from './words';
import './actions.css';

type Action = Schemas['ClerkAction'];

const route = getRouteApi('/actions');

/** The record of what clerks did, for auditors, newest first. */
export function Actions() {
  const words = useActionTexts();
  const filters = route.useSearch();
  const query = useInfiniteQuery(queries.actions(filters));
  const actions = query.data?.pages.flatMap((page) => page.actions) ?? [];
  return (
    <>
      <div className="bar">
        <PageTitle>{words.title}</PageTitle>
        <Link to="/unusual-use">{words.report}</Link>
      </div>
      <Search key={JSON.stringify(filters)} filters={filters} />
      <Export filters={filters} />
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
                <th scope="col">{words.inLog}</th>
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

/** The words of a reason, whatever it is for. */
function useReasonWords(): (reason: NonNullable<Action['reason']>) => string {
  const looks = useTextsOf(lookReasonTexts);
  const ofDecision = useReasonSentence();
  const ofVerdict = useFlagReasonSentence();
  return (reason) => {
    if (isOneOf(lookReasons, reason)) return looks[reason];
    return isOneOf(flagReasons, reason) ? ofVerdict(reason) : ofDecision(reason);
  };
}

function isOneOf<T extends string>(all: readonly T[], one: string): one is T {
  return all.some((known) => known === one);
}

function Row({ action: row }: { action: Action }) {
  const words = useActionTexts();
  const wordsOf = useReasonWords();
  const { at, clerk, login, operator, action, subject, result, reason } = row;
  return (
    <tr>
      <td>
        <time dateTime={at}>{formatTime(at)}</time>
      </td>
      <td className="who">
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
        {isOneOf(clerkActions, action) ? words.names[action] : <code>{action}</code>}
        {reason && <small>{wordsOf(reason)}</small>}
      </td>
      <td className="long">
        {subject && (
          <>
            {isOneOf(subjectKinds, subject.kind) ? words.subjects[subject.kind] : subject.kind}{' '}
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
      <td className="place">
        <LogPlace action={row} />
      </td>
    </tr>
  );
}

/** Saves what is found as a file. */
function Export({ filters }: { filters: ActionFilters }) {
  const words = useActionTexts();
  const exporting = useMutation({
    mutationFn: async () => {
      const query = actionQuery(filters);
      const file = await bodyOf(get('/api/clerk/actions/export', { params: { query }, parseAs: 'blob' }));
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = 'actions.csv';
      link.click();
      URL.revokeObjectURL(link.href);
    },
  });
  return (
    <div className="export">
      <Button loading={exporting.isPending} onClick={() => exporting.mutate()}>
        {words.export}
      </Button>{' '}
      <span className="hint">{words.exportHint}</span>
      {exporting.error && <Failure error={exporting.error} />}
    </div>
  );
}

function Search({ filters }: { filters: ActionFilters }) {
  const words = useActionTexts();
  const navigate = useNavigate();
  const [typed, setTyped] = useState<ActionFilters>(filters);
  const fields = [
    ['subject', 'text'],
    ['login', 'text'],
    ['result', 'text'],
    ['from', 'date'],
    ['until', 'date'],
  ] as const;
  return (
    <form
      className="bar"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const trimmed = Object.entries(typed).flatMap(([name, value]) => {
          const text = String(value).trim();
          return text ? [[name, text]] : [];
        });
        void navigate({ to: '/actions', search: Object.fromEntries(trimmed) as ActionFilters });
      }}
    >
      {fields.map(([name, type]) => (
        <Field key={name} label={words[name]}>
          {(labels) => (
            <Input
              {...labels}
              type={type}
              {...(name === 'subject' && { 'data-search': '' })}
              value={typed[name] ?? ''}
              onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Field label={words.action}>
        {(labels) => (
          <select
            {...labels}
            value={typed.action ?? ''}
            onChange={(event) => setTyped({ ...typed, action: event.target.value })}
          >
            <option value="">{words.any}</option>
            {clerkActions.map((action) => (
              <option key={action} value={action}>
                {words.names[action]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Button htmlType="submit">{words.find}</Button>
      <Link to="/actions" search={{}}>
        {words.clear}
      </Link>
    </form>
  );
}
