import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, hasApt, installPackages, toolsDir } from './machine.mjs';
import { providePythonProgram } from './python.mjs';
import { UserError } from './user-error.mjs';

/** @import { Tools } from './processes.mjs' */

const requirements = join(import.meta.dirname, '../test/documents/requirements.txt');
const VERAPDF = '1.28.2';

const POM = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>verapdf</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.verapdf.apps</groupId>
      <artifactId>greenfield-apps</artifactId>
      <version>${VERAPDF}</version>
    </dependency>
  </dependencies>
</project>
`;

/**
 * Programs of others that read and verify PDFs: poppler's and NSS's are on PATH afterwards.
 * @param {Tools} tools
 * @returns the full path of `pyhanko`, and the command that runs veraPDF
 * @throws {UserError} if they are not here and can't be installed
 */
export async function providePdfVerifiers(tools) {
  await provideDebianPrograms(tools);
  const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(toolsDir, `pyhanko-${version}`);
  const packages = ['--requirement', requirements];
  const pyhanko = await providePythonProgram(tools, folder, 'pyhanko', packages);
  return { pyhanko, verapdf: await provideVeraPdf(tools) };
}

/** @param {Tools} tools */
async function provideDebianPrograms({ processes, report }) {
  /** @type {[program: string, debianPackage: string][]} */
  const programs = [
    ['pdfsig', 'poppler-utils'],
    ['certutil', 'libnss3-tools'],
    ['java', 'default-jre-headless'],
    ['mvn', 'maven'],
  ];
  const missing = programs.filter(([program]) => !findProgram(program)).map(([, name]) => name);
  if (missing.length === 0) return;
  const names = missing.join(', ');
  if (!hasApt()) throw new UserError(`The tests of documents need these programs; install ${names}.`);
  report(`installing ${names} with apt`);
  // Java's package links its manual pages there, and can't be installed where a slim image has removed the folder.
  mkdirSync('/usr/share/man/man1', { recursive: true });
  await installPackages({ processes, report }, missing);
}

/** @param {Tools} tools */
async function provideVeraPdf({ processes, report }) {
  const folder = join(toolsDir, `verapdf-${VERAPDF}`);
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    try {
      writeFileSync(join(draft, 'pom.xml'), POM);
      report('fetching veraPDF with Maven');
      await processes.run({
        name: 'maven',
        command: findProgram('mvn') ?? 'mvn',
        args: ['-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=jars'],
        cwd: draft,
      });
      renameSync(draft, folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  const java = findProgram('java') ?? 'java';
  return [java, '-cp', join(folder, 'jars/*'), 'org.verapdf.apps.GreenfieldCliWrapper'];
}
