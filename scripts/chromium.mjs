import { findProgram, hasApt, installPackages } from './machine.mjs';
import { UserError } from './user-error.mjs';

/** @import { Tools } from './processes.mjs' */

/**
 * The browser in which tests open pages.
 * @param {Tools} tools
 * @throws {UserError} if there is none and no way to get one
 */
export async function provideChromium({ processes, report }) {
  const found = findChromium();
  if (found) return found;
  if (hasApt()) {
    report('installing Chromium with apt');
    await installPackages({ processes, report }, ['chromium', 'fonts-noto-cjk']);
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new UserError('There is no Chromium here, and no way to get one: install Chromium or Chrome.');
}

function findChromium() {
  return findProgram('chromium', 'chromium-browser', 'google-chrome');
}
