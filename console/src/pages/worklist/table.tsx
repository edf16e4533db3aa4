import { Link } from '@tanstack/react-router';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Schemas, WorklistEntry } from '../../client';
import { useClerkNames } from '../../components/clerk-names';
import { useNow } from '../../components/now';
import { Authority } from '../../components/authority';
import { TimeLimit } from '../../components/time-limit';
import { useSession } from '../../session';
import { formatAge, formatTime, useTexts, useWords } from '../../texts';
import { keptColumns, readColumns } from './columns';
import type { Column } from './columns';
import type { WorklistFilters } from './filters';

type Clerks = Schemas['ClerkJourney']['clerks'];

export function WorklistTable({
  filters,
  entries,
  clerks,
}: {
  filters: WorklistFilters;
  entries: WorklistEntry[];
  clerks: Clerks;
}) {
  const { worklist } = useTexts();
  const now = useNow();
  const cellOf = useCells(clerks, now);
  const [, ...others] = readColumns(filters.columns ?? '') ?? keptColumns();
  return (
    <div className="scroll">
      <table className="rows">
        <thead>
          <tr>
            <th scope="col">{worklist.columns.cause}</th>
            {others.map((column) => (
              <th key={column} scope="col">
                {worklist.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.journey} data-others={entry.claim && !entry.claim.isOwn ? '' : undefined}>
              <th scope="row">
                <Cause entry={entry} filters={filters} now={now} />
              </th>
              {others.map((column) => (
                <td key={column} data-column={column}>
                  {cellOf(entry, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What opens the row, with what distinguishes this journey from others of its cause. */
function Cause({ entry, filters, now }: { entry: WorklistEntry; filters: WorklistFilters; now: number }) {
  const texts = useTexts();
  const { worklist } = texts;
  const { clerk: me } = useSession();
  const { journey, cause, since, toDoId, reviewer, attemptsAskedAt, codeShownAt } = entry;
  return (
    <>
      <Link
        to="/journeys/$id"
        params={{ id: journey }}
        search={filters}
        data-row=""
        aria-label={worklist.open(texts.causes[cause], formatAge(now - Date.parse(since), texts))}
      >
        {texts.causes[cause]}
      </Link>{' '}
      {reviewer === me.id && <Tag color="processing">{worklist.reviewByMe}</Tag>}
      {reviewer && reviewer !== me.id && <Tag>{worklist.review}</Tag>}
      {attemptsAskedAt && <Tag>{worklist.asked}</Tag>}
      {codeShownAt && <Tag color="warning">{worklist.atWindow}</Tag>}
      {toDoId && <small>{worklist.oneMatter}</small>}
    </>
  );
}

/** What stands in the columns. */
function useCells(clerks: Clerks, now: number): (entry: WorklistEntry, column: Column) => ReactNode {
  const texts = useTexts();
  const words = useWords();
  const nameOf = useClerkNames(clerks);
  const { worklist } = texts;
  const at = (time?: string) => time && <time dateTime={time}>{formatTime(time)}</time>;
  return (entry, column) => {
    const { assignee, reviewer, claim, authority } = entry;
    switch (column) {
      case 'cause':
        return texts.causes[entry.cause];
      case 'priority':
        return worklist.priorities[entry.priority];
      case 'since':
        return (
          <time dateTime={entry.since} title={formatTime(entry.since)}>
            {formatAge(now - Date.parse(entry.since), texts)}
          </time>
        );
      case 'due':
        return <TimeLimit entry={entry} now={now} />;
      case 'authority':
        return <Authority code={authority} />;
      case 'documentType':
        return words.document(entry.documentType);
      case 'caseNumber':
        return <span className="number">{entry.caseNumber}</span>;
      case 'assignee':
        return assignee && nameOf(assignee);
      case 'reviewer':
        return reviewer && nameOf(reviewer);
      case 'claim':
        return claim && <Tag color={claim.isOwn ? 'processing' : 'default'}>{nameOf(claim.clerk)}</Tag>;
      case 'dueAt':
      case 'attemptsAskedAt':
      case 'codeShownAt':
      case 'snoozedUntil':
        return at(entry[column]);
    }
  };
}
