// `npm run demo`: one journey over HTTP against the running stack, in which drivers act as phone and clerks, shown as a timeline.
//   --person 1…      which of the sample persons, the first with a fitting document unless given; each run pushes a matter for them
//   --scenario NAME  one of test/drivers/scenarios.mjs, `happy` unless given; `list` lists them
//   --data FOLDER    where the stack keeps its data, `.data` unless given
import './node-version.mjs';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClerks } from '../test/drivers/clerks.mjs';
import { createMatter, pushMatter } from '../test/drivers/matter.mjs';
import { PhoneError } from '../test/drivers/api-session.mjs';
import { createPhone } from '../test/drivers/phone.mjs';
import { scenarios } from '../test/drivers/scenarios.mjs';
import { userMessageOf } from './user-error.mjs';

/**
 * @import { MatterContent, Person } from '../test/fixtures/persons.mjs'
 * @import { Scenario } from '../test/drivers/scenarios.mjs'
 * @import { Urls } from './stack.mjs'
 */

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    person: { type: 'string' },
    scenario: { type: 'string', default: 'happy' },
    data: { type: 'string', default: join(root, '.data') },
  },
});

try {
  if (values.scenario === 'list') list();
  else await show();
} catch (error) {
  process.stderr.write(`\n${error instanceof PhoneError ? error.message : userMessageOf(error)}\n`);
  process.exitCode = 1;
}

function list() {
  const width = Math.max(...Object.keys(scenarios).map((name) => name.length));
  for (const [name, { about }] of Object.entries(scenarios)) {
    process.stdout.write(`${name.padEnd(width)}  ${about}\n`);
  }
}

async function show() {
  const scenario = scenarios[values.scenario];
  if (!scenario) throw new PhoneError(`There is no such scenario: ${values.scenario}. See --scenario list.`);
  const urls = readUrls();
  const person = readPerson(scenario);
  const clerks = createClerks({ urls, say });
  say(scenario.about);
  const matter = await pushMatterFor(person, urls);
  const phone = createPhone({ urls, person, say });
  await phone.meet(scenario.alipay ?? 'all-well');
  try {
    await phone.signIn();
    await scenario.run({ phone, clerks, person, matter });
  } finally {
    await phone.meet('all-well');
  }
  process.stdout.write('\nAll as it should be.\n');
}

/** The sample person that `--person` names. @param {Scenario} scenario */
function readPerson({ document: type = 'resident-id' }) {
  /** @type {Person[]} */
  const persons = JSON.parse(readFileSync(join(root, 'samples/persons.json'), 'utf8'));
  const person = values.person
    ? persons[Number(values.person) - 1]
    : persons.find(({ document }) => document.type === type);
  if (!person) throw new PhoneError('There is no such person in samples/persons.json.');
  return person;
}

/**
 * Has the registration system push a matter like the first sample, in which this person has to confirm.
 * @param {Person} person
 * @param {Urls} urls
 */
async function pushMatterFor({ name, document }, urls) {
  /** @type {{ matter: MatterContent }} */
  const { matter } = JSON.parse(readFileSync(join(root, 'samples/matters/sample-0001.json'), 'utf8'));
  const { type, number, issuingCountry } = document;
  const persons = matter.persons
    .slice(0, 1)
    .map((person) => ({ ...person, name, document: { type, number, issuingCountry } }));
  const externalId = `demo-${randomUUID()}`;
  await pushMatter(urls.registrySandbox, externalId, { ...matter, persons });
  say('the registration system pushes a matter in which the person has to confirm');
  return createMatter({ urls, externalId, say });
}

/**
 * @param {string} text
 * @param {number} [ms]
 */
function say(text, ms) {
  const time = ms === undefined ? '' : `${Math.round(ms)} ms`;
  process.stdout.write(`${time.padStart(9)}  ${text}\n`);
}

/** @returns {Urls} */
function readUrls() {
  try {
    return JSON.parse(readFileSync(join(values.data, 'urls.json'), 'utf8'));
  } catch {
    throw new PhoneError('Nothing is running: start it with `npm start`, and try again in another terminal.');
  }
}
