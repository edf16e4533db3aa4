import { useId, useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { NATIONAL, readScope } from '../../../../domain/clerks';
import { matterStates } from '../../../../domain/matter-states';
import type { Schemas } from '../../client';
import { Authority, useAuthorityName } from '../../components/authority';
import { Loaded } from '../../components/loaded';
import { More } from '../../components/more';
import { PageTitle } from '../../components/page-title';
import { readMatterFilters } from '../../filters';
import type { MatterFilters } from '../../filters';
import { useRowKeys } from '../../keys';
import { queries } from '../../queries';
import { useSession } from '../../session';
import { formatTime, useTextsOf, useWords } from '../../texts';
import { matterTexts } from '../../texts/matters';

type Listed = Schemas['ListedMatterForClerks'];
type Named = { id: string; name: string };

const route = getRouteApi('/matters');

/** Matters in one state, the last pushed first. */
export function Matters() {
  const words = useTextsOf(matterTexts);
  const filters = route.useSearch();
  const query = useInfiniteQuery(queries.matters(filters));
  const matters = query.data?.pages.flatMap((page) => page.matters) ?? [];
  const registries = query.data?.pages[0]?.registries ?? [];
  useRowKeys();
  return (
    <div className="stack">
      <PageTitle>{words.title}</PageTitle>
      <Filters filters={filters} registries={registries} matters={matters} />
      <Loaded query={query} empty={() => (matters.length > 0 ? undefined : words.empty)}>
        {() => <Table matters={matters} registries={registries} />}
      </Loaded>
      <More query={query} />
    </div>
  );
}

const AGES = [1, 3, 7, 14, 30];

function Filters({
  filters,
  registries,
  matters,
}: {
  filters: MatterFilters;
  registries: readonly Named[];
  matters: readonly Listed[];
}) {
  const words = useTextsOf(matterTexts);
  const nameOf = useAuthorityName();
  const navigate = useNavigate();
  const { clerk } = useSession();
  const change = (changed: Record<string, string>) =>
    void navigate({ to: '/matters', search: readMatterFilters({ ...filters, ...changed }) });
  const { state = 'open', authority = '', registry = '', olderThanDays } = filters;
  const known = new Set([...clerk.scope, ...matters.flatMap((one) => readScope(one.authority) ?? [])]);
  if (authority) known.add(authority);
  return (
    <div className="filter-bar" role="group" aria-label={words.filters}>
      <label>
        {words.state}
        <select value={state} onChange={(event) => change({ state: event.target.value })}>
          {matterStates.map((one) => (
            <option key={one} value={one}>
              {words.states[one]}
            </option>
          ))}
        </select>
      </label>
      <Choice
        label={words.authority}
        lang="zh-CN"
        value={authority}
        onChange={(value) => change({ authority: value })}
        options={[...known]
          .filter((code) => code !== NATIONAL)
          .sort()
          .map((code) => [code, nameOf(code)])}
      />
      <Choice
        label={words.registry}
        value={registry}
        onChange={(value) => change({ registry: value })}
        options={registries.map(({ id, name }) => [id, name])}
      />
      <Choice
        label={words.age}
        value={olderThanDays?.toString() ?? ''}
        onChange={(value) => change({ olderThanDays: value })}
        options={[...new Set([...AGES, ...(olderThanDays ? [olderThanDays] : [])])].map((days) => [
          String(days),
          words.olderThan(days),
        ])}
      />
      {Object.keys(filters).length > 0 && (
        <Link to="/matters" search={{}}>
          {words.clear}
        </Link>
      )}
      <OpenByNumber registries={registries} />
    </div>
  );
}

function Choice({
  label,
  value,
  options,
  lang,
  onChange,
}: {
  label: string;
  value: string;
  options: [value: string, label: string][];
  /** Of the options, where it is not that of the page. */
  lang?: string;
  onChange: (value: string) => void;
}) {
  const words = useTextsOf(matterTexts);
  return (
    <label>
      {label}
      <select value={value} data-chosen={value !== ''} onChange={(event) => onChange(event.target.value)}>
        <option value="">{words.any}</option>
        {options.map(([one, name]) => (
          <option key={one} value={one} lang={lang}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Opens what somebody read out from the registration system. */
function OpenByNumber({ registries }: { registries: readonly Named[] }) {
  const words = useTextsOf(matterTexts);
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState('');
  const id = useId();
  const registry = chosen || registries[0]?.id;
  return (
    <form
      role="search"
      className="tools"
      onSubmit={(event) => {
        event.preventDefault();
        const externalId = typed.trim();
        if (registry && externalId)
          void navigate({ to: '/matters/$registry/$externalId', params: { registry, externalId } });
      }}
    >
      {registries.length > 1 && (
        <label htmlFor={id}>
          {words.registry}
          <select id={id} value={registry} onChange={(event) => setChosen(event.target.value)}>
            {registries.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <Input
        aria-label={words.openByNumber}
        placeholder={words.openByNumber}
        data-search=""
        maxLength={64}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button htmlType="submit">{words.open}</Button>
    </form>
  );
}

function Table({ matters, registries }: { matters: readonly Listed[]; registries: readonly Named[] }) {
  const words = useTextsOf(matterTexts);
  const shared = useWords();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.number}</th>
          <th scope="col">{words.entity}</th>
          <th scope="col">{words.kind}</th>
          <th scope="col">{words.authority}</th>
          <th scope="col">{words.registry}</th>
          <th scope="col">{words.pushedAt}</th>
          <th scope="col">{words.decidedAt}</th>
        </tr>
      </thead>
      <tbody>
        {matters.map(({ matter, registry, externalId, version, entity, kind, authority, ...times }) => (
          <tr key={matter}>
            <th scope="row">
              <Link
                to="/matters/$registry/$externalId"
                params={{ registry, externalId }}
                data-row=""
                className="number"
              >
                {externalId}
              </Link>{' '}
              <small>{words.versionOf(version)}</small>
            </th>
            <td className="long">{entity ?? <span className="hint">{words.erased}</span>}</td>
            <td>{shared.kind(kind)}</td>
            <td>
              <Authority code={authority} />
            </td>
            <td>{registries.find(({ id }) => id === registry)?.name ?? registry}</td>
            <td>
              <time dateTime={times.pushedAt}>{formatTime(times.pushedAt)}</time>
            </td>
            <td>
              {times.decidedAt && <time dateTime={times.decidedAt}>{formatTime(times.decidedAt)}</time>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
