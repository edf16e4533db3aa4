import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const root = join(__dirname, '..');
const declarations = ['tables.ts', 'strict-columns.ts'].map((file) => join(__dirname, file));
const joined = "db('confirmations AS c').join('matters AS m', 'm.id', 'c.matter_id')";

/** What the compiler says to each of these, by their place in the list. */
function errorsOf(statements: readonly string[]): Map<number, string> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const file = join(__dirname, 'snippet.ts');
  const head = "import type { Knex } from 'knex';\nexport async function snippet(db: Knex) {\n";
  const text = `${head}${statements.map((statement) => `  ${statement};`).join('\n')}\n}\n`;
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.getSourceFile = (path, version, ...rest) =>
    path === file ? ts.createSourceFile(path, text, version) : getSourceFile(path, version, ...rest);
  const program = ts.createProgram([file, ...declarations], { ...options, noEmit: true }, host);
  const source = program.getSourceFile(file);
  const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  const firstLine = head.split('\n').length - 1;
  return new Map(
    diagnostics.map(({ start, messageText }) => [
      source!.getLineAndCharacterOfPosition(start ?? 0).line - firstLine,
      ts.flattenDiagnosticMessageText(messageText, ' '),
    ]),
  );
}

it('a query compiles only with columns that its tables have, and with values that they can hold', () => {
  const right = [
    "await db('journeys').where({ id: 'j' }).first('step', 'revision')",
    "(await db('journeys').where('revision', '>', 1).orderBy('id').select('step'))[0]?.step.length",
    "await db('journeys').where({ id: 'j' }).update({ step: 'closed', person: null })",
    `(await ${joined}.where({ 'm.state': 'open' }).select({ role: 'c.role' }))[0]?.role.length`,
  ];
  const wrong = [
    "db('journey').where({ id: 'j' })",
    "db('journeys').where({ nosuch: 1 })",
    "db('journeys').where({ step: 'nosuch' })",
    "db('journeys').where('nosuch', 1).first()",
    "db('journeys').whereIn('nosuch', [1]).first()",
    "db('journeys').whereNull('nosuch').first()",
    "db('journeys').orderBy('nosuch').first()",
    "(await db('journeys').select('id', 'nosuch'))[0]",
    "(await db('journeys').first('nosuch'))?.nosuch",
    "(await db('journeys').select({ name: 'nosuch' }))[0]",
    "(await db('journeys').select('step'))[0]?.revision",
    "db('journeys').insert({ nosuch: 1 })",
    "db('journeys').update({ nosuch: 1 })",
    "db('journeys').update({ stuck_cause: 'nosuch' })",
    "db('confirmations AS c').join('matters AS m', 'm.nosuch', 'c.matter_id').first()",
    `${joined}.where({ 'm.nosuch': 1 })`,
    `(await ${joined}.select({ name: 'c.nosuch' }))[0]`,
    "db('confirmations AS unknown').where({ role: 'x' })",
  ];
  const errors = errorsOf([...right, ...wrong]);
  expect([...errors.keys()].sort((one, other) => one - other)).toEqual(
    wrong.map((_, at) => right.length + at),
  );
}, 120_000);
