// Run after a change of dependencies. A registry mirror may lack packages for other platforms; npm then leaves them out of
// package-lock.json, and `npm ci` (npm 11) refuses a lock file without them. This adds them as npm would, but for the
// checksum. It changes nothing where npm wrote everything.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '..', 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = Object.values(lock.packages).flatMap(({ optionalDependencies = {}, dev }) =>
  Object.entries(optionalDependencies)
    .filter(([name, version]) => !lock.packages[`node_modules/${name}`] && /^\d[\w.-]*$/.test(version))
    .map(([name, version]) => [
      `node_modules/${name}`,
      { version, ...platformOf(name), ...(dev && { dev }), optional: true },
    ]),
);

const { '': root, ...others } = lock.packages;
const packages = Object.entries({ ...others, ...Object.fromEntries(missing) }).sort(([one], [other]) =>
  one.localeCompare(other, 'en'),
);
lock.packages = { '': root, ...Object.fromEntries(packages) };
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`package-lock.json: ${missing.length} packages for other platforms added\n`);

// Such packages are named after their platform: …-linux-arm-gnueabihf, …-win32-x64-msvc, …-darwin-arm64.
function platformOf(name) {
  const [, system, processor, rest] =
    /-(darwin|linux|win32|freebsd|android|openharmony|wasm32)-?(\w+)?(?:-(\w+))?$/.exec(name) ?? [];
  if (!system) throw new Error(`${name}: package-lock.json lacks it, and its name tells no platform`);
  if (system === 'wasm32') return { cpu: ['wasm32'] };
  const libc = { gnu: ['glibc'], musl: ['musl'] }[rest];
  return { cpu: [processor], os: [system], ...(libc && { libc }) };
}
