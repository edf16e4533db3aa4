import { once } from 'node:events';
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findProgram, hasApt, installPackages, isExecutable, toolsDir } from './machine.mjs';
import { greeting, until } from './ports.mjs';
import { downloadProgram } from './programs.mjs';
import { UserError } from './user-error.mjs';

/** @import { AddressInfo } from 'node:net' */
/** @import { Processes, Tools } from './processes.mjs' */

const VERSION = '1.32.0';
const READY_MS = 60_000;

// It starts often and runs for seconds, so the start should be quick. Paths are relative, because the archive of classes is
// valid only for the paths that it was made with, and the folder gets its name when it is complete.
const ARCHIVE = 'classes.jsa';
const JAVA_OPTIONS = ['-XX:+IgnoreUnrecognizedVMOptions', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
const SERVER = ['-cp', 'jars/*', 'io.temporal.testserver.TestServer'];

const POM = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>time-skipping-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

/**
 * The path of Temporal's test server, which skips time in which nothing happens.
 * @param {Tools} tools
 * @throws {UserError} if there is none and no way to get one
 */
export async function provideTimeSkippingServer({ processes, report }) {
  const folder = join(toolsDir, `time-skipping-server-${VERSION}`);
  const program = join(folder, 'temporal-test-server');
  if (isExecutable(program)) return program;
  const download = await downloadProgram({ report }, 'temporal-test-server', `v${VERSION}`, program).then(
    () => undefined,
    (error) => error,
  );
  if (download) await buildFromJars({ processes, report, folder });
  return program;
}

/** @param {Tools & { folder: string }} options */
async function buildFromJars({ processes, report, folder }) {
  if (!(findProgram('java') && findProgram('mvn')) && hasApt()) {
    // Java's package links its manual pages there, and can't be installed where a slim image has removed the folder.
    mkdirSync('/usr/share/man/man1', { recursive: true });
    await installPackages({ processes, report }, ['default-jre-headless', 'maven']);
  }
  const [java, maven] = [findProgram('java'), findProgram('mvn')];
  if (!java || !maven) {
    throw new UserError(
      "Temporal's test server is not here and temporal.download can't be reached: install Java (11 or later) and Maven, with which it can be put together.",
    );
  }
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    writeFileSync(join(draft, 'pom.xml'), POM);
    report('fetching its jars with Maven');
    await processes.run({
      name: 'maven',
      command: maven,
      args: ['-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=jars'],
      cwd: draft,
      onLine: (line) => {
        if (line.includes('Downloaded')) report(`maven: ${line.slice(0, 80)}`);
      },
    });
    report('archiving its classes');
    await archiveClasses({ processes, java, folder: draft });
    const options = [...JAVA_OPTIONS, `-XX:SharedArchiveFile=${ARCHIVE}`, ...SERVER];
    const quoted = [java, ...options].map((word) => `'${word}'`).join(' ');
    writeFileSync(
      join(draft, 'temporal-test-server'),
      `#!/bin/sh\ncd "$(dirname "$0")" && exec ${quoted} "$@"\n`,
    );
    chmodSync(join(draft, 'temporal-test-server'), 0o755);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Runs the server once. With the archive of its classes it starts in a fifth of the time: Temporal's test library waits 5 s for it.
 * @param {{ processes: Processes, java: string, folder: string }} options
 */
async function archiveClasses({ processes, java, folder }) {
  const name = 'time-skipping-server-archive';
  const port = await freePort();
  await processes.start({
    ...{ name, rank: 9, cwd: folder, command: java },
    args: [...JAVA_OPTIONS, `-XX:ArchiveClassesAtExit=${ARCHIVE}`, ...SERVER, String(port)],
  });
  await until(() => greeting('127.0.0.1', port, 2_000), READY_MS);
  await processes.take(name, 'SIGTERM');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  server.close();
  return port;
}
