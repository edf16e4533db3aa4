import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClerk } from '../drivers/clerk.mjs';
import { createPhone } from '../drivers/phone.mjs';
import { pushMatter, pushMatters } from '../drivers/matter.mjs';
import { matterOf, personAt } from '../fixtures/persons.mjs';
import { SIGN } from './signing-proxy.mjs';

/**
 * @import { Route } from '../../api/define-route.ts'
 * @import { DemoClerk, Urls } from '../../scripts/stack.mjs'
 * @import { Phone } from '../drivers/phone.mjs'
 * @import { Person } from '../fixtures/persons.mjs'
 * @import { SigningProxy } from './signing-proxy.mjs'
 */

/** Values by the name of a parameter or a property, or by the media type of a body. @typedef {Record<string, unknown[]>} Known */

/**
 * @typedef Caller
 * @property {string} name
 * @property {(route: Route) => boolean} routes
 * @property {Record<string, string>} [headers]
 * @property {string} [url] in place of the api's
 * @property {Known} [known]
 */

/** The account holders of Alipay's sandbox. The last one only enters during the run. */
export const persons = [0, 1, 2, 3].map((at) => personAt(at));

const REGISTRY = 'sample-registry';
/** @param {string | undefined} token */
const bearing = (token) => ({ Authorization: `Bearer ${token}` });
/**
 * @param {Route['audience'][]} audiences
 * @returns {Caller['routes']}
 */
const of =
  (...audiences) =>
  (route) =>
    audiences.includes(route.audience);
/** @type {Caller['routes']} */
const endsJourney = ({ path }) => /\/(close|declination|withdrawal|portrait-review)$/.test(path);
/** @type {Caller['routes']} */
const endsSession = ({ path }) => /\/clerk\/(session|own-sessions)\/end$/.test(path);
// Events come until the page is closed.
/** @type {Caller['routes']} */
const isEndless = ({ path }) => /\/worklist\/events$/.test(path);
/** @type {Caller['routes']} */
const changesPassword = ({ path }) => /\/clerk\/password$/.test(path);

/**
 * Everybody who calls the api: by which routes and with which headers.
 * `known` are the values, by name of a parameter or a property, with which a call can succeed: nobody guesses them.
 * A property with none is left out.
 * @param {{ urls: Urls, proxy: SigningProxy, keys: string }} options
 * @returns {Promise<Caller[]>}
 */
export async function callersOf({ urls, proxy, keys }) {
  const phones = persons.map((person) => createPhone({ urls, person }));
  const [holder, leaver, atWindow, newcomer] = /** @type {[Phone, Phone, Phone, Phone]} */ (phones);
  const [first, , , last] = /** @type {[Person, Person, Person, Person]} */ (persons);
  await pushMatters(urls.registrySandbox, persons.slice(0, 3), 'Z');
  await pushMatter(urls.registrySandbox, 'D', matterOf(first, { documents: [{ name: '章程', sha256 }] }));
  await upload(proxy);
  await Promise.all(phones.map((phone) => phone.signIn()));
  await Promise.all([holder.verify(), leaver.verify(), atWindow.enter('stuck', { inPerson: true })]);
  await pushMatter(urls.registrySandbox, 'F', matterOf(last));
  const toDo = await holder.firstToDo();
  const { textHash } = (await holder.request('GET', `/api/journeys/${holder.view.id}/to-dos/${toDo.toDoId}`))
    .body;
  const journey = {
    id: [holder.view.id],
    toDoId: [toDo.toDoId],
    sha256: [sha256],
    textHash: [textHash],
    revision: from(holder.view.revision),
    version: [await versionOf(urls, 'personal-information')],
    consent: await consentsTo(urls, ['face-check', 'bank-card-check']),
    cardNumber: [first.bankCards[0]?.number],
    strokes: [strokes],
    width: [600],
    height: [300],
    liabilityVersion: [await versionOf(urls, 'liability')],
  };
  const clerks = urls.demo.clerks.filter(({ login }) => login !== 'reviewer-2');
  const changing = /** @type {DemoClerk} */ (urls.demo.clerks.find(({ login }) => login === 'reviewer-2'));
  /** @type {Map<DemoClerk | undefined, Record<string, string>>} */
  const headers = new Map();
  for (const clerk of urls.demo.clerks) headers.set(clerk, await signIn(urls, clerk));
  const atOffice = {
    id: [atWindow.view.id],
    toDoId: [toDo.toDoId],
    revision: from(atWindow.view.revision),
    registry: [REGISTRY],
    externalId: ['Z-0'],
    name: ['测试'],
    scope: [['110105'], ['11', 'national']],
    attempts: [],
    clerkId: await clerkIds(urls, headers.get(clerks.at(-1)), changing.login),
  };
  return [
    { name: 'strangers', routes: of('public', 'visitor', 'clerk-visitor') },
    {
      name: 'the mini-program',
      routes: of('mini-app'),
      headers: bearing(newcomer.token),
      known: await entryOf(urls, last),
    },
    {
      name: 'a person in a journey',
      routes: (route) => of('journey-holder')(route) && !endsJourney(route),
      headers: bearing(holder.token),
      known: journey,
    },
    {
      name: 'a person who leaves',
      routes: (route) => of('journey-holder')(route) && endsJourney(route),
      headers: bearing(leaver.token),
      known: { id: [leaver.view.id], revision: from(leaver.view.revision) },
    },
    {
      name: 'a registration system',
      routes: of('registration-system'),
      headers: { Signature: SIGN },
      url: proxy.url,
      known: matterValues(last),
    },
    {
      name: 'operators',
      routes: of('operator'),
      headers: bearing(readFileSync(join(keys, 'metrics-token'), 'utf8')),
    },
    // Before an administrator disables this account.
    {
      name: 'a clerk who changes the password',
      routes: changesPassword,
      headers: headers.get(changing),
      known: { current: [changing.password], next: ['another horse battery'] },
    },
    ...clerks.map((clerk) => ({
      name: `clerks, ${clerk.role}`,
      /** @param {Route} route */
      routes: (route) =>
        of('clerk')(route) && !endsSession(route) && !changesPassword(route) && !isEndless(route),
      headers: headers.get(clerk),
      known: atOffice,
    })),
    {
      name: 'a clerk who leaves',
      routes: endsSession,
      headers: await signIn(urls, /** @type {DemoClerk} */ (clerks[0])),
    },
  ];
}

/** A signature: four strokes of 20 points, 16 milliseconds apart. */
const strokes = Array.from({ length: 4 }, (_, stroke) =>
  Array.from({ length: 20 }, (_, at) => [
    100 + stroke * 80 + at * 5,
    60 + (stroke % 2) * 40 + at * (at % 2 === 0 ? 6 : 8),
    (stroke * 20 + at) * 16,
  ]),
);

const PDF = 'application/pdf';
/** A document that is there. */
const content = '%PDF-1.7 of a matter';
const sha256 = createHash('sha256').update(content).digest('hex');

/** @param {SigningProxy} proxy */
async function upload({ url }) {
  const headers = { Signature: SIGN, 'content-type': PDF };
  const { status } = await fetch(`${url}/api/registry/documents/${sha256}`, {
    method: 'PUT',
    headers,
    body: content,
  });
  if (status !== 201) throw new Error(`The document was not taken (status ${status}).`);
}

/** Every accepted call counts the revision up. @param {number} revision */
const from = (revision) => Array.from({ length: 6 }, (_, at) => revision + at);

/**
 * @param {Urls} urls
 * @param {string} kind
 */
async function versionOf(urls, kind) {
  const response = await fetch(`${urls.api}/api/legal-texts/${kind}`);
  return /** @type {{ version: string }} */ (await response.json()).version;
}

/**
 * @param {Urls} urls
 * @param {string[]} kinds
 */
async function consentsTo(urls, kinds) {
  return await Promise.all(kinds.map(async (kind) => ({ kind, version: await versionOf(urls, kind) })));
}

/**
 * The entry of a person with a resident ID card.
 * @param {Urls} urls
 * @param {Person} person
 * @returns {Promise<Known>}
 */
async function entryOf(urls, { name, document }) {
  return {
    name: [name],
    documentType: [document.type],
    documentNumber: [document.number],
    consents: [await consentsTo(urls, ['personal-information', 'bank-card-notice'])],
    authorizedIdentity: [],
    validUntil: [],
    issuingCountry: [],
  };
}

/** The values of this person's matter that are more than text. @param {Person} person @returns {Known} */
function matterValues(person) {
  const { authority, persons } = matterOf(person);
  return {
    externalId: ['F'],
    sha256: [sha256],
    [PDF]: [content],
    code: [authority],
    version: [1, 2, 3, 4],
    authority: [authority],
    name: [person.name],
    uscc: ['91110101MA0000007T'],
    persons: [persons],
  };
}

/**
 * @param {Urls} urls
 * @param {Record<string, string> | undefined} headers
 * @param {string} login
 */
async function clerkIds(urls, headers, login) {
  const response = await fetch(`${urls.api}/api/clerk/clerks`, { headers });
  const { clerks } = /** @type {{ clerks: { id: string, login: string }[] }} */ (await response.json());
  return clerks.filter((clerk) => clerk.login === login).map(({ id }) => id);
}

/**
 * @param {Urls} urls
 * @param {DemoClerk} account
 */
async function signIn(urls, account) {
  const clerk = createClerk({ urls, ...account });
  await clerk.signIn();
  const { cookie = '', 'x-csrf-token': csrfToken = '' } = clerk.headers();
  return { Cookie: cookie, 'X-CSRF-Token': csrfToken };
}
