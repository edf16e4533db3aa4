import type { ReactNode } from 'react';
import { scaleBand, scaleLinear } from 'd3-scale';
import { useDashboardTexts } from './words';

/** A bar, made of parts side by side. */
export interface Bar {
  label: string;
  values: readonly number[];
}

const WIDTH = 620;
const BAR = 26;
const LABELS = 236;
const NUMBERS = 56;

/** Bars, each with what its parts add up to. The table beside it says the same in words. */
export function Bars({
  bars,
  parts,
  tones = [],
}: {
  bars: readonly Bar[];
  parts: readonly string[];
  /** Class of each part; the shades of one colour unless given. */
  tones?: readonly string[];
}) {
  const sums = bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const height = bars.length * BAR;
  const x = scaleLinear([0, Math.max(1, ...sums)], [0, WIDTH - LABELS - NUMBERS]);
  const y = scaleBand(
    bars.map((_, at) => at),
    [0, height],
  ).padding(0.25);
  const toneOf = (part: number) => tones[part] ?? `shade-${part}`;
  return (
    <>
      <svg className="chart" viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
        {bars.map(({ label, values }, at) => {
          let from = 0;
          const top = y(at) ?? 0;
          return (
            <g key={label}>
              <text x={LABELS - 8} y={top + y.bandwidth() / 2} className="name">
                {label}
              </text>
              {values.map((value, part) => {
                const left = LABELS + x(from);
                from += value;
                return (
                  <rect
                    key={parts[part]}
                    className={toneOf(part)}
                    x={left}
                    y={top}
                    width={x(value)}
                    height={y.bandwidth()}
                  />
                );
              })}
              <text x={LABELS + x(from) + 6} y={top + y.bandwidth() / 2}>
                {sums[at]}
              </text>
            </g>
          );
        })}
      </svg>
      {parts.length > 1 && (
        <ul className="legend" aria-hidden="true">
          {parts.map((part, at) => (
            <li key={part}>
              <svg viewBox="0 0 10 10">
                <rect className={toneOf(at)} width="10" height="10" />
              </svg>
              {part}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A chart, and below it all its numbers as a table. */
export function Chart({
  title,
  hint,
  head,
  rows,
  children,
}: {
  title: string;
  hint?: string;
  head: readonly string[];
  /** The first cell of a row names it. */
  rows: readonly (readonly (string | number)[])[];
  children?: ReactNode;
}) {
  const words = useDashboardTexts();
  return (
    <section className="card">
      <h2>{title}</h2>
      {hint && <p className="hint">{hint}</p>}
      {rows.length === 0 ? (
        <p className="hint">{words.nothing}</p>
      ) : (
        <>
          {children}
          <details open={!children}>
            <summary>{words.asTable}</summary>
            <table>
              <caption className="visually-hidden">{title}</caption>
              <thead>
                <tr>
                  {head.map((cell) => (
                    <th key={cell} scope="col">
                      {cell}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(([name, ...cells]) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    {cells.map((cell, at) => (
                      <td key={head[at + 1]}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  );
}
