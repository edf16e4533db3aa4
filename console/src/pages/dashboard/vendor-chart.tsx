import { Bars, Chart } from './chart';
import { percent, vendorRow } from './sums';
import type { VendorCall } from './sums';
import { useDashboardTexts } from './words';

/** How long vendors took, and how often they failed. */
export function VendorChart({ calls }: { calls: readonly VendorCall[] }) {
  const words = useDashboardTexts();
  const rows = [...new Set(calls.map((call) => call.interface))].map((name) => ({
    name,
    ...vendorRow(calls.filter((call) => call.interface === name)),
  }));
  const within = (bound: number | undefined) => (bound === undefined ? '–' : words.within(bound));
  return (
    <Chart
      title={words.vendors}
      hint={words.vendorHint}
      head={[words.interface, words.count, words.half, words.most, words.errors, words.cause]}
      rows={rows.map(({ name, total, failed, half, most, outcomes }) => [
        name,
        total,
        within(half),
        within(most),
        percent(failed / total),
        [...outcomes]
          .filter(([outcome]) => outcome !== 'done')
          .map(([outcome, count]) => `${outcome} ${count}`)
          .join('，'),
      ])}
    >
      <Bars
        bars={rows.map(({ name, total, failed, most }) => ({
          label: `${name.split('.').slice(-2).join('.')} ≤ ${within(most)}`,
          values: [total - failed, failed],
        }))}
        parts={[words.done, words.errors]}
        tones={['good', 'bad']}
      />
    </Chart>
  );
}
