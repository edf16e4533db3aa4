// Run this script after a change of dependencies. A registry mirror may lack packages for other platforms. npm then omits them from
// package-lock.json, and `npm ci` (npm 11) rejects such a lock file. This script adds the packages in npm's form, but without checksums.
// It does not change a complete lock file.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ version?: string, dev?: boolean, optional?: boolean, optionalDependencies?: Record<string, string> }} Package */

const file = join(import.meta.dirname, '..', 'package-lock.json');
/** @type {{ packages: Record<string, Package> }} */
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = Object.values(lock.packages).flatMap(({ optionalDependencies = {}, dev }) =>
  Object.entries(optionalDependencies)
    .filter(([name, version]) => !lock.packages[`node_modules/${name}`] && /^\d[\w.-]*$/.test(version))
    .map(
      ([name, version]) =>
        /** @type {[string, Package]} */ ([
          `node_modules/${name}`,
          { version, ...platformOf(name), ...(dev && { dev }), optional: true },
        ]),
    ),
);

const { '': root, ...others } = lock.packages;
const packages = Object.entries({ ...others, ...Object.fromEntries(missing) }).sort(([one], [other]) =>
  one.localeCompare(other, 'en'),
);
lock.packages = { ...(root && { '': root }), ...Object.fromEntries(packages) };
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`package-lock.json: ${missing.length} packages for other platforms added\n`);

/**
 * Such packages are named after their platform: …-linux-arm-gnueabihf, …-win32-x64-msvc, …-darwin-arm64.
 * @param {string} name
 */
function platformOf(name) {
  const [, system, processor, rest = ''] =
    /-(darwin|linux|win32|freebsd|android|openharmony|wasm32)-?(\w+)?(?:-(\w+))?$/.exec(name) ?? [];
  if (!system) throw new Error(`${name} is missing in package-lock.json, and its name contains no platform`);
  if (system === 'wasm32') return { cpu: ['wasm32'] };
  const libc = new Map([
    ['gnu', ['glibc']],
    ['musl', ['musl']],
  ]).get(rest);
  return { cpu: [processor], os: [system], ...(libc && { libc }) };
}
