// `npm run chaos -- --minutes N --seed S`: phones, clerks and a registration system act at random over a cluster, while processes die and
// freeze, networks are cut, silent and slow, and vendors fail. Then everything is mended, and judge.mjs says what is wrong.
import '../../scripts/node-version.mjs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engineNamed } from '../../scripts/cluster/persistence.mjs';
import { startCluster } from '../../scripts/cluster/start.mjs';
import { openIsolatedRun } from '../../scripts/isolated-run.mjs';
import { until } from '../../scripts/ports.mjs';
import { createProgress } from '../../scripts/progress.mjs';
import { randomFrom } from '../drivers/random.mjs';
import { personAt, writePersons } from '../fixtures/persons.mjs';
import { createActors } from './actors.mjs';
import { createDisturber } from './disturber.mjs';
import { judge } from './judge.mjs';
import { createNetworks } from './network.mjs';

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    persistence: { type: 'string' },
  },
});
// More than a machine serves in a minute.
const PERSONS_PER_MINUTE = 400;
const SETTLED_MS = 300_000;

const { dataDir, processes, run } = openIsolatedRun('chaos');
await run(chaos);

async function chaos() {
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  Object.assign(process.env, {
    REQUESTS_PER_MINUTE_PER_SESSION: '10000',
    // A vendor that is silent is given up soon, so that much happens in a minute.
    ALIPAY_TIMEOUT_MS: '1500',
  });
  const persons = Array.from({ length: Math.ceil(minutes * PERSONS_PER_MINUTE) }, (_, at) => personAt(at));
  const personsFile = join(dataDir, 'persons.json');
  writePersons(personsFile, persons);
  const networks = createNetworks();
  const { urls, parts } = await startCluster({
    ...{ root, dataDir, processes, progress: createProgress(), samples: false, personsFile },
    engine: engineNamed(values.persistence),
    networkBefore: networks.before,
  });
  const random = randomFrom(seed);
  const actors = createActors({ urls, persons, random: randomFrom(seed + 1) });
  const disturber = createDisturber({ urls, parts, processes, networks, random });
  const end = Date.now() + minutes * 60_000;
  while (Date.now() < end) await disturber.disturb();
  await disturber.mend();
  process.stdout.write('\nEverything is mended; the last people go on.\n');
  const tally = await actors.finish();
  /** @type {Awaited<ReturnType<typeof judge>> | undefined} */
  let verdict;
  await until(
    async () => {
      verdict = await judge(urls);
      return verdict.defects.length === 0;
    },
    SETTLED_MS,
    2_000,
  );
  networks.close();
  const { counts, defects } = verdict ?? { counts: undefined, defects: ['nothing could be judged'] };
  const lines = [
    `seed ${seed}, ${minutes} minutes, ${disturber.count()} disturbances`,
    `people: ${JSON.stringify(tally)}`,
    `judged: ${JSON.stringify(counts)}`,
    ...defects.map((defect) => `✗ ${defect}`),
    `${defects.length} defects`,
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
  return defects.length === 0 && Number(counts?.signed) > 0 ? 0 : 1;
}
