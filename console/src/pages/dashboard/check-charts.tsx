import { useWords } from '../../texts';
import { Bars, Chart } from './chart';
import { funnelSteps, groupsBy, passRate, percent, states, sumsBy } from './sums';
import type { Check } from './sums';
import { useDashboardTexts } from './words';

const TONES = ['good', 'bad', 'neutral', 'open'];

/** What became of checks: by step, by document, by cause and by day. */
export function CheckCharts({ checks }: { checks: readonly Check[] }) {
  const words = useDashboardTexts();
  const { document } = useWords();
  const stateNames = states.map((state) => words.states[state]);
  const valuesOf = (byState: ReadonlyMap<string, number>) => states.map((state) => byState.get(state) ?? 0);

  const steps = funnelSteps.map((step) => {
    const own = checks.filter(({ purpose }) => purpose === step);
    const started = own.reduce((sum, { count }) => sum + count, 0);
    const passed = sumsBy(own, ({ state }) => state).get('passed') ?? 0;
    return { name: words.steps[step], started, passed };
  });
  const signed = checks.filter(({ isSigned }) => isSigned).reduce((sum, { count }) => sum + count, 0);
  const funnel =
    checks.length === 0 ? [] : [...steps, { name: words.steps.signed, started: signed, passed: signed }];

  const nameOf = ({ documentType }: Check) => (documentType ? document(documentType) : words.otherDocument);
  const documents = [...groupsBy(checks, nameOf, ({ state }) => state)];
  const failed = checks.filter(({ state }) => state === 'failed');
  const causeOf = ({ codes }: Check) =>
    codes.length === 0 ? words.noCause : codes.map((code) => words.codes[code] ?? code).join('、');
  const causes = [...groupsBy(failed, (one) => `${words.steps[one.purpose]}：${causeOf(one)}`, nameOf)].map(
    ([cause, byDocument]) => ({
      cause,
      byDocument,
      sum: [...byDocument.values()].reduce((a, b) => a + b, 0),
    }),
  );
  causes.sort((one, other) => other.sum - one.sum);
  const days = [
    ...groupsBy(
      checks,
      ({ day }) => day,
      ({ state }) => state,
    ),
  ].sort(([one], [other]) => one.localeCompare(other));
  return (
    <>
      <Chart
        title={words.funnel}
        hint={words.funnelHint}
        head={[words.step, words.started, words.passed, words.share]}
        rows={funnel.map(({ name, started, passed }) => [
          name,
          started,
          passed,
          percent(started > 0 ? passed / started : undefined),
        ])}
      >
        <Bars
          bars={funnel.map(({ name, started, passed }) => ({
            label: name,
            values: [passed, started - passed],
          }))}
          parts={[words.passed, words.rest]}
          tones={['good', 'neutral']}
        />
      </Chart>
      <Chart
        title={words.byDocument}
        head={[words.document, words.passRate, ...stateNames]}
        rows={documents.map(([name, byState]) => [name, percent(passRate(byState)), ...valuesOf(byState)])}
      >
        <Bars
          bars={documents.map(([name, byState]) => ({
            label: `${name} ${percent(passRate(byState))}`,
            values: valuesOf(byState),
          }))}
          parts={stateNames}
          tones={TONES}
        />
      </Chart>
      <Chart
        title={words.causes}
        head={[words.cause, words.count, words.document]}
        rows={causes.map(({ cause, byDocument, sum }) => [
          cause,
          sum,
          [...byDocument].map(([name, count]) => `${name} ${count}`).join('，'),
        ])}
      >
        <Bars
          bars={causes.map(({ cause, sum }) => ({ label: cause, values: [sum] }))}
          parts={[words.count]}
        />
      </Chart>
      <Chart
        title={words.attempts}
        head={[words.day, ...stateNames]}
        rows={days.map(([day, byState]) => [day, ...valuesOf(byState)])}
      >
        <Bars
          bars={days.map(([day, byState]) => ({ label: day, values: valuesOf(byState) }))}
          parts={stateNames}
          tones={TONES}
        />
      </Chart>
    </>
  );
}
