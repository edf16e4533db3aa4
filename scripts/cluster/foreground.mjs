import { buildConsole } from '../console.mjs';
import { readArguments, runInForeground } from '../foreground.mjs';
import { buildMiniapp } from '../miniapp.mjs';
import { startCluster } from './start.mjs';

// The program that cluster.mjs starts, trusting the cluster's root.
process.exit(
  await runInForeground(readArguments('npm run cluster'), async ({ root, processes, progress, ...rest }) => {
    await progress.during('mini-program', (report) => buildMiniapp({ processes, report }, root, ['h5']));
    await progress.during('clerk console', (report) => buildConsole({ processes, report }, root));
    return (await startCluster({ root, processes, progress, ...rest })).urls;
  }),
);
