import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClerk } from '../test/drivers/clerk.mjs';
import { createPhone } from '../test/drivers/phone.mjs';

/**
 * @import { Person } from '../test/fixtures/persons.mjs'
 * @import { Urls } from './stack.mjs'
 */

// Nobody is told to try the mini-program as this person.
const ACCOUNT = 'tester-6';
const CAUSE = 'result-undecidable';

/**
 * Has a sample person wait for clerks: the result of their face check is not clear. Where somebody waits for that cause already, nothing
 * happens; whom a clerk has helped begins again.
 * @param {string} root
 * @param {Urls} urls
 */
export async function haveSomebodyWait(root, urls) {
  const [account] = urls.demo.clerks;
  if (!account) return;
  const clerk = createClerk({ urls, ...account });
  await clerk.signIn();
  /** @type {{ entries: object[] }} */
  const { entries } = await clerk.call('GET', `worklist?cause=${CAUSE}`);
  await clerk.call('POST', 'session/end', {});
  if (entries.length > 0) return;
  /** @type {Person[]} */
  const persons = JSON.parse(readFileSync(join(root, 'samples/persons.json'), 'utf8'));
  const person = persons.find(({ account }) => account === ACCOUNT);
  if (!person) throw new Error(`There is no ${ACCOUNT} in samples/persons.json.`);
  const phone = createPhone({ urls, person });
  await phone.meet('undecidable-first');
  await phone.signIn();
  await phone.enter('face');
  await phone.face('stuck');
}
