import { cpus, loadavg, totalmem } from 'node:os';

/**
 * One line of the result.
 * @typedef Row
 * @property {string} name
 * @property {number} value
 * @property {string} unit
 * @property {number | undefined} bar a bound from above unless `least`; without one the figure is only reported
 * @property {boolean} least
 * @property {boolean | undefined} ok
 * @property {string} note
 */

/**
 * The value below which `part` of the values are, the median unless given.
 * @param {number[]} values not empty
 */
export function quantile(values, part = 0.5) {
  const sorted = [...values].sort((one, other) => one - other);
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * part));
  return /** @type {number} */ (sorted[at]);
}

/**
 * @param {string} name
 * @param {number} value
 * @param {Partial<Pick<Row, 'unit' | 'bar' | 'least' | 'note'>>} [options]
 * @returns {Row}
 */
export function row(name, value, { unit = '', bar, least = false, note = '' } = {}) {
  const ok = bar === undefined ? undefined : least ? value >= bar : value <= bar;
  return { name, value: Number(value.toFixed(value < 10 ? 2 : 0)), unit, bar, least, ok, note };
}

/**
 * Prints the rows and the machine that they were measured on: a table, or JSON.
 * @param {Row[]} rows
 * @param {{ json?: boolean | undefined }} options
 * @returns the exit code, 1 if a bar is missed
 */
export function printResults(rows, { json }) {
  const machine = {
    cpu: cpus()[0]?.model.trim(),
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    // Other work on the machine makes the times longer.
    load: loadavg().map((load) => Number(load.toFixed(1))),
  };
  process.stdout.write(
    json
      ? `${JSON.stringify({ rows, machine }, null, 2)}\n`
      : `\n${tableOf(rows)}\n\n${JSON.stringify(machine)}\n`,
  );
  return rows.some(({ ok }) => ok === false) ? 1 : 0;
}

/** @param {Row[]} rows */
function tableOf(rows) {
  const lines = rows.map(({ name, value, unit, bar, least, ok, note }) => [
    ok === undefined ? ' ' : ok ? '✓' : '✗',
    name,
    `${value}${unit && ` ${unit}`}`,
    bar === undefined ? '' : `${least ? '≥' : '≤'} ${bar}`,
    note,
  ]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
