import { randomUUID } from 'node:crypto';
import { until } from '../../scripts/ports.mjs';

/** Something is not as the person with the phone expects it. */
export class PhoneError extends Error {}

const CALLBACK_MS = 20_000;
/** How often a phone tries to reach the api, four times a second. */
const UNREACHED = 120;

// The texts in force, by kind: the same for all phones.
const versions = new Map();

/**
 * A phone with the mini-program, in the hands of one person of the sandbox.
 * @param say is told of every step: in words, how many milliseconds it took, and by which name
 * @param beforeCommand is told of every command before it is sent, by which name
 */
export function createPhone({ urls, person, say = () => undefined, beforeCommand = () => undefined }) {
  let token;
  let view;

  /** No connection, or it broke before the answer: nobody knows what was done, the same with the same key finds out. */
  async function reach(path, request) {
    for (let left = UNREACHED; ; left -= 1) {
      const response = await fetch(`${urls.api}${path}`, request).catch(() => undefined);
      if (response) return response;
      if (left === 0) throw new PhoneError(`${request.method ?? 'GET'} ${path}: the api can't be reached.`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  async function call(method, path, body, { retries = 40 } = {}) {
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    };
    for (let left = retries; ; left -= 1) {
      const response = await reach(path, { method, headers, body: body && JSON.stringify(body) });
      const answer = response.status === 204 ? undefined : await response.json();
      // Taken but not done, or not known: the same again, with the same key.
      const isWaiting = [202, 503].includes(response.status) || answer?.error?.code === 'busy';
      if (isWaiting && left > 0) {
        const seconds = Number(response.headers.get('retry-after') ?? 1);
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
        continue;
      }
      if (response.ok) return answer;
      const { code, detail, issues } = answer.error;
      const error = new PhoneError(
        `${method} ${path}: ${response.status} ${JSON.stringify({ code, detail, issues })}`,
      );
      throw Object.assign(error, { code });
    }
  }

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

  const at = () => `/api/journeys/${view.id}`;

  async function consentTo(kind) {
    if (!versions.has(kind)) versions.set(kind, (await call('GET', `/api/legal-texts/${kind}`)).version);
    return { kind, version: versions.get(kind) };
  }

  const command = (text, path, data, expected) =>
    step(text, expected, path.split('/').at(-1), () =>
      call('POST', `${at()}/${path}`, { revision: view.revision, ...data }),
    );

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
    command,

    /** One request as it is, for who wants to see the answer. */
    async ask(method, path, body, key = randomUUID()) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const request = { method, headers: { ...headers, 'idempotency-key': key } };
      const response = await reach(path, { ...request, body: body && JSON.stringify(body) });
      return { status: response.status, body: await response.json() };
    },

    /** Of the session, by which it may do all that the phone may. */
    get token() {
      return token;
    },

    get view() {
      return view;
    },

    /** From entry to the to-dos. */
    async verify() {
      await phone.enter('face');
      await phone.face();
      await phone.afterFace();
    },

    /** A face check from its beginning to its result. */
    async face(expected) {
      await phone.startFace();
      await phone.passFace(expected);
    },

    /** Own bank card, where one is asked for, and the picture: to the to-dos. */
    async afterFace() {
      if (view.step === 'bank-card') await phone.submitCard('portrait');
      await phone.confirmPortrait('to-dos');
    },

    /** One to-do from its details to the signature. */
    async signToDo(toDo) {
      await phone.confirm(toDo);
      await phone.face('signing');
      await phone.sign(toDo, 'completed');
    },

    async close() {
      await command('close', 'close', {}, 'closed');
    },

    /** @param scope `auth_user` once the person has agreed that Alipay tells who they are */
    async signIn(scope = 'auth_base') {
      const begun = performance.now();
      await beforeCommand('sign-in');
      token = undefined;
      for (let left = 5; !token; left -= 1) {
        const code = await sandbox('/admin/auth-codes', { account: person.account, scope });
        const { authCode } = await code.json();
        const answer = await call('POST', '/api/sessions', { channel: 'alipay', authCode }).catch(
          (error) => error,
        );
        if (answer instanceof Error && (left === 0 || answer.code !== 'auth_code_invalid')) throw answer;
        // A code is good once; if the answer to it was lost, there is another.
        ({ token } = answer);
      }
      say(`${person.account} signs in, ${scope}`, performance.now() - begun);
    },

    /** Has Alipay fill in a resident ID card. @returns the handle to enter by */
    async authorize() {
      await phone.signIn('auth_user');
      const begun = performance.now();
      const { handle, name, number } = await call('GET', '/api/authorized-identity', undefined, {
        retries: 0,
      });
      say(`filled in: ${name}, ${number}`, performance.now() - begun);
      return handle;
    },

    /**
     * @param inPerson 「不刷脸，到窗口办理」 instead of 【查看待办事项】
     * @param authorizedIdentity a handle in place of name and number
     */
    async enter(expected, { inPerson = false, authorizedIdentity } = {}) {
      const agreed = [await consentTo('personal-information')];
      if (!inPerson) agreed.push(await consentTo('bank-card-notice'));
      const body = {
        ...(authorizedIdentity
          ? { authorizedIdentity }
          : { name: person.name, documentNumber: person.document.number }),
        documentType: person.document.type,
        validUntil: person.document.validUntil,
        issuingCountry: person.document.issuingCountry,
        consents: agreed,
        ...(inPerson && { inPerson }),
      };
      await step('name, document, notices read', expected, 'entry', () =>
        call('POST', '/api/journeys', body),
      );
    },

    async startFace(expected) {
      const consent = await consentTo('face-check');
      await command('【同意协议并认证】', 'face-checks', { consent }, expected);
    },

    /** Opens the vendor's page, as the phone would, and passes. */
    async passFace(expected) {
      const { certifyId, url } = view.faceCheck;
      const page = await fetch(url);
      if (!page.ok || !(await page.text()).includes('刷脸核验'))
        throw new PhoneError("The vendor's page does not open.");
      await sandbox(new URL(page.url).pathname, 'outcome=pass', {
        'content-type': 'application/x-www-form-urlencoded',
      });
      await command('face passed on the vendor’s page', `face-checks/${certifyId}/result`, {}, expected);
    },

    async submitCard(expected) {
      const data = { cardNumber: person.bankCards[0].number, consent: await consentTo('bank-card-check') };
      await command('own bank card', 'bank-card-checks', data, expected);
    },

    async confirmPortrait(expected) {
      const begun = performance.now();
      const headers = { authorization: `Bearer ${token}` };
      const picture = await reach(`${at()}/portrait`, { headers });
      const bytes = (await picture.arrayBuffer()).byteLength;
      say(`portrait, ${picture.headers.get('content-type')}, ${bytes} bytes`, performance.now() - begun);
      await command('【查看待办事项】', 'portrait-review', { decision: 'confirm' }, expected);
    },

    async askInPerson(expected = 'stuck') {
      await command('「不刷脸，到窗口办理」', 'in-person', {}, expected);
    },

    /** What the phone shows at the window. */
    async windowCode() {
      const { code } = await call('POST', `${at()}/window-code`, {});
      say(`the phone shows a code of ${code.length} characters`);
      return code;
    },

    async decline(expected) {
      await command('【暂不认证】', 'declination', {}, expected);
    },

    async back(expected) {
      await command('back', 'back', {}, expected);
    },

    /** 「这不是我办的」 */
    async refuse({ toDoId }, expected) {
      await command('「这不是我办的」', `to-dos/${toDoId}/refusal`, { reason: 'not-me' }, expected);
    },

    async cancel({ toDoId }, expected) {
      await command('【取消】', `to-dos/${toDoId}/cancellation`, {}, expected);
    },

    async reEnter(expected) {
      await command('【重新录入】', 'portrait-review', { decision: 're-enter' }, expected);
    },

    /** How the vendor's calls go for this person from now on, by the sandbox's name for it. */
    async meet(scenario) {
      await sandbox('/admin/scenarios', { account: person.account, scenario });
      say(`— Alipay's sandbox: ${scenario} —`);
    },

    async toDos() {
      const begun = performance.now();
      const { toDos } = await call('GET', `${at()}/to-dos`);
      say(`${toDos.length} to-dos`, performance.now() - begun);
      return toDos;
    },

    /** One that is listed no more and can still be asked for. */
    async lateToDo() {
      const { toDos } = await call('GET', `${at()}/to-dos?tab=past`);
      const late = toDos.find(({ reIssue }) => reIssue?.askable);
      if (!late) throw new PhoneError('Nothing is there to be asked for.');
      return late;
    },

    /** @param code what the person is told about it */
    async askForReissue({ toDoId }, code) {
      await command('申请重新推送', `to-dos/${toDoId}/re-issue`, {}, 'to-dos');
      const told = view.notices.map((notice) => notice.code);
      if (!told.includes(code)) throw new PhoneError(`The notice should be ${code}.`);
    },

    async confirm({ toDoId }) {
      const begun = performance.now();
      const details = await call('GET', `${at()}/to-dos/${toDoId}`);
      const roles = details.roles.map(({ name }) => name).join('、');
      say(`${details.entity}，${details.kind.name}，${roles}`, performance.now() - begun);
      await command(
        '【确认】 below the details',
        `to-dos/${toDoId}/confirmation`,
        { textHash: details.textHash },
        'matter-face',
      );
    },

    async sign({ toDoId }, expected) {
      await command('signature, 【确认】', `to-dos/${toDoId}/signature`, { ...scribble() }, expected);
    },

    async look(expected) {
      await step('looking again', expected, 'look', () => call('GET', at()));
    },

    async gateway(mode) {
      await sandbox('/admin/mode', { mode });
      say(`— the vendor's gateway is ${mode} —`);
    },

    /** Waits until the registration system was told, and has verified and acknowledged it. */
    async expectCallback(event, evidence, externalId) {
      const begun = performance.now();
      const isTold = async () => {
        const { verified } = await (await fetch(`${urls.registrySandbox}/admin/callbacks`)).json();
        return verified.some(
          ({ event: told, body }) =>
            told === event &&
            body.evidence === evidence &&
            (externalId === undefined || body.matter.externalId === externalId),
        );
      };
      if (!(await until(isTold, CALLBACK_MS))) throw new PhoneError(`No callback ${event} has arrived.`);
      say(
        `the registration system verified and acknowledged ${event}${evidence ? `, evidence ${evidence}` : ''}`,
        performance.now() - begun,
      );
    },

    /** Waits until the message about this evidence is in the person's Alipay. */
    async expectMessage(evidence) {
      const begun = performance.now();
      const isThere = async () => {
        const messages = await (await fetch(`${urls.alipaySandbox}/admin/messages`)).json();
        return messages.some(
          ({ account, data }) => account === person.account && data.keyword1.value === evidence,
        );
      };
      if (!(await until(isThere, CALLBACK_MS))) throw new PhoneError('No message has arrived.');
      say(`Alipay has told the person of evidence ${evidence}`, performance.now() - begun);
    },
  };
  return phone;
}

/** Two characters' worth of strokes on a pad of 600 by 300. */
function scribble() {
  let begun = 0;
  const stroke = (x, y, dx, dy) => {
    begun += 300;
    return Array.from({ length: 12 }, (_, at) => [
      x + dx * at,
      y + dy * at + Math.sin(at) * 6,
      begun + at * 16,
    ]);
  };
  const strokes = [
    ...[stroke(100, 80, 14, 0), stroke(180, 40, 0, 18), stroke(180, 120, -7, 10), stroke(180, 120, 7, 10)],
    ...[stroke(340, 80, 14, 1), stroke(340, 140, 14, 0), stroke(420, 40, -1, 18)],
  ];
  return { strokes, width: 600, height: 300 };
}
