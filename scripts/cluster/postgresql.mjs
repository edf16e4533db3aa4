import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { TEMPORAL, TEMPORAL_OWNER, TEMPORAL_SCHEMAS } from '../database-users.mjs';
import { provideDebianTree } from '../debian.mjs';
import { findProgram } from '../machine.mjs';
import { until } from '../ports.mjs';
import { UserError } from '../user-error.mjs';

/**
 * @import { Certificates } from './certificates.mjs'
 * @import { Processes, Tools } from '../processes.mjs'
 */

/** The folder of its programs, and where the libraries are that this machine lacks. @typedef {{ bin: string, libraries?: string }} Postgresql */

const READY_MS = 60_000;
/** Of postmaster.pid: the server writes there whether it serves. */
const STATUS_LINE = 7;

/** PostgreSQL, of this machine or of its Debian. @param {Tools} tools @returns {Promise<Postgresql>} */
export async function providePostgresql(tools) {
  const own = newestIn('/usr/lib/postgresql');
  if (own) return { bin: own };
  const tree = await provideDebianTree(tools, 'postgresql', ['postgresql'], { own: true });
  const bin = newestIn(join(tree, 'usr/lib/postgresql'));
  if (!bin) throw new UserError(`${tree} is not whole: delete it and start again.`);
  const folders = readdirSync(join(tree, 'usr/lib')).filter((name) => name.endsWith('-linux-gnu'));
  return { bin, libraries: folders.map((name) => join(tree, 'usr/lib', name)).join(':') };
}

/**
 * Starts a server with Temporal's two databases, which speaks nothing but TLS. The user of Temporal's processes can change no tables.
 * @param {object} options
 * @param {Processes} options.processes
 * @param {Postgresql} options.server
 * @param {string} options.dataDir
 * @param {number} options.port
 * @param {Certificates} options.certificates
 * @param {(user: string) => string} options.passwordOf
 */
export async function startPostgresql({ processes, server, dataDir, port, certificates, passwordOf }) {
  const data = join(dataDir, 'postgresql');
  /** @param {string} program @param {string[]} args */
  const command = (program, args) => ({
    ...asNobodySpecial(join(server.bin, program), args),
    env: { ...process.env, ...(server.libraries && { LD_LIBRARY_PATH: server.libraries }) },
  });
  if (!existsSync(data)) {
    const draft = `${data}.new`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    const init = ['-D', draft, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--auth=reject'];
    await processes.run({ name: 'postgresql-setup', ...command('initdb', init) });
    for (const [database, sql] of statements(passwordOf)) {
      const single = command('postgres', ['--single', '-j', '-D', draft, database]);
      await processes.run({ name: 'postgresql-setup', ...single, input: sql });
    }
    renameSync(draft, data);
  }
  const rules = join(dataDir, 'postgresql-hba.conf');
  writeFileSync(rules, 'hostssl all all 127.0.0.1/32 scram-sha-256\n', { mode: 0o600 });
  const { certificate, key } = certificates.of('postgresql');
  chmodSync(key, 0o600);
  const settings = {
    ...{ listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', hba_file: rules },
    ...{ ssl: 'on', ssl_cert_file: certificate, ssl_key_file: key, max_connections: '300' },
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // One that was killed has left it.
  rmSync(join(data, 'postmaster.pid'), { force: true });
  await processes.start({
    name: 'postgresql',
    rank: 0,
    ...command('postgres', ['-D', data, ...options]),
  });
  const isReady = async () =>
    readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[STATUS_LINE]?.trim() === 'ready';
  if (!(await until(isReady, READY_MS))) {
    throw new UserError(`PostgreSQL was not ready within ${READY_MS / 1000} s.`);
  }
}

/** The statements that run once, by database. @param {(user: string) => string} passwordOf @returns {[database: string, sql: string][]} */
function statements(passwordOf) {
  /** @param {string[]} list */
  const text = (list) => list.map((statement) => `${statement};\n\n`).join('');
  const rights = [
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${TEMPORAL_OWNER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${TEMPORAL}`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${TEMPORAL_OWNER} GRANT USAGE ON SEQUENCES TO ${TEMPORAL}`,
  ];
  return [
    [
      'postgres',
      text([
        ...[TEMPORAL_OWNER, TEMPORAL].map(
          (name) => `CREATE ROLE ${name} LOGIN PASSWORD '${passwordOf(name)}'`,
        ),
        ...TEMPORAL_SCHEMAS.map((name) => `CREATE DATABASE ${name} OWNER ${TEMPORAL_OWNER}`),
      ]),
    ],
    ...TEMPORAL_SCHEMAS.map((name) => /** @type {[string, string]} */ ([name, text(rights)])),
  ];
}

/**
 * PostgreSQL refuses to run as root: then it runs in a namespace in which root is another user.
 * @param {string} program
 * @param {string[]} args
 */
function asNobodySpecial(program, args) {
  if (process.getuid?.() !== 0) return { command: program, args };
  const unshare = findProgram('unshare');
  if (!unshare) throw new UserError('Start this as a user other than root, or install util-linux.');
  return { command: unshare, args: ['--user', '--map-user=1000', program, ...args] };
}

/** @param {string} folder */
function newestIn(folder) {
  if (!existsSync(folder)) return undefined;
  const versions = readdirSync(folder).sort((one, other) => Number(other) - Number(one));
  return versions
    .map((version) => join(folder, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}
