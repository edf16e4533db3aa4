// `node test/registry-client/kinds.mjs JAVA PYTHON`: a registration system pushes a matter of each kind in samples/kinds/ to the real
// processes, one with the example in Java, one with that in Python, the others with the client; all their persons confirm, and the
// callbacks arrive. Prints one line for each kind, and what is wrong below it.
import '../../scripts/node-version.mjs';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { Writable } from 'node:stream';
import { isDeepStrictEqual, promisify } from 'node:util';
import { openIsolatedRun } from '../../scripts/isolated-run.mjs';
import { until } from '../../scripts/ports.mjs';
import { createProgress } from '../../scripts/progress.mjs';
import { startStack } from '../../scripts/stack.mjs';
import { createClerks } from '../drivers/clerks.mjs';
import { createPhone } from '../drivers/phone.mjs';
import { readCallbacks } from '../drivers/sandboxes.mjs';

/**
 * @import { MatterStanding, RegistryClient } from '../../registry-client/src/index.ts'
 * @import { Urls } from '../../scripts/stack.mjs'
 * @import { Clerks } from '../drivers/clerks.mjs'
 * @import { MatterContent, Person } from '../fixtures/persons.mjs'
 */

/** @typedef {{ name: string, externalId: string, matter: MatterContent }} Kind */

const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const [java = 'java', python = 'python3'] = process.argv.slice(2);
const KEY_ID = 'sample-registry-1';
const CALLBACKS_MS = 60_000;

const { dataDir, processes, run } = openIsolatedRun('kinds');
const privateKeyFile = join(dataDir, 'keys/sample-registry-private.pem');
/** @type {Person[]} */
const persons = JSON.parse(readFileSync(join(root, 'samples/persons.json'), 'utf8'));
/** @type {Kind[]} */
const kinds = readdirSync(join(root, 'samples/kinds')).map((file) => ({
  name: basename(file, '.json'),
  ...JSON.parse(readFileSync(join(root, 'samples/kinds', file), 'utf8')),
}));

await run(async () => {
  const progress = createProgress(new Writable({ write: (_, __, done) => done() }));
  const { urls } = await startStack({ root, dataDir, processes, progress, samples: false });
  const { createRegistryClient } = /** @type {typeof import('../../registry-client/src/index.ts')} */ (
    require(join(root, 'registry-client/dist/index.js'))
  );
  const client = createRegistryClient({
    baseUrl: urls.api,
    key: { id: KEY_ID, privateKey: readFileSync(privateKeyFile, 'utf8') },
  });
  /** @type {Map<string, string[]>} */
  const toDosOf = new Map();
  for (const kind of kinds) {
    await push(kind, urls, client);
    const standing = await client.readMatter(kind.externalId);
    for (const { reference, toDoId } of standing.persons) {
      const account = accountOf(kind, reference);
      toDosOf.set(account, [...(toDosOf.get(account) ?? []), toDoId]);
    }
  }
  const clerks = createClerks({ urls });
  for (const [account, toDoIds] of toDosOf) await confirm(account, toDoIds, urls, clerks);
  let failed = 0;
  for (const kind of kinds) {
    const defects = await defectsOf(kind, urls, client);
    if (defects.length > 0) failed += 1;
    process.stdout.write(`${defects.length === 0 ? '✓' : '✗'} ${kind.name}\n`);
    for (const defect of defects) process.stdout.write(`    ${defect}\n`);
  }
  process.stdout.write(`\n${kinds.length} kinds, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
});

/**
 * @param {Kind} kind
 * @param {Urls} urls
 * @param {RegistryClient} client
 */
async function push({ name, externalId, matter }, urls, client) {
  const examples = join(root, 'registry-client/examples');
  const file = join(dataDir, `${name}.json`);
  writeFileSync(file, JSON.stringify(matter));
  const sender = [urls.api, KEY_ID, privateKeyFile];
  if (name === 'branch') {
    await promisify(execFile)(java, [join(examples, 'java/Push.java'), ...sender, externalId, file]);
  } else if (name === 'filing') {
    const schema = join(root, 'docs/matter.schema.json');
    await promisify(execFile)(python, [
      join(examples, 'python/push.py'),
      ...sender,
      schema,
      externalId,
      file,
    ]);
  } else await client.pushMatter(externalId, matter);
}

/**
 * The account in Alipay's sandbox of a matter's person.
 * @param {Kind} kind
 * @param {string} reference
 */
function accountOf({ matter }, reference) {
  const number = matter.persons.find((person) => person.reference === reference)?.document.number;
  const person = persons.find(({ document }) => document.number === number);
  if (!person) throw new Error(`Nobody in samples/persons.json has the document of ${reference}.`);
  return person.account;
}

/**
 * One person confirms all to-dos in one visit: online, or at the window if the document has no check online.
 * @param {string} account
 * @param {string[]} toDoIds
 * @param {Urls} urls
 * @param {Clerks} clerks
 */
async function confirm(account, toDoIds, urls, clerks) {
  const person = persons.find((one) => one.account === account);
  if (!person) throw new Error(`There is no account ${account}.`);
  const phone = createPhone({ urls, person });
  await phone.signIn();
  const isOnline = person.document.type !== 'foreign-passport';
  if (isOnline) await phone.verify();
  else {
    await phone.enter('stuck');
    await clerks.acceptWithPhone(phone);
    await phone.look('to-dos');
  }
  for (const toDoId of toDoIds) {
    if (isOnline) {
      await phone.signToDo({ toDoId });
      continue;
    }
    await phone.confirm({ toDoId });
    await phone.askInPerson();
    await clerks.accept(phone.view.id);
    await phone.look('completed');
  }
}

/**
 * Waits for the last callback of a matter, and compares all of them with what the api's description says.
 * @param {Kind} kind
 * @param {Urls} urls
 * @param {RegistryClient} client
 */
async function defectsOf({ externalId, matter }, urls, client) {
  const { callbacks } = /** @type {typeof import('../../api/registry/callbacks.ts')} */ (
    require(join(root, 'dist/api/registry/callbacks.js'))
  );
  const received = async () => {
    const { verified, rejected } = await readCallbacks(urls);
    const own = verified.filter(({ body }) => body.matter.externalId === externalId);
    return { own, rejected };
  };
  const isTold = async () => (await received()).own.some(({ event }) => event === 'matter.confirmed');
  const wasTold = await until(isTold, CALLBACKS_MS);
  const { own, rejected } = await received();
  const { state } = await client.readMatter(externalId);
  const events = own.map(({ event }) => event);
  const confirmed = matter.persons.map(() => 'confirmation.confirmed');
  const expected = ['invitation.issued', ...confirmed, 'matter.confirmed'];
  return [
    ...(wasTold ? [] : ['no callback matter.confirmed']),
    ...(state === 'confirmed' ? [] : [`the state is ${state}`]),
    ...(isDeepStrictEqual(events, expected) ? [] : [`the callbacks are ${events.join(', ')}`]),
    ...Object.keys(rejected).map((code) => `a callback was not verified: ${code}`),
    ...own.flatMap(({ event, body }) => {
      const { schema } = callbacks[/** @type {keyof typeof callbacks} */ (event)];
      const { data } = schema.safeParse(body);
      return isDeepStrictEqual(data, body) ? [] : [`${event} is not as described`];
    }),
  ];
}
