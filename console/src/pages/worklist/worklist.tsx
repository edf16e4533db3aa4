import { useEffect } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import type { WorklistEntry } from '../../client';
import { Failure } from '../../components/failure';
import { Loaded } from '../../components/loaded';
import { More } from '../../components/more';
import { PageTitle } from '../../components/page-title';
import { useKeys, useRowKeys } from '../../keys';
import { useIsLive } from '../../live/live-state';
import { queries, readAgain } from '../../queries';
import { useMay } from '../../session';
import { useTexts } from '../../texts';
import { useNextJourney } from '../next-journey';
import { FilterBar } from './filter-bar';
import { isFiltered } from './filters';
import { Side } from './side';
import { WorklistTable } from './table';

const route = getRouteApi('/');

/** What waits for clerks. Admins, who see no journeys, begin at the accounts. */
export function Worklist() {
  return useMay('see') ? <List /> : <Navigate to="/accounts" replace />;
}

function List() {
  const { worklist } = useTexts();
  const filters = route.useSearch();
  const mayDecide = useMay('decide');
  const query = useInfiniteQuery(queries.worklist(filters));
  const pages = query.data?.pages ?? [];
  const entries = pages.flatMap((page) => page.entries);
  const { mutate: openNext, data: next, error, isPending } = useNextJourney();
  useRowKeys();
  useKeys({
    nextCase: () => mayDecide && openNext(undefined),
    claim: () => document.querySelector<HTMLElement>('[data-row]:focus')?.click(),
  });
  useEndOfClaims(entries);
  return (
    <>
      <div className="bar">
        <PageTitle>{worklist.title}</PageTitle>
        <LiveState />
        {mayDecide && (
          <div className="tools">
            <Link to="/batches/new" search={filters}>
              {worklist.batch}
            </Link>
            {next === null && <span role="status">{worklist.nothingNext}</span>}
            <Button
              type="primary"
              aria-keyshortcuts="n"
              loading={isPending}
              onClick={() => openNext(undefined)}
            >
              {worklist.next}
            </Button>
          </div>
        )}
      </div>
      {error && <Failure error={error} />}
      <div className="with-side">
        <Side filters={filters} />
        <div className="stack">
          <FilterBar filters={filters} entries={entries} />
          <Loaded
            query={query}
            empty={() =>
              entries.length > 0 ? undefined : isFiltered(filters) ? worklist.emptyFiltered : worklist.empty
            }
          >
            {() => (
              <>
                <WorklistTable
                  filters={filters}
                  entries={entries}
                  clerks={pages.flatMap(({ clerks }) => clerks)}
                />
                <div className="buttons">
                  <p className="hint">{worklist.shown(entries.length)}</p>
                  <More query={query} />
                </div>
              </>
            )}
          </Loaded>
        </div>
      </div>
    </>
  );
}

function LiveState() {
  const { worklist } = useTexts();
  const isLive = useIsLive();
  return (
    <p className="live" role="status" data-live={isLive}>
      {isLive === false ? worklist.notLive : isLive && worklist.live}
    </p>
  );
}

const SOONEST_MS = 30_000;

/** Nobody is told when a claim is over, or that it was renewed: the list is read again when the first of them might be over. */
function useEndOfClaims(entries: readonly WorklistEntry[]): void {
  const ends = entries.flatMap(({ claim }) => (claim ? [new Date(claim.until).getTime()] : []));
  const first = ends.length > 0 ? Math.min(...ends) : undefined;
  useEffect(() => {
    if (first === undefined) return undefined;
    const timer = setTimeout(() => readAgain('worklist'), Math.max(SOONEST_MS, first - Date.now()));
    return () => clearTimeout(timer);
  }, [first]);
}
