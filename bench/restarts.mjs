import { createPhone } from '../test/drivers/phone.mjs';
import { quantile, row } from './results.mjs';
import { memoryOf } from './process-usage.mjs';

/** @import { BenchStack } from './bench.mjs' */

/**
 * The waiting time of the next commands after one of two workers was killed.
 * @param {BenchStack & { times: number }} bench
 */
export async function measureKill({ urls, parts, processes, takePersons, times }) {
  /** @type {number[]} */
  const waits = [];
  await parts.worker('worker-2');
  for (let time = 0; time < times; time += 1) {
    const name = time % 2 === 0 ? 'worker' : 'worker-2';
    // With several journeys, the killed worker has some of them in its cache.
    const phones = takePersons(4).map((person) => createPhone({ urls, person }));
    for (const phone of phones) {
      await phone.signIn();
      await phone.enter();
    }
    await processes.take(name, 'SIGKILL');
    const begun = performance.now();
    await Promise.all(phones.map((phone) => phone.decline('closed')));
    waits.push((performance.now() - begun) / 1000);
    await parts.worker(name);
  }
  await processes.take('worker-2', 'SIGTERM');
  return [
    row('slowest command after kill -9 of one of two workers', Math.max(...waits), {
      unit: 's',
      bar: 3,
      note: `${times} kills with four commands each`,
    }),
  ];
}

/**
 * The worker's memory for an open journey, cached and evicted.
 * @param {BenchStack & { journeys: number }} bench
 */
export async function measureMemory({ urls, parts, processes, takePersons, journeys }) {
  const memory = () => memoryOf(processes.pidOf('worker') ?? 0);
  const restarted = async () => {
    if (processes.pidOf('worker')) await processes.take('worker', 'SIGTERM');
    await parts.worker();
    return memory();
  };
  /** @param {number} count */
  const open = async (count) => {
    for (const person of takePersons(count)) {
      const phone = createPhone({ urls, person });
      await phone.signIn();
      await phone.enter();
    }
  };
  await restarted();
  // Every worker loads shared data with its first journeys, and this memory belongs to no single journey.
  await open(Math.ceil(journeys / 4));
  const before = memory();
  await open(journeys);
  const cached = (memory() - before) / journeys;
  const withOpen = await restarted();
  const again = await restarted();
  return [
    row('worker memory for an open journey, cached', cached, { unit: 'KB', note: `${journeys} journeys` }),
    row('worker memory for an open journey, evicted', Math.max(0, withOpen - again) / journeys, {
      unit: 'KB',
      note: 'a new worker with the same journeys open',
    }),
  ];
}

/**
 * The time from the start of a process until it is ready.
 * @param {Pick<BenchStack, 'parts' | 'processes'> & { times: number }} bench
 */
export async function measureStarts({ parts, processes, times }) {
  /** @param {'api' | 'worker'} name */
  const timesOf = async (name) => {
    /** @type {number[]} */
    const values = [];
    for (let time = 0; time < times; time += 1) {
      await processes.take(name, 'SIGTERM');
      const begun = performance.now();
      await parts[name]();
      values.push((performance.now() - begun) / 1000);
    }
    return quantile(values);
  };
  return [
    row('start of the api', await timesOf('api'), { unit: 's', bar: 2 }),
    row('start of the worker', await timesOf('worker'), { unit: 's', bar: 4 }),
  ];
}
