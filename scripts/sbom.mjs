// `npm run sbom`: a CycloneDX file for each of our packages, and licences.tsv, in .data/sbom/.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folders, isAllowed, packagesOf } from './licences.mjs';

const root = join(import.meta.dirname, '..');
const target = join(root, '.data/sbom');
mkdirSync(target, { recursive: true });
for (const folder of folders) {
  writeFileSync(join(target, `${folder === '.' ? 'services' : folder}.cdx.json`), sbomOf(join(root, folder)));
}
const packages = folders.flatMap((folder) => packagesOf(root, folder));
const lines = packages.map(({ name, version, licence }) => `${licence}\t${name}\t${version}`);
const list = [...new Set(lines)].sort();
writeFileSync(join(target, 'licences.tsv'), `${list.join('\n')}\n`);
process.stdout.write(
  `.data/sbom/ has ${folders.length} bills of materials, and ${list.length} packages with their licences.\n`,
);
for (const { name, licence } of packages.filter((one) => !isAllowed(one.licence))) {
  process.stderr.write(`The licence of ${name} is not allowed: ${licence}\n`);
  process.exitCode = 1;
}

/**
 * With what builds and tests, marked as such: `--omit=dev` leaves out what is needed by both (npm 11).
 * @param {string} folder
 */
function sbomOf(folder) {
  const copy = mkdtempSync(join(tmpdir(), 'rid-sbom-'));
  try {
    copyFileSync(join(folder, 'package.json'), join(copy, 'package.json'));
    // npm takes every version for a wrong one where a package of others wants the `latest`.
    const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8').replaceAll(': "latest"', ': "*"');
    writeFileSync(join(copy, 'package-lock.json'), lock);
    const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'];
    return execFileSync('npm', args, { cwd: copy, encoding: 'utf8', maxBuffer: 2 ** 26 });
  } finally {
    rmSync(copy, { recursive: true });
  }
}
