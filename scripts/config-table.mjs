// Writes the table of docs/configuration.md from the schema that the processes read, so that it can't fall behind.
// `node scripts/config-table.mjs` updates it, `--check` only says whether it is up to date. Needs a build.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** @typedef {{ description: string, unit?: string, otherwise?: string, default?: string }} Variable */

const START = '<!-- config:start -->';
const END = '<!-- config:end -->';

const root = join(import.meta.dirname, '..');
const built = join(root, 'dist/platform/config-schema.js');
const page = join(root, 'docs/configuration.md');

if (!existsSync(built)) stop('dist/ is not there yet. Run `npm run build` first.');

const require = createRequire(import.meta.url);
const { z } = /** @type {typeof import('zod')} */ (require('zod'));
const { configSchema } = /** @type {typeof import('../platform/config-schema.ts')} */ (require(built));
const text = readFileSync(page, 'utf8');
const [start, end] = [text.indexOf(START), text.indexOf(END)];
if (start < 0 || end < start)
  stop(`docs/configuration.md needs a line ${START} and, below it, a line ${END}.`);

const updated = `${text.slice(0, start)}${START}\n\n${table()}\n\n${text.slice(end)}`;
if (process.argv.includes('--check')) {
  if (updated !== text) {
    stop('The table in docs/configuration.md is out of date. Run `node scripts/config-table.mjs`.');
  }
} else {
  writeFileSync(page, updated);
}

function table() {
  // The input side: a default as the text of its variable, not what the schema makes of it.
  const { properties = {}, required = [] } = z.toJSONSchema(configSchema, { io: 'input' });
  const rows = Object.entries(properties).map(([name, variable]) => {
    const { description, unit, otherwise, default: text } = /** @type {Variable} */ (variable);
    const unset = required.includes(name) ? 'required' : (otherwise ?? `\`${text}\``);
    return [`\`${name}\``, description, unit ?? '', unset];
  });
  return [['Variable', 'Meaning', 'Unit', 'Default'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
