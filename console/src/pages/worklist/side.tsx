import { lazy, Suspense, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { stuckCauses } from '../../../../domain/stuck';
import type { Schemas } from '../../client';
import { queries } from '../../queries';
import { useTexts } from '../../texts';
import { filtersOfView, isShown } from './filters';
import type { WorklistFilters } from './filters';

type SavedView = Schemas['SavedView'];

const SavedViewWindow = lazy(async () => ({
  default: (await import('./saved-view-window')).SavedViewWindow,
}));

/** The lists: those that every clerk has, by cause with their counts, and saved views. */
export function Side({ filters }: { filters: WorklistFilters }) {
  const { worklist } = useTexts();
  const { columns } = filters;
  const lists = [
    [worklist.all, {}],
    [worklist.mine, { mine: true }],
    [worklist.assignedToMe, { assigned: 'me' }],
    [worklist.snoozed, { snoozed: true }],
  ] satisfies [string, WorklistFilters][];
  const active = lists.findLast(([, list]) =>
    Object.entries(list).every(([name, value]) => filters[name as keyof WorklistFilters] === value),
  );
  return (
    <div className="side">
      <nav aria-label={worklist.lists}>
        <ul>
          {lists.map((list) => (
            <li key={list[0]}>
              <Link
                to="/"
                search={{ ...list[1], ...(columns && { columns }) }}
                {...chosen(list === active && !filters.cause)}
              >
                {list[0]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Causes filters={filters} />
      <Views filters={filters} />
    </div>
  );
}

// The router's own mark compares whole addresses.
const chosen = (isChosen: boolean) =>
  isChosen ? { 'aria-current': 'page' as const, 'data-on': '' } : { 'aria-current': undefined };

/** The counts belong to the authority that is chosen, and to no other filter. */
function Causes({ filters }: { filters: WorklistFilters }) {
  const { worklist, causes } = useTexts();
  const { data } = useQuery(queries.counts(filters.authority));
  return (
    <nav aria-label={worklist.causes}>
      <h2>{worklist.causes}</h2>
      <ul>
        {stuckCauses.map((cause) => {
          const { count = 0, overdue = 0 } = data?.counts.find((one) => one.cause === cause) ?? {};
          const isOn = filters.cause === cause;
          // A case number finds one journey, whatever its cause.
          const search = { ...filters, caseNumber: undefined, cause: isOn ? undefined : cause };
          return (
            <li key={cause}>
              <Link to="/" search={search} {...chosen(isOn)}>
                <span>{causes[cause]}</span>
                {data && (
                  <span
                    className="count"
                    data-none={count === 0}
                    data-overdue={overdue > 0}
                    title={worklist.count(count, overdue)}
                  >
                    {count}
                    <span className="unseen">{overdue > 0 && worklist.count(count, overdue)}</span>
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Views({ filters }: { filters: WorklistFilters }) {
  const { worklist } = useTexts();
  const { data } = useQuery(queries.views());
  const [open, setOpen] = useState<SavedView | 'new'>();
  return (
    <nav aria-label={worklist.views}>
      <h2>{worklist.views}</h2>
      <ul>
        {data?.views.map((view) => (
          <li key={view.id}>
            <Link to="/" search={filtersOfView(view)} {...chosen(isShown(view, filters))}>
              <span>{view.name}</span>
            </Link>
            {view.isOwn && (
              <button type="button" aria-label={worklist.changeView(view.name)} onClick={() => setOpen(view)}>
                ⋯
              </button>
            )}
          </li>
        ))}
        <li>
          <button type="button" onClick={() => setOpen('new')}>
            {worklist.saveView}
          </button>
        </li>
      </ul>
      {open && (
        <Suspense>
          <SavedViewWindow
            view={open === 'new' ? undefined : open}
            filters={filters}
            onClose={() => setOpen(undefined)}
          />
        </Suspense>
      )}
    </nav>
  );
}
