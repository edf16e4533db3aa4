import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { provideGo } from './go.mjs';
import { toolsDir } from './machine.mjs';

/** @import { Tools } from './processes.mjs' */

const VERSION = '5.8.1';

/**
 * Compiles kustomize, which Debian does not have.
 * @param {Tools} tools
 * @returns its full path
 */
export async function provideKustomize({ processes, report }) {
  const folder = join(toolsDir, `kustomize-${VERSION}`);
  const program = join(folder, 'kustomize');
  if (existsSync(program)) return program;
  const command = await provideGo({ processes, report });
  report('compiling with Go');
  await processes.run({
    ...{ name: 'go', command, args: ['install', `sigs.k8s.io/kustomize/kustomize/v5@v${VERSION}`] },
    env: { ...process.env, GOBIN: folder },
  });
  return program;
}
