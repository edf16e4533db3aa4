import { useState } from 'react';
import type { ReactNode } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { MOST_IN_BATCH } from '../../../../domain/batches';
import { decisionsFor, singleDecisions } from '../../../../domain/decisions';
import type { SingleDecision } from '../../../../domain/decisions';
import { GRANTED_ATTEMPTS_PER_DAY } from '../../../../domain/limits';
import { reasonsFor } from '../../../../domain/reasons';
import type { ReasonCode } from '../../../../domain/reasons';
import { stuckCauses } from '../../../../domain/stuck';
import type { StuckCause } from '../../../../domain/stuck';
import { assigneeGroups } from '../../../../domain/worklist';
import type { Body } from '../../client';
import { createCommandKeys } from '../../command-keys';
import { Authority } from '../../components/authority';
import { Facts } from '../../components/facts';
import { Failure } from '../../components/failure';
import { Field } from '../../components/field';
import { Loaded } from '../../components/loaded';
import { PageTitle } from '../../components/page-title';
import { bodyOf, post } from '../../session';
import { useTexts, useTextsOf } from '../../texts';
import { batchTexts } from '../../texts/batch';
import { ReasonChoice } from '../journey/reason-fields';
import { filterForApi } from '../worklist/filters';
import type { WorklistFilters } from '../worklist/filters';
import { PreviewTable } from './preview-table';
import { batchQueries } from './queries';
import './batch.css';

const route = getRouteApi('/batches/new');

/** A decision about all journeys of a part of the worklist: what it would do to each, and then the order to do it. */
export function NewBatch() {
  const words = useTextsOf(batchTexts);
  const { causes } = useTexts();
  const filters = route.useSearch();
  const navigate = useNavigate();
  const { cause } = filters;
  return (
    <>
      <div className="bar">
        <PageTitle>{words.title}</PageTitle>
        <Link to="/" search={filters}>
          {words.toList}
        </Link>
      </div>
      <div className="stack">
        <p className="hint">{words.hint}</p>
        <Unfinished />
        <Field label={words.cause} hint={cause ? undefined : words.chooseCause}>
          {(labels) => (
            <select
              {...labels}
              value={cause ?? ''}
              onChange={({ target: { value } }) =>
                void navigate({
                  to: '/batches/new',
                  search: { ...filters, cause: stuckCauses.find((one) => one === value) },
                  replace: true,
                })
              }
            >
              <option value="">{words.chooseCause}</option>
              {stuckCauses.map((one) => (
                <option key={one} value={one}>
                  {causes[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Chosen filters={filters} />
        {cause && <Choice key={cause} cause={cause} filters={filters} />}
      </div>
    </>
  );
}

/** What else narrows the list that the clerk comes from. */
function Chosen({ filters }: { filters: WorklistFilters }) {
  const words = useTextsOf(batchTexts);
  const { worklist } = useTexts();
  const { authority, assigned, mine, due, waitingHours, snoozed } = filterForApi(filters);
  const assignee = (['me', 'nobody', ...assigneeGroups] as const).find((one) => one === assigned);
  const rows: [what: string, value: ReactNode][] = [
    [worklist.authority, authority && <Authority code={authority} />],
    [worklist.assigned, assigned && (assignee ? worklist.assignees[assignee] : worklist.oneClerk)],
    [worklist.review, mine && worklist.mine],
    [worklist.due, due && worklist.dues[due]],
    [worklist.waiting, waitingHours && worklist.waitingOver(Number(waitingHours))],
    [worklist.snoozed, snoozed && words.only],
  ];
  if (rows.every(([, value]) => value === undefined)) return null;
  return (
    <section aria-label={words.chosen} className="card stack">
      <h2>{words.chosen}</h2>
      <Facts rows={rows} />
      <div>
        <Link to="/batches/new" search={{ cause: filters.cause }} replace>
          {worklist.clear}
        </Link>
      </div>
    </section>
  );
}

/** Batches that were interrupted. */
function Unfinished() {
  const words = useTextsOf(batchTexts);
  const { decisions } = useTexts();
  const { data } = useQuery(batchQueries.batches());
  const unfinished = data?.batches.filter(({ waiting }) => waiting > 0) ?? [];
  if (unfinished.length === 0) return null;
  return (
    <nav aria-label={words.unfinished} className="card">
      <h2>{words.unfinished}</h2>
      <ul>
        {unfinished.map(({ id, decision, waiting, items }) => (
          <li key={id}>
            <Link to="/batches/$batch" params={{ batch: id }}>
              {words.unfinishedOf(decisions[decision], waiting, items)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Choice({ cause, filters }: { cause: StuckCause; filters: WorklistFilters }) {
  const words = useTextsOf(batchTexts);
  const { decisions } = useTexts();
  const navigate = useNavigate();
  const possible = singleDecisions.filter((one) => decisionsFor(cause).includes(one));
  const [decision, setDecision] = useState<SingleDecision | undefined>(possible[0]);
  const [attempts, setAttempts] = useState('1');
  const [reason, setReason] = useState<ReasonCode | ''>('');
  const [keys] = useState(createCommandKeys);
  const query = useQuery({ ...batchQueries.preview(filters, decision), enabled: decision !== undefined });
  const making = useMutation({
    mutationFn: (body: Body<'/api/clerk/batches'>) =>
      bodyOf(
        post('/api/clerk/batches', { params: { header: { 'Idempotency-Key': keys.keyOf(body) } }, body }),
      ),
    async onSuccess({ id }) {
      keys.settle();
      await navigate({ to: '/batches/$batch', params: { batch: id }, state: { runs: true } });
    },
    onError: (error) => keys.settle(error),
  });
  if (!decision) return null;
  const grants = decision === 'grant-attempts';
  const items = (query.data?.entries ?? [])
    .filter(({ leftOut }) => leftOut === undefined)
    .map(({ entry: { journey }, revision }) => ({ journey, revision }));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!reason || items.length === 0) return;
        making.mutate({ decision, reason, items, ...(grants && { attempts: Number(attempts) }) });
      }}
    >
      <div className="choice">
        <Field label={words.decision}>
          {(labels) => (
            <select
              {...labels}
              value={decision}
              onChange={({ target: { value } }) => setDecision(possible.find((one) => one === value))}
            >
              {possible.map((one) => (
                <option key={one} value={one}>
                  {decisions[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {grants && (
          <Field label={words.attempts}>
            {(labels) => (
              <Input
                {...labels}
                type="number"
                required
                min={1}
                max={GRANTED_ATTEMPTS_PER_DAY}
                value={attempts}
                onChange={(event) => setAttempts(event.target.value)}
              />
            )}
          </Field>
        )}
        <ReasonChoice choices={reasonsFor(decision, cause)} given={reason} onChange={setReason} />
      </div>
      <Loaded query={query}>
        {({ entries, more }) => (
          <section className="stack" aria-labelledby="preview">
            <h2 id="preview">{words.preview}</h2>
            <p role="status">{words.counted(items.length, entries.length - items.length)}</p>
            {more && <Alert type="info" showIcon title={words.more(MOST_IN_BATCH)} />}
            {making.error && <Failure error={making.error} />}
            <div className="buttons">
              <Button
                type="primary"
                danger={decision === 'reject'}
                htmlType="submit"
                disabled={items.length === 0 || reason === ''}
                loading={making.isPending}
              >
                {words.run(items.length)}
              </Button>
            </div>
            {entries.length === 0 ? (
              <p className="empty">{words.none}</p>
            ) : (
              <PreviewTable entries={entries} />
            )}
          </section>
        )}
      </Loaded>
    </form>
  );
}
