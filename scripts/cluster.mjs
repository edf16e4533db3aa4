// `npm run cluster`: what production is, on this machine, until Ctrl-C. See docs/testing.md.
//   --data FOLDER        where it keeps its data, `.data/cluster` unless given
//   --persistence NAME   where Temporal keeps its histories: mysql, unless it is postgresql
//   --check              runs test/cluster/check.mjs against a cluster of its own, and ends; with its --only and --in-flight
//   --chaos              `npm run chaos`: test/cluster/chaos.mjs, with --minutes and --seed
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { provideCertificates } from './cluster/certificates.mjs';
import { engineNamed } from './cluster/persistence.mjs';
import { userMessageOf } from './user-error.mjs';

const root = join(import.meta.dirname, '..');

try {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: join(root, '.data/cluster') },
      persistence: { type: 'string' },
      check: { type: 'boolean' },
      chaos: { type: 'boolean' },
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      'in-flight': { type: 'string', default: '60' },
    },
  });
  const { check, chaos, only, minutes, seed, data } = values;
  const [file, ...options] = check
    ? ['test/cluster/check.mjs', '--only', only, '--in-flight', values['in-flight']]
    : chaos
      ? ['test/cluster/chaos.mjs', '--minutes', minutes, '--seed', seed]
      : ['scripts/cluster/foreground.mjs', '--data', resolve(data)];
  const program = [join(root, file), ...options, '--persistence', engineNamed(values.persistence)];
  // Node reads the roots that it trusts when it starts.
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: provideCertificates().root };
  const child = spawn(process.execPath, program, { env, stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
} catch (error) {
  process.stderr.write(`\n${userMessageOf(error)}\n`);
  process.exitCode = 1;
}
