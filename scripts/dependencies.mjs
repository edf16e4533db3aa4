import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether node_modules holds what package-lock.json names. */
export function areDependenciesInstalled(root) {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const has = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const wants = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wants).every(
    ([path, { optional, version }]) => path === '' || optional || has[path]?.version === version,
  );
}

/** Installs what package-lock.json names; development packages too, since the build needs them. */
export async function installDependencies({ processes, report }, root) {
  report('npm fetches and unpacks some 700 packages');
  await processes.run({
    name: 'npm',
    command: 'npm',
    args: ['ci', '--include=dev', '--no-progress'],
    cwd: root,
  });
}
