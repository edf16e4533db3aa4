import { SCOPE_FORM } from '../../../../domain/clerks';
import { stuckCauses } from '../../../../domain/stuck';
import type { StuckCause } from '../../../../domain/stuck';
import { assigneeGroups, dueStates } from '../../../../domain/worklist';
import type { DueState } from '../../../../domain/worklist';
import type { Schemas } from '../../client';
import { textIn } from '../../filters';
import type { Search } from '../../filters';
import { readColumns } from './columns';

type SavedView = Schemas['SavedView'];

/** What the address of the worklist carries. */
export interface WorklistFilters {
  cause?: StuckCause;
  /** An authority or a division, by its code. */
  authority?: string;
  /** `me`, `nobody`, a group, or the id of a clerk. */
  assigned?: string;
  /** What waits for the review of this clerk. */
  mine?: true;
  due?: DueState;
  /** Only what has waited for so many hours. */
  waitingHours?: string;
  /** What was put off, instead of all others. */
  snoozed?: true;
  caseNumber?: string;
  /** Those that are shown, by commas; without, those that are kept in this browser. */
  columns?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const assignedWords = ['me', 'nobody', ...assigneeGroups];
const isTrue = (value: unknown) => value === true || value === 'true';

export function readWorklistFilters(search: Search): WorklistFilters {
  const cause = stuckCauses.find((one) => one === search.cause);
  const due = dueStates.find((one) => one === search.due);
  const authority = textIn(search.authority);
  const assigned = textIn(search.assigned);
  const hours = textIn(search.waitingHours);
  const caseNumber = textIn(search.caseNumber);
  const columns = readColumns(textIn(search.columns));
  return {
    ...(cause && { cause }),
    ...(SCOPE_FORM.test(authority) && { authority }),
    ...((assignedWords.includes(assigned) || UUID.test(assigned)) && { assigned }),
    ...(isTrue(search.mine) && { mine: true }),
    ...(due && { due }),
    ...(/^[1-9]\d{0,3}$/.test(hours) && { waitingHours: hours }),
    ...(isTrue(search.snoozed) && { snoozed: true }),
    ...(caseNumber && { caseNumber: caseNumber.slice(0, 40) }),
    ...(columns && { columns: columns.join(',') }),
  };
}

/** A filter as the api takes it, in a query and in a saved view. */
export function filterForApi({
  cause,
  authority,
  assigned,
  mine,
  due,
  waitingHours,
  snoozed,
}: WorklistFilters) {
  return {
    ...(cause && { cause }),
    ...(authority && { authority }),
    ...(assigned && { assigned }),
    ...(mine && { mine: 'true' as const }),
    ...(due && { due }),
    ...(waitingHours && { waitingHours }),
    ...(snoozed && { snoozed: 'true' as const }),
  };
}

/** The address of a saved view. */
export function filtersOfView({ filter, columns }: Pick<SavedView, 'filter' | 'columns'>): WorklistFilters {
  return readWorklistFilters({ ...filter, columns: columns.join(',') });
}

/** Whether the list shows just this view. */
export function isShown(view: Pick<SavedView, 'filter' | 'columns'>, filters: WorklistFilters): boolean {
  const wanted = filtersOfView(view);
  const names = new Set([...Object.keys(wanted), ...Object.keys(filters)]) as Set<keyof WorklistFilters>;
  return [...names].every((name) => wanted[name] === filters[name]);
}

/** Whether anything is left out of the list. */
export function isFiltered(filters: WorklistFilters): boolean {
  return Object.keys(filters).some((name) => name !== 'columns');
}
