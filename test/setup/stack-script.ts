import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
// For their programs: such a script starts servers of its own, and what is built.
import './needs/database';
import './needs/services';
import './needs/temporal';

/** Runs a script that starts the whole stack. @returns what it wrote, whether it failed or not */
export async function runStackScript(script: string, ...args: string[]): Promise<string> {
  return await promisify(execFile)(process.execPath, [script, ...args]).then(
    ({ stdout }) => stdout,
    (error: unknown) => {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      return `${stdout}${stderr}`;
    },
  );
}
