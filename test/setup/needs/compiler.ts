import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

// Nothing is prepared for these tests; but they take seconds, and so are no unit tests (scripts/test-needs.mjs).
const root = join(__dirname, '../../..');

interface Surroundings {
  /** The file in which the statements stand, as a path from the repository's root. It need not exist. */
  file: string;
  /** Lines before the statements: imports, and values that they use. */
  before: readonly string[];
  /** Paths of files with declarations that the whole program has. */
  declarations?: readonly string[];
  /** Of the tsconfig.json in this folder; by default the repository's root. */
  project?: string;
}

/** Compiles one statement a line, as the compiler that checks the repository does. @returns the statements that do not compile */
export function statementsThatDoNotCompile(
  statements: readonly string[],
  { file, before, declarations = [], project = '.' }: Surroundings,
): string[] {
  const path = join(root, file);
  const blocks = statements.map((statement) => `{ ${statement}; }`);
  const text = [...before, 'export async function statements() {', ...blocks, '}'].join('\n');
  const options = optionsOf(join(root, project));
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === path || fileExists(name);
  host.getSourceFile = (name, version, ...rest) =>
    name === path ? ts.createSourceFile(path, text, version) : getSourceFile(name, version, ...rest);
  const program = ts.createProgram([path, ...declarations.map((name) => join(root, name))], options, host);
  const source = program.getSourceFile(path)!;
  const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  const lines = diagnostics.map(({ start = 0 }) => source.getLineAndCharacterOfPosition(start).line);
  return [...new Set(lines)]
    .sort((one, other) => one - other)
    .map((line) => statements[line - before.length - 1] ?? text.split('\n')[line]!);
}

function optionsOf(folder: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, folder);
  return { ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false };
}
