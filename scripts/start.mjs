// `npm start`: everything this system needs, on this machine, until Ctrl-C. See docs/operations.md.
// package.json says `exec node`: npm passes SIGTERM on to the shell between us, which would keep it to itself.
import './node-version.mjs';
import { buildConsole } from './console.mjs';
import { readArguments, runInForeground } from './foreground.mjs';
import { buildMiniapp } from './miniapp.mjs';
import { userMessageOf } from './user-error.mjs';
import { startStack } from './stack.mjs';
import { haveSomebodyWait } from './waiting-person.mjs';

/** @import { StackOptions } from './stack.mjs' */

try {
  process.exitCode = await runInForeground(readArguments('npm start'), start);
} catch (error) {
  process.stderr.write(`\n${userMessageOf(error)}\n`);
  process.exitCode = 1;
}
process.exit();

/** @param {StackOptions & { waits: boolean }} options */
async function start({ root, processes, progress, waits, ...rest }) {
  await progress.during('mini-program', (report) => buildMiniapp({ processes, report }, root, ['h5']));
  await progress.during('clerk console', (report) => buildConsole({ processes, report }, root));
  const { urls } = await startStack({ root, processes, progress, ...rest });
  if (!rest.samples || !waits) return urls;
  // Whatever somebody has tried before with this person: the product runs without.
  await progress
    .during('a person who waits for clerks', () => haveSomebodyWait(root, urls))
    .catch(() => progress.say('  ! nobody could be brought to wait in the clerk console'));
  return urls;
}
