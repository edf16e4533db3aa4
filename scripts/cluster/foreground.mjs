import { parseArgs } from 'node:util';
import { buildConsole } from '../console.mjs';
import { runInForeground } from '../foreground.mjs';
import { buildMiniapp } from '../miniapp.mjs';
import { engineNamed } from './persistence.mjs';
import { startCluster } from './start.mjs';

// The program that cluster.mjs starts, trusting the cluster's root.
const { values } = parseArgs({
  options: { data: { type: 'string', default: '.data/cluster' }, persistence: { type: 'string' } },
});
const engine = engineNamed(values.persistence);
const options = { dataDir: values.data, samples: true, waits: false };
process.exit(
  await runInForeground(options, async ({ root, processes, progress, ...rest }) => {
    await progress.during('mini-program', (report) => buildMiniapp({ processes, report }, root, ['h5']));
    await progress.during('clerk console', (report) => buildConsole({ processes, report }, root));
    return (await startCluster({ root, processes, progress, engine, ...rest })).urls;
  }),
);
