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
import { findProgram, hasApt, installPackages } from './machine.mjs';
import { greeting, until } from './ports.mjs';
import { UserError } from './user-error.mjs';

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

/** The database server this machine has or can get. @throws UserError if it has none and can't */
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
 * Starts the server with its data under `dataDir`, and creates schemas and users.
 * @param forTests users who make their own schemas `test_…`, instead of the services' schemas and user
 * @param durable whether what is committed survives a crash of the machine; tests are faster without
 * @param options of the server, after its own
 * @returns `{ url, keysDatabase, users, apiUrl, workerUrl }`, the url being that of the owner, who can do nothing outside the
 *   schemas; for tests `{ url, adminUrl }`
 */
export async function startDatabase({
  processes,
  report,
  dataDir,
  port,
  server,
  forTests = false,
  durable = true,
  options: more = [],
}) {
  const secrets = join(dataDir, 'secrets');
  mkdirSync(secrets, { recursive: true, mode: 0o700 });
  const password = secret(join(secrets, 'database-password'));
  const adminPassword = forTests ? secret(join(secrets, 'database-admin-password')) : undefined;
  const script = join(secrets, 'database-init.sql');
  writeFileSync(script, forTests ? testStatements(password, adminPassword) : statements(password), {
    mode: 0o600,
  });

  const data = join(dataDir, 'mysql');
  const options = [...SERVER_OPTIONS, ...(durable ? [] : ['--innodb-flush-log-at-trx-commit=2']), ...more];
  const begin = server.kind === 'docker' ? startInDocker : startLocally;
  await begin({ processes, report, data, port, server, script, options });

  // The server greets only after it has carried out the init file; protocol 10 is that of every MySQL and MariaDB.
  const ready = async () => (await greeting('127.0.0.1', port, 2_000))[4] === 10;
  if (!(await until(ready, READY_MS)))
    throw new UserError(`The database did not answer within ${READY_MS / 1000} s.`);
  const urlOf = (user, word, name) => `mysql://${user}:${word}@127.0.0.1:${port}/${name}`;
  return forTests
    ? { url: urlOf('owner', password, ''), adminUrl: urlOf('admin', adminPassword, '') }
    : {
        url: urlOf(OWNER, password, DATABASE),
        keysDatabase: `${DATABASE}_keys`,
        users: { api: API, worker: WORKER },
        apiUrl: urlOf(API, password, DATABASE),
        workerUrl: urlOf(WORKER, password, DATABASE),
      };
}

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
      // Who starts it owns the data, as with everything else here. A user of its own could not enter a clone in a
      // private home directory; and the server listens on the loopback only, with one user who can't touch files.
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

// In a directory of its own first: an interrupted initialisation must not look like a finished one.
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

// A server that starts deletes every temporary table in its folder for them, also those that another one is using.
function temporary(data) {
  const folder = `${data}.tmp`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

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

function secret(file) {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

// Debian's mysqld is MariaDB, so the program's name says nothing.
async function localServer(processes) {
  const program = findProgram('mariadbd', 'mysqld');
  if (!program) return undefined;
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

async function canRun(processes, docker) {
  return await processes.run({ name: 'docker', command: docker, args: ['info'], withinMs: 10_000 }).then(
    () => true,
    () => false,
  );
}
