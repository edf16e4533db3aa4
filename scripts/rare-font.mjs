import { existsSync } from 'node:fs';
import { hasApt, installPackages } from './machine.mjs';
import { UserError } from './user-error.mjs';

/** @import { Tools } from './processes.mjs' */

// Where Debian's package puts it.
const FILE = '/usr/share/fonts/truetype/hanazono/HanaMinB.ttf';

/**
 * The path of HanaMinB.ttf, with which documents show rare characters (Extension B and later).
 * @param {Tools} tools
 * @throws {UserError} if it is not here and can't be installed
 */
export async function provideRareFont({ processes, report }) {
  if (!existsSync(FILE) && hasApt()) {
    report('installing the font with apt');
    await installPackages({ processes, report }, ['fonts-hanazono']);
  }
  if (existsSync(FILE)) return FILE;
  throw new UserError(`There is no ${FILE} here, and no way to get it: install the package fonts-hanazono.`);
}
