import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { provideGo } from './go.mjs';
import { toolsDir } from './machine.mjs';
import { providePythonProgram } from './python.mjs';

/** @import { Tools } from './processes.mjs' */

const folder = join(import.meta.dirname, '../test/verifiers');

/**
 * The programs that verify the transparency log and share no code with the product: commands with their first arguments.
 * @param {Tools} tools
 * @returns {Promise<Record<'go' | 'python', string[]>>}
 */
export async function provideLogVerifiers({ processes, report }) {
  return { go: [await compile({ processes, report })], python: await providePython({ processes, report }) };
}

/** @param {Tools} tools */
async function compile({ processes, report }) {
  const source = join(folder, 'go');
  const program = join(toolsDir, `log-verifier-${hashOf(source)}`);
  if (existsSync(program)) return program;
  const command = await provideGo({ processes, report });
  report('compiling with Go');
  await processes.run({ name: 'go', command, args: ['build', '-trimpath', '-o', program, '.'], cwd: source });
  return program;
}

/** @param {Tools} tools */
async function providePython({ processes, report }) {
  const source = join(folder, 'python');
  const environment = join(toolsDir, `log-verifier-python-${hashOf(source)}`);
  const packages = ['--requirement', join(source, 'requirements.txt')];
  const python = await providePythonProgram({ processes, report }, environment, 'python', packages);
  return [python, join(source, 'verifier.py')];
}

/** So that each version of a verifier has its own. @param {string} source */
function hashOf(source) {
  const hash = createHash('sha256');
  for (const name of readdirSync(source).sort()) hash.update(name).update(readFileSync(join(source, name)));
  return hash.digest('hex').slice(0, 12);
}
