import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolsDir } from './machine.mjs';
import { providePythonProgram } from './python.mjs';
import { UserError } from './user-error.mjs';

const requirements = join(import.meta.dirname, '../test/fuzz/requirements.txt');

<<<<<<< HEAD
/** The program that sends an api what its description allows and forbids, in a Python environment of its own. @throws UserError */
=======
/**
 * Installs Schemathesis in its own Python environment. The program tests an api with requests that its description allows or forbids.
 * @throws UserError if it cannot be installed
 */
>>>>>>> f-words
export async function provideSchemathesis({ processes, report }) {
  // Each set of versions has its own environment.
  const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(toolsDir, `schemathesis-${version}`);
<<<<<<< HEAD
  const packages = ['--requirement', requirements];
  return await providePythonProgram({ processes, report }, folder, 'schemathesis', packages).catch(() => {
=======
  const program = join(folder, 'bin/schemathesis');
  if (existsSync(program)) return program;
  const run = (name, command, args) => processes.run({ name, command, args });
  const make = async () => await run('venv', findProgram('python3') ?? 'python3', ['-m', 'venv', folder]);
  try {
    report('making a Python environment');
    await make().catch(async (error) => {
      if (!hasApt()) throw error;
      report('installing Python with apt');
      await installPackages({ processes, report }, ['python3', 'python3-venv']);
      await make();
    });
    report('installing Schemathesis');
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    await run('pip', join(folder, 'bin/python'), [...pip, '--requirement', requirements]);
  } catch {
    // The next run would use an incomplete environment.
    rmSync(folder, { recursive: true, force: true });
>>>>>>> f-words
    throw new UserError(
      "Schemathesis can't be installed: this machine needs Python 3.10 or later with venv, and access to PyPI.",
    );
  });
}
