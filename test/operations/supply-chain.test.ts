import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import '../setup/needs/services';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const folders = ['.', 'miniapp', 'console', 'registry-client'];

/** What a script of scripts/ computes: those are modules that jest does not load. */
function evaluate<T>(code: string): T {
  const script = `import { folders, isAllowed, packagesOf } from './scripts/licences.mjs';\nconsole.log(JSON.stringify(${code}));`;
  const args = ['--input-type=module', '--eval', script];
  return JSON.parse(
    execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }),
  ) as T;
}

interface Package {
  name: string;
  version: string;
  licence: string;
  integrity?: string;
}

it('every package has a licence that is allowed, and is known by its hash', () => {
  const packages = evaluate<Package[]>("folders.flatMap((folder) => packagesOf('.', folder))");
  expect(packages.length).toBeGreaterThan(1000);
  const refused = evaluate<Package[]>(
    "folders.flatMap((folder) => packagesOf('.', folder)).filter(({ licence }) => !isAllowed(licence))",
  );
  expect(refused).toEqual([]);
  // Builds of two tools for other platforms, which scripts/lockfile.mjs adds by their names.
  const elsewhere = /^@(swc\/core|unrs\/resolver-binding)-/;
  const unknown = packages.filter(({ integrity }) => !integrity?.startsWith('sha512-'));
  expect(unknown.filter(({ name }) => !elsewhere.test(name))).toEqual([]);
});

it.each<[string, boolean]>([
  ['MIT', true],
  ['(BSD-3-Clause OR GPL-2.0)', true],
  ['MIT AND OFL-1.1', true],
  ['MIT AND GPL-3.0', false],
  ['AGPL-3.0', false],
  ['none', false],
])('the licence %s is allowed: %s', (licence, allowed) => {
  expect(evaluate(`isAllowed(${JSON.stringify(licence)})`)).toBe(allowed);
});

it.each(folders)('%s names each of its dependencies by one version', (folder) => {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    read(join(folder, 'package.json')),
  ) as Record<string, Record<string, string> | undefined>;
  const all = Object.entries({ ...dependencies, ...devDependencies });
  expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

it('npm makes a bill of materials for each of our packages', () => {
  execFileSync(process.execPath, ['scripts/sbom.mjs'], { cwd: root });
  for (const name of ['services', 'miniapp', 'console', 'registry-client']) {
    const { bomFormat, components } = JSON.parse(read(`.data/sbom/${name}.cdx.json`)) as {
      bomFormat: string;
      components: { name: string; purl: string; hashes?: object[] }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    const folder = name === 'services' ? '.' : name;
    const { dependencies = {} } = JSON.parse(read(join(folder, 'package.json'))) as {
      dependencies?: Record<string, string>;
    };
    const listed = components.map(({ purl }) => decodeURIComponent(purl));
    const wanted = Object.entries(dependencies).map(([one, version]) => `pkg:npm/${one}@${version}`);
    expect(wanted.filter((purl) => !listed.includes(purl))).toEqual([]);
  }
}, 120_000);

it('the build says what it is made of, and each of its files is as it says', () => {
  const { files, lockfile, commit, sources } = JSON.parse(read('dist/provenance.json')) as {
    files: Record<string, string>;
    lockfile: string;
    commit: string;
    sources: string;
  };
  expect(commit).toMatch(/^([0-9a-f]{40}(-changed)?|unknown)$/);
  expect(sources).toBe(read('dist/.stamp'));
  const check = (list: Record<string, string>) =>
    execFileSync('sha256sum', ['--check', '--quiet'], {
      ...{ cwd: join(root, 'dist'), stdio: 'pipe' },
      input: Object.entries(list)
        .map(([file, hash]) => `${hash}  ${file}\n`)
        .join(''),
    });
  check(files);
  check({ '../package-lock.json': lockfile });
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(['api/main.js', 'worker.js', 'workflow-bundle.js']),
  );
  expect(() => check({ 'worker.js': files['api/main.js']! })).toThrow();
});
