import { useEffect, useRef, useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Tag } from 'antd';
import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import type { Schemas } from '../../client';
import { Done } from '../../components/done';
import { Facts } from '../../components/facts';
import { Failure } from '../../components/failure';
import { Loaded } from '../../components/loaded';
import { PageTitle } from '../../components/page-title';
import { readAgain } from '../../queries';
import { bodyOf, post, queryClient } from '../../session';
import { formatTime, useTexts, useTextsOf } from '../../texts';
import { batchTexts } from '../../texts/batch';
import { useReasonSentence } from '../journey/reason-fields';
import { batchQueries } from './queries';
import './batch.css';

type Batch = Schemas['DecisionBatch'];

const route = getRouteApi('/batches/$batch');

/** A batch: it is run from here, and shows what became of each item. */
export function BatchPage() {
  const { batch: id } = route.useParams();
  return <OneBatch key={id} id={id} />;
}

function OneBatch({ id }: { id: string }) {
  const words = useTextsOf(batchTexts);
  const { decisions } = useTexts();
  const sentence = useReasonSentence();
  const query = useQuery(batchQueries.batch(id));
  return (
    <>
      <div className="bar">
        <PageTitle>{query.data ? words.pageTitle(decisions[query.data.decision]) : words.title}</PageTitle>
        <Link to="/">{words.toList}</Link>
        <div className="tools">
          <Button loading={query.isRefetching} onClick={() => void query.refetch()}>
            {words.refresh}
          </Button>
        </div>
      </div>
      <Loaded query={query}>
        {(batch) => (
          <div className="stack">
            <Facts
              rows={[
                [words.madeAt, formatTime(batch.madeAt)],
                [words.reason, sentence(batch.reason)],
              ]}
            />
            <Running batch={batch} />
            <Results batch={batch} />
          </div>
        )}
      </Loaded>
    </>
  );
}

/** Has the api carry out the next items until none waits, the page is left, or the clerk pauses. */
function useRun(id: string) {
  const [isStalled, setStalled] = useState(false);
  const goesOn = useRef(false);
  useEffect(() => () => void (goesOn.current = false), []);
  const { mutate, isPending, error } = useMutation({
    async mutationFn(from: number) {
      setStalled(false);
      goesOn.current = true;
      let idle = 0;
      for (let before = from; before > 0;) {
        const batch = await bodyOf(
          post('/api/clerk/batches/{batch}/run', { params: { path: { batch: id } }, body: {} }),
        );
        queryClient.setQueryData(batchQueries.batch(id).queryKey, batch);
        idle = batch.waiting < before ? 0 : idle + 1;
        before = batch.waiting;
        // The same ten would be tried again and again.
        if (idle === 2) setStalled(true);
        if (idle === 2 || isPaused(goesOn)) return;
      }
    },
    onSettled: () => readAgain('worklist', 'counts', 'batches'),
  });
  return { run: mutate, pause: () => (goesOn.current = false), isPending, error, isStalled };
}

const isPaused = ({ current: goesOn }: { current: boolean }) => !goesOn;

function Running({ batch }: { batch: Batch }) {
  const words = useTextsOf(batchTexts);
  const { id, items, waiting } = batch;
  const { run, pause, isPending, error, isStalled } = useRun(id);
  const isNew = useLocation({ select: ({ state }) => state.runs === true });
  const hasBegun = useRef(false);
  useEffect(() => {
    if (!isNew || hasBegun.current) return;
    hasBegun.current = true;
    // Only what was just made runs by itself: after a reload the clerk decides.
    window.history.replaceState({ ...(window.history.state as object), runs: undefined }, '');
    run(waiting);
  }, [isNew, run, waiting]);
  const done = items.filter(({ result }) => result === 'done').length;
  return (
    <section className="card stack" aria-labelledby="progress">
      <h2 id="progress">{words.progress}</h2>
      <progress aria-labelledby="progress" max={items.length} value={items.length - waiting} />
      <p role="status">{words.stands(done, items.length - waiting - done, waiting)}</p>
      {isPending && <p className="hint">{words.running}</p>}
      {isStalled && <Alert type="warning" showIcon title={words.stalled} />}
      {error && <Failure error={error} />}
      {waiting === 0 && <Done title={words.finished} />}
      {waiting > 0 && (
        <div className="buttons">
          {isPending ? (
            <Button onClick={pause}>{words.pause}</Button>
          ) : (
            <Button type="primary" onClick={() => run(waiting)}>
              {waiting < items.length ? words.goOn : words.go}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function Results({ batch: { items } }: { batch: Batch }) {
  const words = useTextsOf(batchTexts);
  const { steps, causes } = useTexts();
  return (
    <div className="scroll">
      <table className="rows">
        <thead>
          <tr>
            <th scope="col">{words.caseNumber}</th>
            <th scope="col">{words.result}</th>
            <th scope="col">{words.now}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ journey, caseNumber, result, step, cause }) => (
            <tr key={journey} data-result={result ?? 'waiting'}>
              <th scope="row">
                <Link to="/journeys/$id" params={{ id: journey }}>
                  {caseNumber ?? words.open}
                </Link>
              </th>
              <td>
                {result === undefined ? (
                  words.waiting
                ) : result === 'done' ? (
                  <Tag color="success">{words.done}</Tag>
                ) : (
                  <>
                    <Tag color="warning">{words.notDone}</Tag>{' '}
                    {words.refused[result] ?? words.otherwise(result)}
                  </>
                )}
              </td>
              <td>{cause ? (result ? words.again(causes[cause]) : causes[cause]) : step && steps[step]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
