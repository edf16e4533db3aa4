import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { API, DATABASE, OWNER, WORKER, statements, testStatements } from './database-users.mjs';
import { programOf, provideDebianTree } from './debian.mjs';
import { findProgram, hasApt, installPackages } from './machine.mjs';
import { greeting, until } from './ports.mjs';
import { UserError } from './user-error.mjs';

/** @import { Processes, Tools } from './processes.mjs' */

const IMAGE = 'mysql:8.4';
const READY_MS = 60_000;

const SERVER_OPTIONS = [
  '--skip-name-resolve',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_bin',
  '--sql-mode=STRICT_TRANS_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  '--default-time-zone=+00:00',
  '--max-connections=300',
  '--skip-log-bin',
  // MySQL's own second protocol, which MariaDB does not know.
  '--loose-mysqlx=OFF',
];

/**
 * The program of a database server: a local one, or Docker, which runs one.
 * @typedef {(
 *   | { kind: 'mysql' | 'docker', program: string }
 *   | { kind: 'mariadb', program: string, installer: string }
 * )} DatabaseServer
 */

/**
 * The owner's address, and where the services have users of their own, their addresses.
 * @typedef Database
 * @property {string} url
 * @property {string} [keysDatabase]
 * @property {{ api: string, worker: string }} [users]
 * @property {string} [apiUrl]
 * @property {string} [workerUrl]
 */

/** @typedef {Tools & { data: string, port: number, server: DatabaseServer, script: string, options: string[] }} ServerStart */

/**
 * The database server that this machine has or can get.
 * @param {Tools} tools
 * @returns {Promise<DatabaseServer>}
 * @throws {UserError} if it has none and can't get one
 */
export async function provideDatabaseServer({ processes, report }) {
  const found = await localServer(processes);
  if (found) return found;
  if (hasApt()) {
    report('installing MariaDB with apt');
    // Without the package mariadb-server, which would start a server of the whole machine.
    await installPackages({ processes, report }, ['mariadb-server-core', 'mariadb-client-core']);
    const installed = await localServer(processes);
    if (installed) return installed;
  }
  const docker = findProgram('docker');
  if (docker && (await canRun(processes, docker))) return { kind: 'docker', program: docker };
  throw new UserError(
    'There is no MySQL or MariaDB here, and no way to get one: set DATABASE_URL, or install MariaDB (10.6 or later) or MySQL (8.0 or later), or start Docker.',
  );
}

/**
 * MySQL itself, of this machine or of Debian.
 * @param {Tools} tools
 * @returns {Promise<DatabaseServer>}
 * @throws {UserError} if it can't be had
 */
export async function provideMysql({ processes, report }) {
  const found = await localServer(processes, ['mysql']);
  if (found) return found;
  const tree = await provideDebianTree({ processes, report }, 'mysql', ['mysql-server-core']);
  return { kind: 'mysql', program: programOf(tree, 'usr/sbin/mysqld', [`--basedir=${join(tree, 'usr')}`]) };
}

/** @typedef {Tools & { dataDir: string, port: number, server: DatabaseServer }} DatabaseStart */

/**
 * Starts the server with its data under `dataDir`, and creates the services' schemas and users.
 * @param {DatabaseStart & { host?: string, options?: string[], sql?: string }} start `host` is the name under which the services reach
 *   it, `options` are added to the server's own, `sql` to the statements of its start
 * @returns {Promise<Database>} the url is that of the owner, who can do nothing outside the schemas
 */
export async function startDatabase({ dataDir, host, options = [], sql = '', ...start }) {
  const passwordOf = databasePasswords(dataDir);
  await startServer({ dataDir, ...start, sql: statements(passwordOf) + sql, options });
  const urlOf = (/** @type {string} */ user) => urlAt(start.port, user, passwordOf(user), DATABASE, host);
  return {
    url: urlOf(OWNER),
    keysDatabase: `${DATABASE}_keys`,
    users: { api: API, worker: WORKER },
    apiUrl: urlOf(API),
    workerUrl: urlOf(WORKER),
  };
}

/** Each user of the database has a password of its own, made once. @param {string} dataDir */
export function databasePasswords(dataDir) {
  return (/** @type {string} */ user) => secret(dataDir, `${user}-password`);
}

/**
 * The same for tests, whose users make their own schemas `test_…`. A commit does not survive a crash of the machine unless
 * `durable`: that is slower.
 * @param {DatabaseStart & { durable?: boolean, options?: string[] }} start `options` are added to the server's own
 */
export async function startTestDatabase({ dataDir, durable = false, options = [], ...start }) {
  const password = secret(dataDir, 'database-password');
  const adminPassword = secret(dataDir, 'database-admin-password');
  const volatile = durable ? [] : ['--innodb-flush-log-at-trx-commit=2'];
  const sql = testStatements(password, adminPassword);
  await startServer({ dataDir, ...start, sql, options: [...volatile, ...options] });
  return {
    url: urlAt(start.port, 'owner', password, ''),
    adminUrl: urlAt(start.port, 'admin', adminPassword, ''),
  };
}

/** @param {DatabaseStart & { sql: string, options: string[] }} start */
async function startServer({ processes, report, dataDir, port, server, sql, options: more }) {
  const script = join(secretsIn(dataDir), 'database-init.sql');
  writeFileSync(script, sql, { mode: 0o600 });
  const data = join(dataDir, 'mysql');
  const options = [...SERVER_OPTIONS, ...more];
  const begin = server.kind === 'docker' ? startInDocker : startLocally;
  await begin({ processes, report, data, port, server, script, options });

  // The server greets only after it has carried out the init file; protocol 10 is that of every MySQL and MariaDB.
  const ready = async () => (await greeting('127.0.0.1', port, 2_000))[4] === 10;
  if (!(await until(ready, READY_MS)))
    throw new UserError(`The database did not answer within ${READY_MS / 1000} s.`);
}

/**
 * @param {number} port
 * @param {string} user
 * @param {string} password
 * @param {string} schema
 */
function urlAt(port, user, password, schema, host = '127.0.0.1') {
  return `mysql://${user}:${password}@${host}:${port}/${schema}`;
}

/** @param {ServerStart} start */
async function startLocally({ processes, report, data, port, server, script, options }) {
  const { username } = userInfo();
  if (!existsSync(data)) {
    report('creating the data directory');
    await initialise({ processes, data, server, username });
  }
  // Unix sockets have short paths only, so this can't be in the data directory.
  const socketDir = mkdtempSync(join(tmpdir(), 'rid-'));
  chmodSync(socketDir, 0o700);
  const process_ = await processes.start({
    name: 'database',
    rank: 0,
    command: server.program,
    args: [
      '--no-defaults',
      // The user that starts it owns the data. A user of its own could not enter a clone in a private home directory; and the
      // server listens on the loopback only, with users that have no rights to files.
      `--user=${username}`,
      `--datadir=${data}`,
      `--socket=${join(socketDir, 's')}`,
      `--tmpdir=${temporary(data)}`,
      `--pid-file=${join(data, 'server.pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--init-file=${script}`,
      ...options,
    ],
  });
  void process_.ended.then(() => rmSync(socketDir, { recursive: true, force: true }));
}

/**
 * In a directory of its own first: an interrupted initialisation must not look like a finished one.
 * @param {{ processes: Processes, data: string, server: DatabaseServer, username: string }} options
 */
async function initialise({ processes, data, server, username }) {
  const draft = `${data}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const tables = `--tmpdir=${temporary(data)}`;
  const common = ['--no-defaults', `--user=${username}`, `--datadir=${draft}`, tables];
  await (server.kind === 'mariadb'
    ? processes.run({
        name: 'database-setup',
        command: server.installer,
        args: [...common, '--skip-test-db', '--auth-root-authentication-method=socket'],
      })
    : processes.run({
        name: 'database-setup',
        command: server.program,
        args: [...common, '--initialize-insecure'],
      }));
  renameSync(draft, data);
}

/**
 * Each server has its own folder for temporary tables: at its start it deletes all that are there.
 * @param {string} data
 */
function temporary(data) {
  const folder = `${data}.tmp`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** @param {ServerStart} start */
async function startInDocker({ processes, report, data, port, server, script, options }) {
  report(`starting the image ${IMAGE}`);
  mkdirSync(data, { recursive: true });
  // Read by the server's own user inside the container; the folder around it stays closed.
  chmodSync(script, 0o644);
  await processes.start({
    name: 'database',
    rank: 0,
    command: server.program,
    args: [
      ...['run', '--rm', '--name', `registration-identity-database-${port}`],
      ...['--publish', `127.0.0.1:${port}:3306`],
      ...['--volume', `${data}:/var/lib/mysql`, '--volume', `${script}:/init.sql:ro`],
      ...['--env', 'MYSQL_RANDOM_ROOT_PASSWORD=yes', IMAGE],
      ...['--init-file=/init.sql', ...options],
    ],
  });
}

/** @param {string} dataDir */
function secretsIn(dataDir) {
  const folder = join(dataDir, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/**
 * @param {string} dataDir
 * @param {string} name
 */
function secret(dataDir, name) {
  const file = join(secretsIn(dataDir), name);
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/**
 * The first server of this machine that is new enough. Debian's mysqld is MariaDB, so the version tells, not the program's name.
 * @param {Processes} processes
 * @returns {Promise<DatabaseServer | undefined>}
 */
async function localServer(processes, kinds = ['mysql', 'mariadb']) {
  for (const name of ['mysqld', 'mariadbd']) {
    const program = findProgram(name);
    const server = program && (await serverOf(processes, program));
    if (server && kinds.includes(server.kind)) return server;
  }
  return undefined;
}

/**
 * @param {Processes} processes
 * @param {string} program
 * @returns {Promise<DatabaseServer | undefined>}
 */
async function serverOf(processes, program) {
  const version = await processes.run({
    name: 'database-setup',
    command: program,
    args: ['--no-defaults', '--version'],
  });
  const [, major, minor] = /Ver (\d+)\.(\d+)/.exec(version) ?? [];
  const number = Number(major) * 100 + Number(minor);
  if (!version.includes('MariaDB')) return number >= 800 ? { kind: 'mysql', program } : undefined;
  const installer = findProgram('mariadb-install-db', 'mysql_install_db');
  return number >= 1006 && installer ? { kind: 'mariadb', program, installer } : undefined;
}

/**
 * @param {Processes} processes
 * @param {string} docker
 */
async function canRun(processes, docker) {
  return await processes.run({ name: 'docker', command: docker, args: ['info'], withinMs: 10_000 }).then(
    () => true,
    () => false,
  );
}
