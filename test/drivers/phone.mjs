import { until } from '../../scripts/ports.mjs';
import { createApiSession, fill, PhoneError, present } from './api-session.mjs';
import { readCallbacks, readMessages } from './sandboxes.mjs';

/**
 * @import { CommandBody, CommandParameters, CommandPath, Journey, Step, ToDo } from './api-types.ts'
 * @import { Scope } from '../../sandbox/alipay/settings.ts'
 * @import { ScenarioName } from '../../sandbox/alipay/scenarios.ts'
 * @import { Urls } from '../../scripts/stack.mjs'
 * @import { Person } from '../fixtures/persons.mjs'
 * @import { OnAnswer } from './api-session.mjs'
 */

/**
 * @callback Say is told of every step
 * @param {string} text in words
 * @param {number} [ms] how many milliseconds it took
 * @param {string} [name] the name of the command
 * @returns {void}
 */

/** @typedef {Pick<Urls, 'api' | 'alipaySandbox' | 'registrySandbox'>} PhoneUrls */
/** @typedef {ReturnType<typeof createPhone>} Phone */
/** @typedef {Pick<ToDo, 'toDoId'>} ToDoId */
/** @typedef {{ kind: string, version: string }} Consent */

const CALLBACK_MS = 20_000;
/** The versions of the texts in force, by kind: the same for all phones. @type {Map<string, string>} */
const versions = new Map();

/**
 * A phone with the mini-program, used by one person of the sandbox.
 * @param {object} options
 * @param {PhoneUrls} options.urls
 * @param {Person} options.person
 * @param {Say} [options.say]
 * @param {(name: string) => void | Promise<void>} [options.beforeCommand] is called before each command is sent
 * @param {OnAnswer} [options.onAnswer]
 */
export function createPhone({
  urls,
  person,
  say = () => undefined,
  beforeCommand = () => undefined,
  onAnswer,
}) {
  const session = createApiSession(urls.api, onAnswer);
  const { request, call, reach, send } = session;
  /** @type {Journey | undefined} */
  let view;

  /**
   * @param {string} text
   * @param {Step | undefined} expected
   * @param {string} name
   * @param {() => Promise<Journey>} work
   */
  async function step(text, expected, name, work) {
    const begun = performance.now();
    if (name !== 'look') await beforeCommand(name);
    view = await work();
    const notices = view.notices.map(({ code }) => ` (${code})`).join('');
    say(`${text} → ${view.step}${notices}`, performance.now() - begun, name);
    if (expected && view.step !== expected)
      throw new PhoneError(`The step should be ${expected} and is ${view.step}.`);
    return view;
  }

  function viewed() {
    return present(view, 'No journey has been entered.');
  }

  const ofJourney = () => ({ id: viewed().id });

  /**
   * @template {string} K
   * @param {K} kind
   */
  async function consentTo(kind) {
    const known = versions.get(kind);
    if (known !== undefined) return { kind, version: known };
    const { version } = await call('GET', '/api/legal-texts/{kind}', { params: { kind } });
    versions.set(kind, version);
    return { kind, version };
  }

  /**
   * @template {CommandPath} C
   * @param {string} text
   * @param {C} path after `/api/journeys/{id}/`
   * @param {CommandBody<C>} body
   * @param {Step} [expected]
   * @param {CommandParameters<C>} [params]
   */
  async function command(text, path, body, expected, params) {
    const url = fill(`/api/journeys/{id}/${path}`, { ...ofJourney(), ...params });
    await step(
      text,
      expected,
      path.slice(path.lastIndexOf('/') + 1),
      async () => /** @type {Journey} */ (await send('POST', url, { revision: viewed().revision, ...body })),
    );
  }

  /**
   * @param {string} path
   * @param {object | string} body
   */
  async function sandbox(path, body, headers = { 'content-type': 'application/json' }) {
    const response = await fetch(`${urls.alipaySandbox}${path}`, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      redirect: 'manual',
    });
    if (response.status >= 400) throw new PhoneError(`The sandbox answers ${path} with ${response.status}.`);
    return response;
  }

  const phone = {
    ...{ request, command, consentTo },

    /** The session's: it permits everything that the phone may do. */
    get token() {
      return session.token;
    },

    get hasEntered() {
      return view !== undefined;
    },

    /** The journey, as the last response showed it. @throws PhoneError before the entry */
    get view() {
      return viewed();
    },

    /** The face check that is open. @throws PhoneError without one */
    get faceCheck() {
      return present(viewed().faceCheck, 'No face check is open.');
    },

    /** Of what was signed last. @throws PhoneError if nothing was */
    get evidenceNumber() {
      return present(viewed().completed, 'Nothing was signed.').evidenceNumber;
    },

    /** From entry to the to-dos. */
    async verify() {
      await phone.enter('face');
      await phone.face();
      await phone.afterFace();
    },

    /** A face check from its beginning to its result. @param {Step} [expected] */
    async face(expected) {
      await phone.startFace();
      await phone.passFace(expected);
    },

    /** Own bank card, where one is asked for, and the picture: to the to-dos. */
    async afterFace() {
      if (viewed().step === 'bank-card') await phone.submitCard('portrait');
      await phone.confirmPortrait('to-dos');
    },

    /** One to-do from its details to the signature. @param {ToDoId} toDo */
    async signToDo(toDo) {
      await phone.confirm(toDo);
      await phone.face('signing');
      await phone.sign(toDo, 'completed');
    },

    async close() {
      await command('close', 'close', {}, 'closed');
    },

    /** @param {Scope} scope `auth_user` once the person has agreed that Alipay tells who they are */
    async signIn(scope = 'auth_base') {
      const begun = performance.now();
      await beforeCommand('sign-in');
      session.use(undefined);
      for (let left = 5; ; left -= 1) {
        const code = await sandbox('/admin/auth-codes', { account: person.account, scope });
        const { authCode } = /** @type {{ authCode: string }} */ (await code.json());
        try {
          const { token } = await call('POST', '/api/sessions', { body: { channel: 'alipay', authCode } });
          session.use(token);
          break;
        } catch (error) {
          // A code is good once; if the response to it was lost, the next code is used.
          const isUsed = error instanceof PhoneError && error.code === 'auth_code_invalid';
          if (left === 0 || !isUsed) throw error;
        }
      }
      say(`${person.account} signs in, ${scope}`, performance.now() - begun);
    },

    /** Has Alipay fill in a resident ID card. @returns the handle to enter by */
    async authorize() {
      await phone.signIn('auth_user');
      const begun = performance.now();
      const { handle, name, number } = await call('GET', '/api/authorized-identity', { retries: 0 });
      say(`filled in: ${name}, ${number}`, performance.now() - begun);
      return handle;
    },

    /**
     * @param {Step} [expected]
     * @param {object} [options]
     * @param {boolean} [options.inPerson] presses 「不刷脸，到窗口办理」 instead of 【查看待办事项】
     * @param {string} [options.authorizedIdentity] a handle in place of name and number
     */
    async enter(expected, { inPerson = false, authorizedIdentity } = {}) {
      const consents = [
        await consentTo('personal-information'),
        ...(inPerson ? [] : [await consentTo('bank-card-notice')]),
      ];
      const body = {
        ...(authorizedIdentity
          ? { authorizedIdentity }
          : { name: person.name, documentNumber: person.document.number }),
        documentType: person.document.type,
        validUntil: person.document.validUntil,
        issuingCountry: person.document.issuingCountry,
        consents,
        ...(inPerson && { inPerson }),
      };
      await step('name, document, notices read', expected, 'entry', () =>
        call('POST', '/api/journeys', { body }),
      );
    },

    /**
     * @param {Step} [expected]
     * @param {object} [options]
     * @param {boolean} [options.archives] whether the person agrees to the archiving of a matter's portrait
     */
    async startFace(expected, { archives = true } = {}) {
      const consent = await consentTo('face-check');
      const isArchived = archives && viewed().toDoId;
      const archiving = isArchived ? await consentTo('portrait-archiving') : undefined;
      await command('【同意协议并认证】', 'face-checks', { consent, archiving }, expected);
    },

    /** Opens the vendor's page, as the phone would, and passes. @param {Step} [expected] */
    async passFace(expected) {
      const { certifyId, url } = phone.faceCheck;
      const page = await fetch(url);
      if (!page.ok || !(await page.text()).includes('刷脸核验'))
        throw new PhoneError("The vendor's page does not open.");
      await sandbox(new URL(page.url).pathname, 'outcome=pass', {
        'content-type': 'application/x-www-form-urlencoded',
      });
      await phone.reportFace('face passed on the vendor’s page', certifyId, expected);
    },

    /**
     * Has the api ask the vendor how a face check ended.
     * @param {string} text
     * @param {string} certifyId
     * @param {Step} [expected]
     */
    async reportFace(text, certifyId, expected) {
      await command(text, 'face-checks/{certifyId}/result', {}, expected, { certifyId });
    },

    /** @param {Step} [expected] */
    async submitCard(expected) {
      const { number: cardNumber } = present(person.bankCards[0], 'The person has no bank card.');
      const body = { cardNumber, consent: await consentTo('bank-card-check') };
      await command('own bank card', 'bank-card-checks', body, expected);
    },

    /** @param {Step} [expected] */
    async confirmPortrait(expected) {
      const begun = performance.now();
      const headers = { authorization: `Bearer ${session.token}` };
      const picture = await reach(`/api/journeys/${viewed().id}/portrait`, { headers });
      const bytes = (await picture.arrayBuffer()).byteLength;
      say(`portrait, ${picture.headers.get('content-type')}, ${bytes} bytes`, performance.now() - begun);
      await command('【查看待办事项】', 'portrait-review', { decision: 'confirm' }, expected);
    },

    /** @param {Step} [expected] */
    async askInPerson(expected = 'stuck') {
      await command('「不刷脸，到窗口办理」', 'in-person', {}, expected);
    },

    /** What the phone shows at the window. */
    async windowCode() {
      const { code } = await call('POST', '/api/journeys/{id}/window-code', {
        params: ofJourney(),
        body: {},
      });
      say(`the phone shows a code of ${code.length} characters`);
      return code;
    },

    /** @param {Step} [expected] */
    async decline(expected) {
      await command('【暂不认证】', 'declination', {}, expected);
    },

    /** @param {Step} [expected] */
    async goOnline(expected) {
      await command('back online', 'online', {}, expected);
    },

    /**
     * 「这不是我办的」
     * @param {ToDoId} toDo
     * @param {Step} [expected]
     */
    async refuse({ toDoId }, expected) {
      const body = /** @type {const} */ ({ reason: 'not-me' });
      await command('「这不是我办的」', 'to-dos/{toDoId}/refusal', body, expected, { toDoId });
    },

    /**
     * @param {ToDoId} toDo
     * @param {Step} [expected]
     */
    async cancel({ toDoId }, expected) {
      await command('【取消】', 'to-dos/{toDoId}/cancellation', {}, expected, { toDoId });
    },

    /** @param {Step} [expected] */
    async reEnter(expected) {
      await command('【重新录入】', 'portrait-review', { decision: 're-enter' }, expected);
    },

    /** From now on the sandbox answers for this person as the scenario says. @param {ScenarioName} scenario */
    async meet(scenario) {
      await sandbox('/admin/scenarios', { account: person.account, scenario });
      say(`— Alipay's sandbox: ${scenario} —`);
    },

    async toDos() {
      const begun = performance.now();
      const { toDos } = await call('GET', '/api/journeys/{id}/to-dos', { params: ofJourney() });
      say(`${toDos.length} to-dos`, performance.now() - begun);
      return toDos;
    },

    /** @throws PhoneError if nothing is listed */
    async firstToDo() {
      const [toDo] = await phone.toDos();
      return present(toDo, 'There is nothing to confirm.');
    },

    /** One that is no longer listed and for which a re-issue can still be requested. */
    async lateToDo() {
      const { toDos } = await call('GET', '/api/journeys/{id}/to-dos', {
        params: ofJourney(),
        query: '?tab=past',
      });
      const late = toDos.find(({ reIssue }) => reIssue?.askable);
      return present(late, 'There is no to-do for which a re-issue can be requested.');
    },

    /** Opens the link of an invitation. @param {string} token */
    async openInvitation(token) {
      const params = { ...ofJourney(), token };
      return await call('GET', '/api/journeys/{id}/invitations/{token}', { params });
    },

    /**
     * @param {ToDoId} toDo
     * @param {string} code of the notice that the person gets
     */
    async askForReissue({ toDoId }, code) {
      await command('申请重新推送', 'to-dos/{toDoId}/re-issue', {}, 'to-dos', { toDoId });
      const hasNotice = viewed().notices.some((notice) => notice.code === code);
      if (!hasNotice) throw new PhoneError(`The notice should be ${code}.`);
    },

    /** @param {ToDoId} toDo */
    async confirm({ toDoId }) {
      const begun = performance.now();
      const params = { ...ofJourney(), toDoId };
      const details = await call('GET', '/api/journeys/{id}/to-dos/{toDoId}', { params });
      const roles = details.roles.map(({ name }) => name).join('、');
      say(`${details.entity}，${details.kind.name}，${roles}`, performance.now() - begun);
      await command(
        '【确认】 below the details',
        'to-dos/{toDoId}/confirmation',
        { textHash: details.textHash },
        'matter-face',
        { toDoId },
      );
    },

    /**
     * @param {ToDoId} toDo
     * @param {Step} [expected]
     */
    async sign({ toDoId }, expected) {
      const { version: liabilityVersion } = await consentTo('liability');
      const body = { ...scribble(), liabilityVersion };
      await command('signature, 【确认】', 'to-dos/{toDoId}/signature', body, expected, { toDoId });
    },

    /** @param {Step} [expected] */
    async look(expected) {
      await step('looking again', expected, 'look', () =>
        call('GET', '/api/journeys/{id}', { params: ofJourney() }),
      );
    },

    /** @param {'up' | 'down'} mode */
    async gateway(mode) {
      await sandbox('/admin/mode', { mode });
      say(`— the vendor's gateway is ${mode} —`);
    },

    /**
     * Waits until the registration system has verified and acknowledged a callback.
     * @param {string} event
     * @param {string} [evidence]
     * @param {string} [externalId] of any matter unless given
     */
    async expectCallback(event, evidence, externalId) {
      const begun = performance.now();
      const arrived = async () => {
        const { verified } = await readCallbacks(urls);
        return verified.find(
          ({ event: received, body }) =>
            received === event &&
            body.evidence === evidence &&
            (externalId === undefined || body.matter.externalId === externalId),
        );
      };
      const found = await until(arrived, CALLBACK_MS);
      if (!found) throw new PhoneError(`No callback ${event} has arrived.`);
      say(
        `the registration system verified and acknowledged ${event}${evidence ? `, evidence ${evidence}` : ''}`,
        performance.now() - begun,
      );
      return found.body;
    },

    /** Waits until the message about this evidence is in the person's Alipay. @param {string} evidence */
    async expectMessage(evidence) {
      const begun = performance.now();
      const isThere = async () => {
        const messages = await readMessages(urls);
        return messages.some(
          ({ account, data }) => account === person.account && data.keyword1?.value === evidence,
        );
      };
      if (!(await until(isThere, CALLBACK_MS))) throw new PhoneError('No message has arrived.');
      say(`Alipay has sent the person a message about evidence ${evidence}`, performance.now() - begun);
    },
  };
  return phone;
}

/** Strokes like those of two characters, on a pad of 600 by 300. */
function scribble() {
  let begun = 0;
  /**
   * @param {number} x
   * @param {number} y
   * @param {number} dx
   * @param {number} dy
   */
  const stroke = (x, y, dx, dy) => {
    begun += 300;
    return Array.from(
      { length: 12 },
      (_, at) =>
        /** @type {[number, number, number]} */ ([
          x + dx * at,
          y + dy * at + Math.sin(at) * 6,
          begun + at * 16,
        ]),
    );
  };
  const strokes = [
    ...[stroke(100, 80, 14, 0), stroke(180, 40, 0, 18), stroke(180, 120, -7, 10), stroke(180, 120, 7, 10)],
    ...[stroke(340, 80, 14, 1), stroke(340, 140, 14, 0), stroke(420, 40, -1, 18)],
  ];
  return { strokes, width: 600, height: 300 };
}
