/** The value below which the fraction `part` of the values lies; by default the median. */
export function quantile(values, part = 0.5) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** One row of the result. `bar` is a maximum, or a minimum with `least`. Without a bar the value is only reported. */
export function row(name, value, { unit = '', bar, least = false, note = '' } = {}) {
  const ok = bar === undefined ? undefined : least ? value >= bar : value <= bar;
  return { name, value: Number(value.toFixed(value < 10 ? 2 : 0)), unit, bar, least, ok, note };
}

export function tableOf(rows) {
  const lines = rows.map(({ name, value, unit, bar, least, ok, note }) => [
    ok === undefined ? ' ' : ok ? '✓' : '✗',
    name,
    `${value}${unit && ` ${unit}`}`,
    bar === undefined ? '' : `${least ? '≥' : '≤'} ${bar}`,
    note,
  ]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(...lines.map((line) => line[at].length)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
