import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, hasApt, installPackages, toolsDir } from './machine.mjs';
import { Refusal } from './refusal.mjs';

const VERSION = '4.4.0';
// Later ones lack what Schemathesis' own dependency hypothesis-jsonschema 0.23 calls.
const HYPOTHESIS_VERSION = '6.142.0';

/** The program that sends an api what its description allows and forbids, in a Python environment of its own. @throws Refusal */
export async function provideSchemathesis({ processes, report }) {
  const folder = join(toolsDir, `schemathesis-${VERSION}`);
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
    report(`installing Schemathesis ${VERSION}`);
    await run('pip', join(folder, 'bin/python'), [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
      ...[`schemathesis==${VERSION}`, `hypothesis==${HYPOTHESIS_VERSION}`],
    ]);
  } catch {
    throw new Refusal(
      `Schemathesis ${VERSION} can't be installed: give this machine Python 3.10 or later with venv, and a way to PyPI.`,
    );
  }
  return program;
}
