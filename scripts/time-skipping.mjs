import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, hasApt, installPackages, isExecutable, toolsDir } from './machine.mjs';
import { downloadProgram } from './programs.mjs';
import { UserError } from './user-error.mjs';

const VERSION = '1.32.0';

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

/** The path of Temporal's test server, in which time passes as fast as nothing happens. @throws Refusal */
export async function provideTimeSkippingServer({ processes, report }) {
  const folder = join(toolsDir, `temporal-test-server-${VERSION}`);
  const program = join(folder, 'temporal-test-server');
  if (isExecutable(program)) return program;
  const download = await downloadProgram({ report }, 'temporal-test-server', `v${VERSION}`, program).then(
    () => undefined,
    (error) => error,
  );
  if (download) await buildFromJars({ processes, report, folder });
  return program;
}

async function buildFromJars({ processes, report, folder }) {
  if (!(findProgram('java') && findProgram('mvn')) && hasApt()) {
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
      onLine: (line) => line.includes('Downloaded') && report(`maven: ${line.slice(0, 80)}`),
    });
    writeFileSync(
      join(draft, 'temporal-test-server'),
      `#!/bin/sh\nexec '${java}' -cp "$(dirname "$0")/jars/*" io.temporal.testserver.TestServer "$@"\n`,
    );
    chmodSync(join(draft, 'temporal-test-server'), 0o755);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
