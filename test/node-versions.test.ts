import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(__dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const production = read('.nvmrc').trim();

describe('which Node', () => {
  it('is the same in all packages, and no older than what production runs', () => {
    const [ours, miniapp, console] = ['package.json', 'miniapp/package.json', 'console/package.json'].map(
      (file) => (JSON.parse(read(file)) as { engines: { node: string } }).engines.node,
    );
    expect([ours, miniapp, console]).toEqual(['>=20.19', '>=20.19', '>=20.19']);
    expect(production).toMatch(/^24\.\d+\.\d+$/);
  });

  it('continuous integration takes the oldest and that of production', () => {
    const { jobs } = parse(read('.github/workflows/ci.yml')) as {
      jobs: { run: { strategy: { matrix: { node: string[] } }; steps: { uses?: string; run?: string }[] } };
    };
    expect(jobs.run.strategy.matrix.node).toEqual(['20.19.0', production]);
    expect(jobs.run.steps.map(({ run }) => run).filter(Boolean)).toEqual(['.ci/run']);
  });
});

/** What scripts/node-version.mjs says on a Node of this version. */
function onNode(version: string): { status: number | null; stderr: string } {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, 'scripts/node-version.mjs'],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, stderr };
}

describe('scripts', () => {
  it.each(['18.20.8', '20.18.3'])('do not run on Node %s', (version) => {
    expect(onNode(version)).toEqual({
      status: 1,
      stderr: `Node ${version} is too old: install Node 20.19 or later and try again.\n`,
    });
  });

  it.each(['20.19.0', '22.12.0'])(
    'run on Node %s, and name in one line the Node for production',
    (version) => {
      expect(onNode(version)).toEqual({
        status: 0,
        stderr: `This is Node ${version}, good enough to try and to test; production should run Node 24.\n`,
      });
    },
  );

  it.each([production, '26.0.0'])('say nothing on Node %s', (version) => {
    expect(onNode(version)).toEqual({ status: 0, stderr: '' });
  });
});
