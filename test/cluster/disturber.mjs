/**
 * @import { ClusterParts } from '../../scripts/cluster/start.mjs'
 * @import { Processes } from '../../scripts/processes.mjs'
 * @import { Urls } from '../../scripts/stack.mjs'
 * @import { createNetworks } from './network.mjs'
 */

/** @typedef {keyof ClusterParts} PartName */

const SERVICES = /** @type {const} */ (['api-1', 'api-2', 'worker-1', 'worker-2', 'database']);
const HOSTS = /** @type {const} */ (['history-1', 'history-2', 'matching-1', 'matching-2', 'frontend']);
/** Those whose death nobody may notice for long. @type {PartName[]} */
const MORTAL = [...SERVICES, ...HOSTS];

const VENDOR_MODES = ['down', 'slow', '500', 'garbage', 'unsigned', 'lost-reply', 'duplicate'];
const CALLBACK_MODES = ['down', '500', 'lost-reply', 'no-ack'];

/**
 * Does one bad thing after the other, at random, and mends each before the next.
 * @param {object} options
 * @param {Pick<Urls, 'alipaySandbox' | 'registrySandbox'>} options.urls
 * @param {ClusterParts} options.parts
 * @param {Processes} options.processes
 * @param {ReturnType<typeof createNetworks>} options.networks
 * @param {() => number} options.random
 */
export function createDisturber({ urls, parts, processes, networks, random }) {
  let done = 0;
  const began = Date.now();
  /**
   * @template T
   * @param {readonly T[]} list
   */
  const pick = (list) => /** @type {T} */ (list[Math.floor(random() * list.length)]);
  /** @param {number} seconds */
  const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  /** @param {string} text */
  const say = (text) => {
    const at = ((Date.now() - began) / 1000).toFixed(0).padStart(5);
    process.stdout.write(`${at} s  ${text}\n`);
  };

  /** @param {PartName} name */
  async function kill(name) {
    say(`kill ${name}`);
    await processes.take(name, 'SIGKILL');
    await pause(random() * 3);
    await parts[name]?.();
  }

  const deeds = [
    () => kill(pick(MORTAL)),
    async () => {
      const [one, other] = [pick(MORTAL), pick(MORTAL)];
      await Promise.all([...new Set([one, other])].map(kill));
    },
    async () => {
      const name = pick(MORTAL);
      const seconds = 1 + random() * 8;
      say(`freeze ${name} for ${seconds.toFixed(1)} s`);
      const pid = processes.pidOf(name);
      if (pid === undefined) return;
      process.kill(-pid, 'SIGSTOP');
      await pause(seconds);
      process.kill(-pid, 'SIGCONT');
    },
    async () => {
      const name = pick(networks.names());
      const weather = pick(/** @type {const} */ (['cut', 'silent', 'slow']));
      const seconds = 1 + random() * 8;
      say(`network of ${name} ${weather} for ${seconds.toFixed(1)} s`);
      networks.set(name, weather);
      await pause(seconds);
      networks.set(name, 'up');
    },
    async () => {
      const mode = pick(VENDOR_MODES);
      const seconds = 1 + random() * 10;
      say(`Alipay ${mode} for ${seconds.toFixed(1)} s`);
      await setMode(urls.alipaySandbox, mode);
      await pause(seconds);
      await setMode(urls.alipaySandbox, 'up');
    },
    async () => {
      const mode = pick(CALLBACK_MODES);
      const seconds = 1 + random() * 10;
      say(`registration system ${mode} for ${seconds.toFixed(1)} s`);
      await setMode(urls.registrySandbox, mode);
      await pause(seconds);
      await setMode(urls.registrySandbox, 'up');
    },
  ];

  return {
    count: () => done,

    /** One bad thing, and a while in which the people go on. */
    async disturb() {
      await pick(deeds)();
      done += 1;
      await pause(1 + random() * 5);
    },

    /** Nothing is left that is bad. */
    async mend() {
      for (const name of networks.names()) networks.set(name, 'up');
      for (const sandbox of [urls.alipaySandbox, urls.registrySandbox]) await setMode(sandbox, 'up');
    },
  };
}

/**
 * @param {string} sandbox
 * @param {string} mode
 */
async function setMode(sandbox, mode) {
  const response = await fetch(`${sandbox}/admin/mode`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode, ...(mode === 'slow' && { delayMs: 3_000 }) }),
  });
  if (!response.ok) throw new Error(`The sandbox does not know the mode ${mode}.`);
}
