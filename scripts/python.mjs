import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, hasApt, installPackages } from './machine.mjs';

/** @import { Tools } from './processes.mjs' */

/**
 * Makes a Python environment in `folder` and installs packages there. The machine's own Python stays as it is: Debian forbids
 * changing it.
 * @param {Tools} tools
 * @param {string} folder
 * @param {string} program the file in the environment's `bin` that the packages bring; nothing is done if it is there
 * @param {string[]} packages arguments of `pip install`
 * @returns the full path of `program`
 * @throws if this machine has no Python with venv and can't get it, or if the packages can't be had
 */
export async function providePythonProgram({ processes, report }, folder, program, packages) {
  const file = join(folder, 'bin', program);
  if (existsSync(file)) return file;
  /**
   * @param {string} name
   * @param {string} command
   * @param {string[]} args
   */
  const run = (name, command, args) => processes.run({ name, command, args });
  const make = async () => {
    report('making a Python environment');
    await run('venv', findProgram('python3') ?? 'python3', ['-m', 'venv', folder]);
  };
  try {
    await make().catch(async (error) => {
      if (!hasApt()) throw error;
      report('installing Python with apt');
      await installPackages({ processes, report }, ['python3', 'python3-venv', 'ca-certificates']);
      await make();
    });
    report(`installing ${program} with pip`);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    await run('pip', join(folder, 'bin/python'), [...pip, ...packages]);
  } catch (error) {
    // Half an environment would be taken for a whole one.
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return file;
}
