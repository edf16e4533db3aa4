import { useId, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { queries } from '../queries';
import { useTexts, useTextsOf } from '../texts';
import { accountTexts } from '../texts/accounts';
import { Authority, languageOfAuthority, useAuthorityName } from './authority';
import { MOST_FOUND, rowsOfTree, searchDivisions } from './division-tree';
import type { TreeRow } from './division-tree';
import './authority-picker.css';

/** Chooses authorities from a tree of divisions, in which one can search (WAI-ARIA, tree view). */
export function AuthorityPicker({
  label,
  chosen,
  onChange,
}: {
  label: string;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const words = useTextsOf(accountTexts);
  const { national } = useTexts();
  const nameOf = useAuthorityName();
  const { data: names } = useQuery(queries.authorities());
  const [typed, setTyped] = useState('');
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const id = useId();
  const tree = useRef<HTMLUListElement>(null);
  const isSearch = typed.trim() !== '';
  const rows = !names
    ? []
    : isSearch
      ? searchDivisions(names, national, typed)
      : rowsOfTree(names, national, expanded);
  const shown = isSearch ? rows.slice(0, MOST_FOUND) : rows;
  const toggle = (code: string) =>
    onChange(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);
  const focusFirst = () => tree.current?.querySelector<HTMLElement>('[role=treeitem]')?.focus();
  return (
    <div className="field authority-picker">
      <label htmlFor={id}>{label}</label>
      {chosen.length > 0 && (
        <ul className="buttons" aria-label={words.chosen}>
          {chosen.map((code) => (
            <li key={code}>
              <Button size="small" aria-label={words.remove(nameOf(code))} onClick={() => toggle(code)}>
                <Authority code={code} /> ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Input
        id={id}
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        aria-controls={`${id}-tree`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            focusFirst();
          }
          if (event.key === 'Enter' && isSearch) {
            // The form is not sent: what was searched for is chosen.
            event.preventDefault();
            const [first] = shown;
            if (first && !chosen.includes(first.code)) toggle(first.code);
            if (first) setTyped('');
          }
        }}
      />
      <p className="hint" id={`${id}-hint`}>
        {words.scopeHint}
      </p>
      {names && shown.length === 0 && <p role="status">{words.nothingFound}</p>}
      {shown.length > 0 && (
        <Tree
          key={isSearch ? typed : ''}
          id={`${id}-tree`}
          tree={tree}
          rows={shown}
          chosen={chosen}
          onToggle={toggle}
          onExpand={(code, isOpen) => {
            const next = new Set(expanded);
            if (isOpen) next.add(code);
            else next.delete(code);
            setExpanded(next);
          }}
        />
      )}
      {rows.length > shown.length && <p className="hint">{words.more}</p>}
    </div>
  );
}

function Tree({
  id,
  tree,
  rows,
  chosen,
  onToggle,
  onExpand,
}: {
  id: string;
  tree: RefObject<HTMLUListElement | null>;
  rows: readonly TreeRow[];
  chosen: readonly string[];
  onToggle: (code: string) => void;
  onExpand: (code: string, isOpen: boolean) => void;
}) {
  const words = useTextsOf(accountTexts);
  // Tab comes to one row, the arrows to the others.
  const [current, setCurrent] = useState(rows[0]?.code);
  const at = Math.max(
    0,
    rows.findIndex(({ code }) => code === current),
  );
  const goTo = (place: number) => {
    const row = rows[Math.min(Math.max(place, 0), rows.length - 1)];
    if (!row) return;
    setCurrent(row.code);
    tree.current?.querySelector<HTMLElement>(`[data-code="${row.code}"]`)?.focus();
  };
  const handle = (event: KeyboardEvent) => {
    const row = rows[at];
    if (!row) return;
    const above = rows.slice(0, at).findLastIndex(({ level }) => level < row.level);
    const keys: Record<string, (() => void) | undefined> = {
      ArrowDown: () => goTo(at + 1),
      ArrowUp: () => goTo(at - 1),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      ArrowRight: () =>
        row.isExpanded === false ? onExpand(row.code, true) : row.isExpanded && goTo(at + 1),
      ArrowLeft: () => (row.isExpanded ? onExpand(row.code, false) : above >= 0 && goTo(above)),
      Enter: () => onToggle(row.code),
      ' ': () => onToggle(row.code),
    };
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <ul id={id} ref={tree} role="tree" aria-label={words.tree} aria-multiselectable="true" onKeyDown={handle}>
      {rows.map(({ code, name, level, isExpanded }, place) => (
        <li
          key={code}
          role="treeitem"
          data-code={code}
          data-level={level}
          tabIndex={place === at ? 0 : -1}
          aria-level={level}
          aria-expanded={isExpanded}
          aria-selected={chosen.includes(code)}
          onFocus={() => setCurrent(code)}
          onClick={() => onToggle(code)}
        >
          <span
            className="twist"
            aria-hidden="true"
            onClick={(event) => {
              event.stopPropagation();
              if (isExpanded === undefined) onToggle(code);
              else onExpand(code, !isExpanded);
            }}
          >
            {isExpanded === undefined ? '' : isExpanded ? '▾' : '▸'}
          </span>
          <span className="tick" aria-hidden="true">
            {chosen.includes(code) ? '✓' : ''}
          </span>
          <span lang={languageOfAuthority(code)}>{name}</span> <small className="number">{code}</small>
        </li>
      ))}
    </ul>
  );
}
