import { pushMatters } from '../drivers/matter.mjs';
import { createTally, walk } from './journeys.mjs';

/**
 * @import { Engine } from '../../scripts/cluster/persistence.mjs'
 * @import { ClusterParts } from '../../scripts/cluster/start.mjs'
 * @import { Processes } from '../../scripts/processes.mjs'
 * @import { Urls } from '../../scripts/stack.mjs'
 * @import { Person } from '../fixtures/persons.mjs'
 */

/** @typedef {keyof ClusterParts} PartName */
/** @typedef {{ urls: Urls, parts: ClusterParts, processes: Processes, takePersons: (count: number) => Person[] }} Field */
/** @typedef {{ name: string, found: string, defects: string[] }} Row */

const SLOWEST_S = 15;
/** After so many taps of each, everybody is somewhere between entry and signature. */
const TAPS_BEFORE = 4;

/**
 * The processes that are killed, one after the other or together.
 * @param {Engine} engine
 * @returns {PartName[][]}
 */
export const killsFor = (engine) => [
  ['history-1'],
  ['history-2'],
  ['matching-1'],
  ['matching-2'],
  ['frontend'],
  ['database'],
  ...(engine === 'postgresql' ? [/** @type {PartName[]} */ (['postgresql'])] : []),
  ['api-1'],
  ['worker-1'],
  ['api-1', 'worker-1'],
];

/**
 * Kills processes while journeys are under way, and starts them again.
 * @param {Field & { names: PartName[], inFlight: number }} field
 * @returns {Promise<Row>}
 */
export async function killUnderLoad({ urls, parts, processes, takePersons, names, inFlight }) {
  const persons = takePersons(inFlight);
  const title = `kill ${names.join(' + ')}`;
  await pushMatters(urls.registrySandbox, persons, `kill-${names.join('-')}`);
  const tally = createTally();
  let taps = 0;
  /** @type {Promise<unknown> | undefined} */
  let killing;
  const onTap = () => {
    taps += 1;
    if (taps === inFlight * TAPS_BEFORE) killing = Promise.all(names.map(killAndStart));
  };
  await Promise.all(persons.map((person) => walk({ person, urls, tally, onTap })));
  await killing;
  const { complete, slowestMs, waits, lost, unreadable, failed } = tally;
  const slowest = slowestMs / 1000;
  return {
    name: title,
    found: `${complete} of ${inFlight}, slowest tap ${slowest.toFixed(1)} s, ${waits} waits, ${lost} lost`,
    defects: [
      ...failed,
      ...unreadable.map((answer) => `unreadable: ${answer}`),
      ...(slowest > SLOWEST_S ? [`the slowest tap took more than ${SLOWEST_S} s`] : []),
      ...(killing ? [] : ['nothing was killed']),
    ],
  };

  /** @param {PartName} name */
  async function killAndStart(name) {
    await processes.take(name, 'SIGKILL');
    await parts[name]?.();
  }
}
