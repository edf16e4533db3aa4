import { until } from '../../scripts/ports.mjs';
import { pushMatters } from '../drivers/matter.mjs';
import { createTally, walk } from './journeys.mjs';

/** @import { Field, PartName, Row } from './kills.mjs' */
/** @import { Tally } from './journeys.mjs' */

/** So many phones are under way at any time. */
const PHONES = 12;
/** So many persons are enough for a restart of everything. */
export const PERSONS = 300;
/** So many taps show that a process works again. */
const TAPS_AFTER = 2 * PHONES;
const TAPS_MS = 60_000;

const SERVICES = /** @type {const} */ (['api-1', 'api-2', 'worker-1', 'worker-2']);
const HOSTS = /** @type {const} */ (['history-1', 'history-2', 'matching-1', 'matching-2', 'frontend']);
/** @type {PartName[]} */
const ORDER = [...SERVICES, ...HOSTS, 'system-worker'];

/**
 * Tells one process after the other to end, and starts it again, while phones go on. Nobody may notice more than a wait.
 * @param {Field & { add: (row: Row) => void }} field `add` is told of each process
 */
export async function restartUnderLoad({ urls, parts, processes, takePersons, add }) {
  const persons = takePersons(PERSONS);
  await pushMatters(urls.registrySandbox, persons, 'rolling');
  const tally = createTally();
  let isOver = false;
  const phones = Array.from({ length: PHONES }, async () => {
    for (let person = persons.shift(); person && !isOver; person = persons.shift()) {
      await walk({ person, urls, tally });
    }
  });
  const tapsAfter = async (/** @type {number} */ taps) => {
    const isThere = async () => tally.taps >= taps + TAPS_AFTER;
    if (!(await until(isThere, TAPS_MS))) tally.failed.push('nobody gets on');
  };
  await tapsAfter(0);
  for (const name of ORDER) {
    const before = structuredClone({ ...tally, onAnswer: undefined });
    const { code } = await processes.take(name, 'SIGTERM');
    await parts[name]?.();
    await tapsAfter(tally.taps);
    const row = rowOf(`restart ${name}`, tally, before);
    add(code === 0 ? row : { ...row, defects: [...row.defects, `${name} ended with ${code}`] });
  }
  isOver = true;
  const hasPersons = persons.length > 0;
  const before = structuredClone({ ...tally, onAnswer: undefined });
  await Promise.all(phones);
  const last = rowOf('after the restarts', tally, before);
  add(hasPersons ? last : { ...last, defects: ['the phones ended too early'] });
}

/**
 * @param {string} name
 * @param {Tally} after
 * @param {Omit<Tally, 'onAnswer'>} before
 * @returns {Row}
 */
function rowOf(name, after, before) {
  const taps = after.taps - before.taps;
  const lost = after.lost - before.lost;
  return {
    name,
    found: `${taps} taps, ${after.waits - before.waits} waits, ${lost} lost`,
    defects: [
      ...after.failed.slice(before.failed.length),
      ...after.unreadable.slice(before.unreadable.length).map((answer) => `unreadable: ${answer}`),
      ...(lost > 0 ? [`${lost} connections lost`] : []),
    ],
  };
}
