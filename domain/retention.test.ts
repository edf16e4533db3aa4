import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptSince, retentionRows, retentionRules } from './retention';

const kept = { matterDays: 365, evidenceDays: 1830, complaintDays: 1095 };
const now = new Date('2027-01-31T12:00:00Z');

it.each([
  ['worklistChanges', '2027-01-31T11:00:00.000Z'],
  ['batches', '2027-01-01T12:00:00.000Z'],
  ['matters', '2026-01-31T12:00:00.000Z'],
] as const)('%s that are older than %s are over', (kind, since) => {
  expect(keptSince(kind, kept, now).toISOString()).toBe(since);
});

it('docs/operations.md has the table of the rules by which the retention deletes', () => {
  const docs = readFileSync(join(__dirname, '../docs/operations.md'), 'utf8');
  const [, section = ''] = docs.split('\n## How long data is kept\n');
  const [table = ''] = /^\|.*\n(?:\|.*\n)+/m.exec(section) ?? [];
  const rows = table.trim().split('\n').slice(2);
  expect(rows).toEqual(retentionRows().map((cells) => `| ${cells.join(' | ')} |`));
});

it('docs/configuration.md has the variables that set a time', () => {
  const docs = readFileSync(join(__dirname, '../docs/configuration.md'), 'utf8');
  const variables = Object.values(retentionRules).flatMap(({ period }) =>
    'variable' in period ? period.variable : [],
  );
  expect(variables.length).toBe(3);
  expect(variables.filter((name) => !docs.includes(`| \`${name}\` |`))).toEqual([]);
});
