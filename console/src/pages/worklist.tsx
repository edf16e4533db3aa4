import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Tag } from 'antd';
import { getRouteApi, Link, Navigate, useNavigate } from '@tanstack/react-router';
import { NATIONAL } from '../../../domain/clerks';
import { stuckCauses } from '../../../domain/stuck';
import type { WorklistEntry } from '../client';
import { Loaded } from '../components/loaded';
import { More } from '../components/more';
import { PageTitle } from '../components/page-title';
import { useKeys, useRowKeys } from '../keys';
import { queries } from '../queries';
import { useMay, useSession } from '../session';
import { formatAge, formatTime, useTexts, useWords } from '../texts';

const route = getRouteApi('/');

/** What waits for this clerk, who has waited longest first. Admins, who see no journeys, begin at the accounts. */
export function Worklist() {
  return useMay('see') ? <List /> : <Navigate to="/accounts" replace />;
}

function List() {
  const { worklist, causes } = useTexts();
  const filters = route.useSearch();
  const navigate = useNavigate();
  const query = useInfiniteQuery(queries.worklist(filters));
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  const [first] = entries;
  useRowKeys();
  useKeys({
    nextCase: () =>
      first && void navigate({ to: '/journeys/$id', params: { id: first.journey }, search: filters }),
  });
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <>
      <PageTitle>{worklist.title}</PageTitle>
      <div className="bar">
        <nav className="filters" aria-label={worklist.cause}>
          <Link to="/" search={{}} activeOptions={{ exact: true }}>
            {worklist.all}
          </Link>
          <Link to="/" search={{ mine: true }} activeOptions={{ exact: true }}>
            {worklist.mine}
          </Link>
          {stuckCauses.map((cause) => (
            <Link key={cause} to="/" search={{ cause }} activeOptions={{ exact: true }}>
              {causes[cause]}
            </Link>
          ))}
        </nav>
        <CaseNumberSearch key={filters.caseNumber} found={filters.caseNumber ?? ''} />
      </div>
      <Loaded
        query={query}
        empty={() => (entries.length > 0 ? undefined : isFiltered ? worklist.emptyFiltered : worklist.empty)}
      >
        {() => (
          <>
            <table>
              <thead>
                <tr>
                  <th scope="col">{worklist.cause}</th>
                  <th scope="col">{worklist.age}</th>
                  <th scope="col">{worklist.authority}</th>
                  <th scope="col">{worklist.document}</th>
                  <th scope="col">{worklist.scope}</th>
                  <th scope="col">{worklist.caseNumber}</th>
                  <th scope="col">{worklist.note}</th>
                </tr>
              </thead>
              <tbody>
                {entries.map((entry) => (
                  <Row key={entry.journey} entry={entry} />
                ))}
              </tbody>
            </table>
            <p className="hint">{worklist.shown(entries.length)}</p>
            <More query={query} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Row({ entry }: { entry: WorklistEntry }) {
  const texts = useTexts();
  const words = useWords();
  const { worklist } = texts;
  const { clerk } = useSession();
  const filters = route.useSearch();
  const { journey, cause, since, authority, documentType, caseNumber, attemptsAskedAt, toDoId, reviewer } =
    entry;
  const age = formatAge(Date.now() - new Date(since).getTime(), texts);
  return (
    <tr>
      <th scope="row">
        <Link
          to="/journeys/$id"
          params={{ id: journey }}
          search={filters}
          data-row=""
          aria-label={worklist.open(texts.causes[cause], age)}
        >
          {texts.causes[cause]}
        </Link>
      </th>
      <td>
        <time dateTime={since} title={formatTime(since)}>
          {age}
        </time>
      </td>
      <td>{authority === NATIONAL ? texts.national : authority}</td>
      <td>{words.document(documentType)}</td>
      <td>{toDoId ? worklist.oneMatter : worklist.wholeJourney}</td>
      <td className="number">{caseNumber}</td>
      <td>
        {reviewer && (
          <Tag color={reviewer === clerk.id ? 'processing' : 'default'}>
            {reviewer === clerk.id ? worklist.reviewByMe : worklist.review}
          </Tag>
        )}
        {attemptsAskedAt && <Tag>{worklist.asked}</Tag>}
      </td>
    </tr>
  );
}

function CaseNumberSearch({ found }: { found: string }) {
  const { worklist } = useTexts();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(found);
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({ to: '/', search: typed.trim() ? { caseNumber: typed.trim() } : {} });
      }}
    >
      <Input
        aria-label={worklist.caseNumber}
        placeholder={worklist.caseNumber}
        data-search=""
        inputMode="numeric"
        maxLength={40}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button htmlType="submit">{worklist.find}</Button>
      {found && (
        <Link to="/" search={{}}>
          {worklist.clear}
        </Link>
      )}
    </form>
  );
}
