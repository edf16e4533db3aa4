import type { Schemas } from '../../client';

export type Column = Schemas['SavedView']['columns'][number];

/** All columns, in the order in which they stand. The first one opens the row and is always there. */
export const allColumns = [
  ...(['cause', 'priority', 'since', 'due', 'dueAt', 'authority', 'documentType', 'caseNumber'] as const),
  ...(['assignee', 'claim', 'reviewer', 'attemptsAskedAt', 'codeShownAt', 'snoozedUntil'] as const),
] satisfies Column[];

const usual: Column[] = [
  ...(['cause', 'since', 'due', 'authority', 'documentType', 'caseNumber'] as const),
  ...(['assignee', 'claim'] as const),
];

const KEPT_AS = 'console-columns';

/** @returns the known ones among these names, in their order; undefined if there is none */
export function readColumns(names: string): Column[] | undefined {
  const named = names.split(',');
  const known = allColumns.filter((column) => named.includes(column));
  return known.length > 0 ? withFirst(known) : undefined;
}

/** Those that this browser keeps. */
export function keptColumns(): Column[] {
  return readColumns(localStorage.getItem(KEPT_AS) ?? '') ?? usual;
}

export function keepColumns(columns: readonly Column[]): void {
  localStorage.setItem(KEPT_AS, columns.join(','));
}

function withFirst(columns: readonly Column[]): Column[] {
  return allColumns.filter((column) => column === 'cause' || columns.includes(column));
}
