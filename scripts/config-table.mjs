// Writes README.md's table of environment variables from the schema the services read, so that it can't fall behind.
// `node scripts/config-table.mjs` updates it, `--check` only says whether it is up to date. Needs a build.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const START = '<!-- config:start -->';
const END = '<!-- config:end -->';

const root = join(import.meta.dirname, '..');
const built = join(root, 'dist/platform/config-schema.js');
const readme = join(root, 'README.md');

if (!existsSync(built)) stop('dist/ is not there yet. Run `npm run build` first.');
if (!existsSync(readme)) stop('README.md is not there.');

const { configSchema } = createRequire(import.meta.url)(built);
const text = readFileSync(readme, 'utf8');
const [start, end] = [text.indexOf(START), text.indexOf(END)];
if (start < 0 || end < start) stop(`README.md needs a line ${START} and, below it, a line ${END}.`);

const updated = `${text.slice(0, start)}${START}\n\n${table()}\n\n${text.slice(end)}`;
if (process.argv.includes('--check')) {
  if (updated !== text) {
    stop('The configuration table in README.md is out of date. Run `node scripts/config-table.mjs`.');
  }
} else {
  writeFileSync(readme, updated);
}

function table() {
  const rows = Object.entries(configSchema.shape).map(([name, schema]) => {
    const { description, unit = '', otherwise } = schema.meta();
    return [`\`${name}\``, description, unit, otherwise ?? fallback(schema)];
  });
  return aligned([['Variable', 'Meaning', 'Unit', 'Unless set'], ...rows]);
}

function fallback(schema) {
  const { success, data } = schema.safeParse(undefined);
  if (!success) return 'required';
  return `\`${typeof data === 'object' ? JSON.stringify(data) : data}\``;
}

// In the form Prettier gives a table, so that formatting README.md changes nothing.
function aligned([head, ...rows]) {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
