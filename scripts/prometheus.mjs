import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, hasApt, toolsDir } from './machine.mjs';
import { UserError } from './user-error.mjs';

/** @import { Tools } from './processes.mjs' */

/**
 * Prometheus and promtool. Debian's package is unpacked into the folder of the tools: installed, it would start a service.
 * @param {Tools} tools
 * @returns {Promise<{ prometheus: string, promtool: string }>} their full paths
 * @throws {UserError} if they are not here and the package can't be had
 */
export async function providePrometheus(tools) {
  const [prometheus, promtool] = [findProgram('prometheus'), findProgram('promtool')];
  if (prometheus && promtool) return { prometheus, promtool };
  const folder = join(toolsDir, 'prometheus');
  if (!existsSync(folder)) await unpack(tools, folder);
  return { prometheus: join(folder, 'usr/bin/prometheus'), promtool: join(folder, 'usr/bin/promtool') };
}

/**
 * @param {Tools} tools
 * @param {string} folder
 */
async function unpack({ processes, report }, folder) {
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  /** @param {string[]} args */
  const apt = (...args) => processes.run({ name: 'apt', command: 'apt-get', args, cwd: draft });
  const download = () => apt('download', 'prometheus');
  try {
    report('fetching the package');
    await download().catch(async (error) => {
      if (!hasApt()) throw error;
      await apt('-q', 'update');
      await download();
    });
    const [archive = ''] = readdirSync(draft);
    await processes.run({ name: 'dpkg-deb', command: 'dpkg-deb', args: ['-x', archive, '.'], cwd: draft });
    rmSync(join(draft, archive));
    renameSync(draft, folder);
  } catch {
    rmSync(draft, { recursive: true, force: true });
    throw new UserError(
      'There is no Prometheus here, and no way to get it: install Prometheus with promtool, or Debian with apt.',
    );
  }
}
