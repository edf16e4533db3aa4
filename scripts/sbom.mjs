// `npm run sbom`: what is delivered, package by package. .data/sbom/ gets a CycloneDX file for each of our packages, and licences.tsv.
import { mkdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { folders, packagesOf } from './licences.mjs';

const root = join(import.meta.dirname, '..');
const target = join(root, '.data/sbom');
mkdirSync(target, { recursive: true });
for (const folder of folders) {
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev'];
  const text = execFileSync('npm', args, { cwd: join(root, folder), encoding: 'utf8', maxBuffer: 2 ** 26 });
  writeFileSync(join(target, `${folder === '.' ? 'services' : folder}.cdx.json`), text);
}
// Those that only build and test are in this list too.
const lines = folders.flatMap((folder) =>
  packagesOf(root, folder).map(({ name, version, licence }) => `${licence}\t${name}\t${version}`),
);
const list = [...new Set(lines)].sort();
writeFileSync(join(target, 'licences.tsv'), `${list.join('\n')}\n`);
process.stdout.write(
  `.data/sbom/ has ${folders.length} files, and ${list.length} packages with their licences.\n`,
);
