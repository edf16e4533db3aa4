import { useState } from 'react';
import { Button, Input } from 'antd';
import { Link, useNavigate } from '@tanstack/react-router';
import { readScope } from '../../../../domain/clerks';
import { assigneeGroups, dueStates } from '../../../../domain/worklist';
import type { WorklistEntry } from '../../client';
import { languageOfAuthority, useAuthorityName } from '../../components/authority';
import { useSession } from '../../session';
import { useTexts } from '../../texts';
import { ColumnChoice } from './column-choice';
import { isFiltered, readWorklistFilters } from './filters';
import type { WorklistFilters } from './filters';

const HOURS = ['1', '4', '24', '72'];

/** What narrows the list; all of it stands in the address. */
export function FilterBar({ filters, entries }: { filters: WorklistFilters; entries: WorklistEntry[] }) {
  const { worklist } = useTexts();
  const nameOf = useAuthorityName();
  const { clerk } = useSession();
  const navigate = useNavigate();
  const change = (changed: Record<string, string>) =>
    void navigate({ to: '/', search: readWorklistFilters({ ...filters, ...changed }) });
  const { assigned = '', due = '', waitingHours = '', authority = '', caseNumber = '', columns } = filters;
  const known = [
    ...new Set([...clerk.scope, ...entries.flatMap((entry) => readScope(entry.authority) ?? [])]),
  ].sort();
  const assignees = ['me', 'nobody', ...assigneeGroups] as const;
  return (
    <div className="filter-bar" role="group" aria-label={worklist.filters}>
      <Choice
        label={worklist.authority}
        languageOf={languageOfAuthority}
        value={authority}
        onChange={(value) => change({ authority: value })}
        options={[...new Set([...known, ...(authority ? [authority] : [])])].map((code) => [
          code,
          nameOf(code),
        ])}
      />
      <Choice
        label={worklist.assigned}
        value={assigned}
        onChange={(value) => change({ assigned: value })}
        options={[
          ...assignees.map((one): [string, string] => [one, worklist.assignees[one]]),
          ...(assigned && !assignees.some((one) => one === assigned)
            ? [[assigned, worklist.oneClerk] as [string, string]]
            : []),
        ]}
      />
      <Choice
        label={worklist.due}
        value={due}
        onChange={(value) => change({ due: value })}
        options={dueStates.map((state) => [state, worklist.dues[state]])}
      />
      <Choice
        label={worklist.waiting}
        value={waitingHours}
        onChange={(value) => change({ waitingHours: value })}
        options={[...new Set([...HOURS, ...(waitingHours ? [waitingHours] : [])])].map((hours) => [
          hours,
          worklist.waitingOver(Number(hours)),
        ])}
      />
      {isFiltered(filters) && (
        <Link to="/" search={columns ? { columns } : {}}>
          {worklist.clear}
        </Link>
      )}
      <div className="tools">
        <CaseNumberSearch key={caseNumber} found={caseNumber} columns={columns} />
        <ColumnChoice filters={filters} />
      </div>
    </div>
  );
}

function Choice({
  label,
  value,
  options,
  languageOf,
  onChange,
}: {
  label: string;
  value: string;
  options: [value: string, label: string][];
  /** Of a label, where it is not that of the page. */
  languageOf?: (value: string) => string | undefined;
  onChange: (value: string) => void;
}) {
  const { worklist } = useTexts();
  return (
    <label>
      {label}
      <select value={value} data-chosen={value !== ''} onChange={(event) => onChange(event.target.value)}>
        <option value="">{worklist.any}</option>
        {options.map(([one, name]) => (
          <option key={one} value={one} lang={languageOf?.(one)}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Finds one journey, whatever else is chosen. */
function CaseNumberSearch({ found, columns }: { found: string; columns?: string }) {
  const { worklist } = useTexts();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(found);
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({ to: '/', search: readWorklistFilters({ caseNumber: typed.trim(), columns }) });
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
    </form>
  );
}
