// `npm run clerk-code -- LOGIN`: the code that the authenticator app of a clerk of `npm start` shows now.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { totpCode } from '../test/drivers/clerk.mjs';

/** @import { ClerkAccount } from './embedded-keys.mjs' */

const PERIOD_SECONDS = 30;

const { values, positionals } = parseArgs({
  options: { data: { type: 'string', default: join(import.meta.dirname, '../.data') } },
  allowPositionals: true,
});
const account = readClerks().find(({ login }) => login === positionals[0]);
if (account?.totp === undefined) {
  process.stderr.write(
    'No such clerk: start the product with `npm start`, and name one of the clerks that it prints, as in `npm run clerk-code -- clerk-1`.\n',
  );
  process.exitCode = 1;
} else {
  const left = PERIOD_SECONDS - (Math.floor(Date.now() / 1000) % PERIOD_SECONDS);
  process.stdout.write(`${totpCode(account.totp)}   for another ${left} s; each code serves once\n`);
}

/** @returns {ClerkAccount[]} */
function readClerks() {
  try {
    return JSON.parse(readFileSync(join(values.data, 'keys/clerks.json'), 'utf8'));
  } catch {
    return [];
  }
}
