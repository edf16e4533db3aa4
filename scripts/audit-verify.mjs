// `npm run audit:verify`: verifies the transparency log and all that it commits to; it writes nothing.
//   --checkpoint FILE  a checkpoint that was kept elsewhere, which the log must continue
//   --data FOLDER      where `npm start` keeps its data, `.data` unless given; variables of the environment come first
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provideKeys } from './embedded-keys.mjs';
import { logVariables } from './services.mjs';
import { UserError, userMessageOf } from './user-error.mjs';

/** @import { Urls } from './stack.mjs' */

const root = join(import.meta.dirname, '..');
const program = join(root, 'dist/db/audit-verify.js');

try {
  process.exitCode = await verify();
} catch (error) {
  process.stderr.write(`${userMessageOf(error)}\n`);
  process.exitCode = 2;
}

/** @returns {Promise<number>} the program's exit code */
async function verify() {
  const { values } = parseArgs({
    options: {
      checkpoint: { type: 'string' },
      data: { type: 'string', default: join(root, '.data') },
    },
  });
  if (!existsSync(program)) throw new UserError('Run `npm run build` first.');
  const args = values.checkpoint === undefined ? [] : ['--checkpoint', values.checkpoint];
  const env = { ...installation(values.data), ...process.env };
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...args], {
    env,
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  return code ?? 2;
}

/** What `npm start` made in this folder, if it did. @param {string} folder @returns {NodeJS.ProcessEnv} */
function installation(folder) {
  const file = join(folder, 'urls.json');
  if (!existsSync(file)) return {};
  /** @type {Urls} */
  const urls = JSON.parse(readFileSync(file, 'utf8'));
  const keys = provideKeys(folder);
  return {
    DATABASE_URL: urls.databaseUrl,
    KEYS_FILE: keys.keyRing,
    ...logVariables(keys),
    TIME_STAMP_URL: urls.timeStampingSandbox,
    TIME_STAMP_ROOTS_FILE: keys.evidence.timeStamping.roots,
  };
}
