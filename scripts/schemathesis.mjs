import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolsDir } from './machine.mjs';
import { providePythonProgram } from './python.mjs';
import { UserError } from './user-error.mjs';

/** @import { Tools } from './processes.mjs' */

const requirements = join(import.meta.dirname, '../test/fuzz/requirements.txt');

/**
 * The program that sends an api what its description allows and forbids, in a Python environment of its own.
 * @param {Tools} tools
 * @throws {UserError} if it can't be installed
 */
export async function provideSchemathesis({ processes, report }) {
  // Each set of versions has its own environment.
  const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(toolsDir, `schemathesis-${version}`);
  const packages = ['--requirement', requirements];
  return await providePythonProgram({ processes, report }, folder, 'schemathesis', packages).catch(() => {
    throw new UserError(
      "Schemathesis can't be installed: this machine needs Python 3.10 or later with venv, and access to PyPI.",
    );
  });
}
