import type { Schemas } from '../../client';
import { useAuthorityName } from '../../components/authority';
import { formatAge, useTexts } from '../../texts';
import { Bars, Chart } from './chart';
import { groupsBy } from './sums';
import { useDashboardTexts } from './words';

type Waiting = Schemas['WaitingFigures'];
type Decision = Schemas['DecisionFigure'];

const AGES = [0, 1, 2, 3, 4];
const valuesOf = (byAge: ReadonlyMap<number, number>) => AGES.map((age) => byAge.get(age) ?? 0);

/** What waits now: stuck journeys, and callbacks. */
export function WaitingCharts({ waiting: { stuck, callbacks } }: { waiting: Waiting }) {
  const texts = useTexts();
  const words = useDashboardTexts();
  const causes = [
    ...groupsBy(
      stuck,
      ({ cause }) => texts.causes[cause],
      ({ age }) => age,
    ),
  ];
  return (
    <>
      <Chart
        title={words.stuck}
        head={[words.cause, ...words.ages]}
        rows={causes.map(([cause, byAge]) => [cause, ...valuesOf(byAge)])}
      >
        <Bars
          bars={causes.map(([label, byAge]) => ({ label, values: valuesOf(byAge) }))}
          parts={words.ages}
        />
      </Chart>
      <section className="card">
        <h2>{words.callbacks}</h2>
        <p>
          <strong>{words.callbacksWaiting(callbacks.count)}</strong>
        </p>
        {callbacks.oldest && (
          <p>{words.oldest(formatAge(Date.now() - Date.parse(callbacks.oldest), texts))}</p>
        )}
      </section>
    </>
  );
}

/** How long clerks of each authority took. */
export function DecisionChart({ decisions }: { decisions: readonly Decision[] }) {
  const texts = useTexts();
  const nameOf = useAuthorityName();
  const words = useDashboardTexts();
  const authorities = [
    ...groupsBy(
      decisions,
      ({ authority }) => authority,
      ({ took }) => took,
    ),
  ].map(([authority, byAge]) => {
    const own = decisions.filter((one) => one.authority === authority);
    const [count, seconds] = [
      own.reduce((n, one) => n + one.count, 0),
      own.reduce((n, one) => n + one.seconds, 0),
    ];
    const name = nameOf(authority);
    return { name, byAge, mean: formatAge((seconds / count) * 1000, texts) };
  });
  return (
    <Chart
      title={words.decisions}
      hint={words.decisionsHint}
      head={[words.authority, words.mean, ...words.ages]}
      rows={authorities.map(({ name, byAge, mean }) => [name, mean, ...valuesOf(byAge)])}
    >
      <Bars
        bars={authorities.map(({ name, byAge, mean }) => ({
          label: `${name} · ${mean}`,
          values: valuesOf(byAge),
        }))}
        parts={words.ages}
      />
    </Chart>
  );
}
