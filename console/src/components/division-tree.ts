import { NATIONAL, readScope } from '../../../domain/clerks';
import { nameOfAuthority } from './authority-names';
import type { AuthorityNames } from './authority-names';

/** A row of the tree as it is seen. */
export interface TreeRow {
  code: string;
  /** Its own name in the tree, and with those above it in what was found. */
  name: string;
  /** From 1. */
  level: number;
  /** Undefined if there is nothing below it. */
  isExpanded?: boolean;
}

export const MOST_FOUND = 50;

/** The national desk, then provinces, and what is below those that are expanded. */
export function rowsOfTree(
  names: AuthorityNames,
  national: string,
  expanded: ReadonlySet<string>,
): TreeRow[] {
  const children = childrenOf(names);
  const rowsUnder = (code: string, level: number): TreeRow[] =>
    (children.get(code) ?? []).flatMap((child) => {
      const isExpanded = children.has(child) ? expanded.has(child) : undefined;
      const name = names.divisions[child] ?? child;
      const row = { code: child, name, level, ...(isExpanded !== undefined && { isExpanded }) };
      return [row, ...(isExpanded ? rowsUnder(child, level + 1) : [])];
    });
  return [{ code: NATIONAL, name: national, level: 1 }, ...rowsUnder('', 1)];
}

/** What fits the words that were typed: in a name with those above it, or at the beginning of a code. One more than MOST_FOUND says that there are more. */
export function searchDivisions(names: AuthorityNames, national: string, typed: string): TreeRow[] {
  const words = typed.trim().toLowerCase().split(/\s+/);
  const found: TreeRow[] = [];
  // An authority whose code is that of a division, with zeros, is not chosen by itself.
  const others = Object.keys(names.others).filter((code) => readScope(code) === code);
  const all = [NATIONAL, ...Object.keys(names.divisions), ...others].sort();
  for (const code of all) {
    const name = code === NATIONAL ? national : nameOfAuthority(names, code);
    if (words.every((word) => name.includes(word) || code.startsWith(word)))
      found.push({ code, name, level: 1 });
    if (found.length > MOST_FOUND) break;
  }
  // What was typed as a code comes first, then the largest division.
  return found.sort(
    (one, other) =>
      Number(other.code === typed.trim()) - Number(one.code === typed.trim()) ||
      one.code.length - other.code.length,
  );
}

function childrenOf({ divisions }: AuthorityNames): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const code of Object.keys(divisions).sort()) {
    const above = code.slice(0, -2);
    const siblings = children.get(above);
    if (siblings) siblings.push(code);
    else children.set(above, [code]);
  }
  return children;
}
