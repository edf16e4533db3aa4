// `npm run demo`: one whole journey over HTTP against the running stack, as a phone would do it, told as a timeline.
//   --person 1…      which of the sample persons with a matter of their own; the first with an open to-do unless given
//   --scenario NAME  `happy` (default) or `gateway-down`: the vendor is away, the journey is stuck, a clerk decides
//   --data FOLDER    where the stack keeps its data, `.data` unless given
import './node-version.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decide } from './demo-clerk.mjs';
import { createPhone, PhoneError } from './phone.mjs';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    person: { type: 'string' },
    scenario: { type: 'string', default: 'happy' },
    data: { type: 'string', default: join(root, '.data') },
  },
});

const scenarios = { happy, 'gateway-down': gatewayDown };

try {
  const urls = readUrls();
  const scenario = scenarios[values.scenario];
  if (!scenario)
    throw new PhoneError(`There is no such scenario; there are ${Object.keys(scenarios).join(', ')}.`);
  await scenario(urls);
  process.stdout.write('\nAll as it should be.\n');
} catch (error) {
  process.stderr.write(`\n${error instanceof PhoneError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}

/** From entry to the signature, and what the registration system hears of it. */
async function happy(urls) {
  const { phone, toDo } = await phoneWithToDo(urls);
  await phone.signToDo(toDo);
  await phone.expectCallback('confirmation.confirmed', phone.view.completed.evidenceNumber);
  await phone.close();
}

/** The vendor is away when the matter's face check is to begin. */
async function gatewayDown(urls) {
  const { phone, toDo } = await phoneWithToDo(urls);
  await phone.confirm(toDo);
  await phone.gateway('down');
  try {
    await phone.startFace('stuck');
  } finally {
    await phone.gateway('up');
  }
  await decide({ urls, dataDir: values.data, journey: phone.view.id, decision: 'retry', say });
  await phone.look('matter-face');
  await phone.startFace('matter-face');
  await phone.passFace('signing');
  await phone.sign(toDo, 'completed');
  await phone.close();
}

/** The first sample person who has something to confirm, verified and at the to-dos. */
async function phoneWithToDo(urls) {
  const persons = JSON.parse(readFileSync(join(root, 'samples/persons.json'), 'utf8'));
  const candidates = values.person ? [persons[Number(values.person) - 1]] : persons;
  for (const person of candidates) {
    if (!person) throw new PhoneError('There is no such person in samples/persons.json.');
    const phone = createPhone({ urls, person, say });
    await phone.signIn();
    await phone.verify();
    const [toDo] = await phone.toDos();
    if (toDo) return { phone, toDo };
    say('nothing to confirm for this person; the next one');
    await phone.close();
  }
  throw new PhoneError(
    'Nobody has anything left to confirm: stop the stack, remove its data folder and start it again for fresh samples.',
  );
}

function say(text, ms) {
  const time = ms === undefined ? '' : `${Math.round(ms)} ms`;
  process.stdout.write(`${time.padStart(9)}  ${text}\n`);
}

function readUrls() {
  try {
    return JSON.parse(readFileSync(join(values.data, 'urls.json'), 'utf8'));
  } catch {
    throw new PhoneError('Nothing is running: start it with `npm start`, and try again in another terminal.');
  }
}
