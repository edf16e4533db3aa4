import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areDependenciesInstalled, installDependencies } from './dependencies.mjs';
import { findProgram, hasApt, installPackages, toolsDir } from './machine.mjs';
import { providePythonProgram } from './python.mjs';
import { UserError } from './user-error.mjs';

/** @import { Tools } from './processes.mjs' */

const folder = join(import.meta.dirname, '../registry-client');

/**
 * Installs what the client for registration systems is made with, and compiles it.
 * @param {Tools} tools
 * @returns its folder
 */
export async function provideRegistryClient({ processes, report }) {
  if (!areDependenciesInstalled(folder)) {
    report('npm fetches what it is made with');
    await installDependencies({ processes, report }, folder);
  }
  const args = [join(folder, 'node_modules/typescript/bin/tsc'), '-p', folder];
  await processes.run({ name: 'registry-client', command: process.execPath, args });
  return folder;
}

/**
 * A Java that runs a program from its source, as the examples are run.
 * @param {Tools} tools
 * @throws {UserError} if there is none and none can be installed
 */
export async function provideJava({ processes, report }) {
  if (!findProgram('javac') && hasApt()) {
    report('installing Java with apt');
    await installPackages({ processes, report }, ['default-jdk-headless']);
  }
  const java = findProgram('javac') && findProgram('java');
  if (!java) throw new UserError('The examples in Java need a JDK of version 17 or later.');
  return java;
}

/**
 * A Python with what the examples import.
 * @param {Tools} tools
 */
export async function provideExamplesPython({ processes, report }) {
  const requirements = join(folder, 'examples/python/requirements.txt');
  const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const packages = ['--requirement', requirements];
  const environment = join(toolsDir, `registry-examples-${version}`);
  return await providePythonProgram({ processes, report }, environment, 'python', packages).catch(() => {
    throw new UserError('The examples in Python need Python 3.10 or later with venv, and access to PyPI.');
  });
}
