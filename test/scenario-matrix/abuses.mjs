// Abuses of a person's identity, one by one. Each returns what is wrong in the end: nothing, if the abuse had no effect.
import { createClerks } from '../drivers/clerks.mjs';
import { createPhone } from '../drivers/phone.mjs';
import { pushMatter } from '../drivers/matter.mjs';
import { matterOf } from '../fixtures/persons.mjs';

/**
 * @import { AnyBody, ToDo } from '../drivers/api-types.ts'
 * @import { Clerks } from '../drivers/clerks.mjs'
 * @import { Phone, PhoneUrls } from '../drivers/phone.mjs'
 * @import { Person } from '../fixtures/persons.mjs'
 * @import { Urls } from '../../scripts/stack.mjs'
 */

/**
 * @typedef Stage
 * @property {Urls} urls
 * @property {[Person, Person, Person, Person]} persons who don't know of each other, the last with a residence permit
 * @property {string} externalId of the abuse's own matters
 */

/** Everything of a response that could tell one person from another. @param {{ status: number, body: AnyBody }} response */
const shape = ({ status, body }) => {
  const { step, allowed, notices, stuck, attempts, error } = body;
  return JSON.stringify({
    status,
    step,
    allowed,
    codes: notices?.map(({ code }) => code),
    stuck: stuck?.cause,
    left: attempts?.left,
    code: error?.code,
  });
};

/**
 * @param {string} what
 * @param {unknown} found
 * @param {unknown} expected
 */
const differs = (what, found, expected) =>
  JSON.stringify(found) === JSON.stringify(expected)
    ? []
    : [`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`];

/**
 * @param {Phone} phone
 * @param {Person} person
 */
const entryOn = async (phone, { name, document, bankCards }) => ({
  name,
  documentType: document.type,
  documentNumber: document.number,
  ...(document.validUntil && { validUntil: document.validUntil }),
  consents: [
    await phone.consentTo('personal-information'),
    ...(bankCards.length > 0 ? [await phone.consentTo('bank-card-notice')] : []),
  ],
});

/**
 * A stranger's phone enters the victim's name and number and chooses the window; clerks then accept what proves the victim.
 * @param {Stage} stage
 * @param {(scene: { clerks: Clerks, journey: string, own: Phone }) => Promise<void>} accept gets the stranger's journey and the victim's
 *   own phone
 * @returns why clerks could not accept, the status of the list of to-dos on the stranger's phone, and how many wait for the victim
 */
async function strangerAtWindow(stage, accept) {
  const [victim, stranger] = stage.persons;
  await pushMatter(stage.urls.registrySandbox, stage.externalId, matterOf(victim));
  const phone = await signedIn(stage, stranger);
  const { body } = await phone.request('POST', '/api/journeys', {
    ...(await entryOn(phone, victim)),
    inPerson: true,
  });
  // The stranger's phone shows a code too, as the page does.
  await phone.request('POST', `/api/journeys/${body.id}/window-code`, {});
  const own = await signedIn(stage, victim);
  const clerks = createClerks({ urls: stage.urls });
  const journey = entered(body);
  const refused = await accept({ clerks, journey, own }).then(
    () => undefined,
    ({ code }) => code,
  );
  const path = `/api/journeys/${journey}`;
  const listed = await phone.request('GET', `${path}/to-dos`);
  const [toDo] = listed.body.toDos ?? [];
  const { revision } = (await phone.request('GET', path)).body;
  const command = { revision, reason: 'not-me' };
  if (toDo) await phone.request('POST', `${path}/to-dos/${toDo.toDoId}/refusal`, command);
  if (own.hasEntered) await own.close();
  await own.verify();
  const toDos = await own.toDos();
  return { refused, listed: listed.status, stillWaiting: toDos.length };
}

/** The id of the journey that a response shows. @param {AnyBody} body */
function entered({ id }) {
  if (id === undefined) throw new Error('No journey was entered.');
  return id;
}

/** @type {Record<string, (stage: Stage) => Promise<string[]>>} */
export const abuses = {
  async 'another account enters the same name and number: it learns nothing and touches nothing'(stage) {
    const [victim, stranger] = stage.persons;
    const { phone } = await atToDos(stage, victim);
    const other = await signedIn(stage, stranger);
    const known = await other.request('POST', '/api/journeys', await entryOn(other, victim));
    const nobody = { ...victim, document: { ...victim.document, number: stage.persons[2].document.number } };
    const unknown = await other.request('POST', '/api/journeys', await entryOn(other, nobody));
    const before = phone.view;
    await phone.look('to-dos');
    return [
      ...differs('answers', shape(known), shape(unknown)),
      ...differs('step', known.body.step, 'closed'),
      ...differs('the victim’s revision', phone.view.revision, before.revision),
    ];
  },

  async 'a stranger at the window in the name of somebody whom clerks see there: no to-do is shown or refused'(
    stage,
  ) {
    const outcome = await strangerAtWindow(stage, ({ clerks, journey }) => clerks.accept(journey));
    return differs('outcome', outcome, { refused: 'invalid', listed: 409, stillWaiting: 1 });
  },

  async 'a stranger at the window, where clerks type the code of the phone before them: it is another phone’s'(
    stage,
  ) {
    const outcome = await strangerAtWindow(stage, async ({ clerks, journey, own }) => {
      await own.enter('stuck', { inPerson: true });
      await clerks.accept(journey, 'on-site', { windowCode: await own.windowCode() });
    });
    return differs('outcome', outcome, { refused: 'window_code_wrong', listed: 409, stillWaiting: 1 });
  },

  async 'a stranger in the name of somebody whose papers come by post: no to-do is shown or refused'(stage) {
    const outcome = await strangerAtWindow(stage, ({ clerks, journey }) =>
      clerks.accept(journey, 'notarised'),
    );
    return differs('outcome', outcome, { listed: 409, stillWaiting: 1 });
  },

  async 'another account enters the same residence permit: its attempts are its own, whatever the holder fails'(
    stage,
  ) {
    const [stranger, , , holder] = stage.persons;
    const { phone, toDo } = await atToDos(stage, holder);
    const other = await signedIn(stage, stranger);
    const entered = await other.request('POST', '/api/journeys', await entryOn(other, holder));
    await phone.confirm(toDo);
    await phone.meet('not-same-person');
    await phone.face('face-failed');
    const looked = await other.request('GET', `/api/journeys/${entered.body.id}`);
    return [
      ...differs('step', entered.body.step, 'face'),
      ...differs('answers', shape(looked), shape(entered)),
    ];
  },

  async 'a second session of the same account sees nothing of what the first one verified'(stage) {
    const [victim] = stage.persons;
    const { phone } = await atToDos(stage, victim);
    const second = await signedIn(stage, victim);
    const path = `/api/journeys/${phone.view.id}`;
    const looks = [
      await second.request('GET', path),
      await second.request('GET', `${path}/to-dos`),
      await second.request('GET', `${path}/portrait`),
      await second.request('POST', `${path}/close`, { revision: phone.view.revision }),
      await second.request('GET', '/api/journeys/current'),
    ];
    const entered = await second.request('POST', '/api/journeys', await entryOn(second, victim));
    const first = await phone.request('GET', path);
    return [
      ...differs(
        'looks',
        looks.map(({ status }) => status),
        [404, 404, 404, 404, 404],
      ),
      ...differs('the second begins with', entered.body.step, 'face'),
      ...differs('the first is told', first.status, 404),
    ];
  },

  async 'a borrowed phone at the to-dos can’t sign: the face of the matter is the holder’s'(stage) {
    const { phone, toDo } = await atToDos(stage, stage.persons[0]);
    await phone.confirm(toDo);
    await phone.meet('not-same-person');
    await phone.face('face-failed');
    const signed = await phone.request(
      'POST',
      `/api/journeys/${phone.view.id}/to-dos/${toDo.toDoId}/signature`,
      {
        revision: phone.view.revision,
        strokes: [[[1, 1, 0]]],
        width: 100,
        height: 100,
        liabilityVersion: '2026-3',
      },
    );
    return differs('signing', [signed.status, signed.body.error?.code], [409, 'not_allowed_now']);
  },

  async 'a face check that was passed before is no face check for a matter'(stage) {
    const [person] = stage.persons;
    await pushMatter(stage.urls.registrySandbox, stage.externalId, matterOf(person));
    const phone = await signedIn(stage, person);
    await phone.enter('face');
    await phone.startFace('face');
    const { certifyId } = phone.faceCheck;
    await phone.passFace();
    await phone.afterFace();
    const toDo = await phone.firstToDo();
    await phone.confirm(toDo);
    await phone.reportFace('replayed', certifyId, 'matter-face');
    return differs(
      'notices',
      phone.view.notices.map(({ code }) => code),
      ['face_check_void'],
    );
  },

  async 'a face check of somebody else is not found'(stage) {
    const own = await signedIn(stage, stage.persons[0]);
    await own.enter('face');
    await own.startFace('face');
    const other = await signedIn(stage, stage.persons[1]);
    await other.enter('face');
    await other.startFace('face');
    const path = `/api/journeys/${own.view.id}/face-checks/${other.faceCheck.certifyId}/result`;
    const answer = await own.request('POST', path, { revision: own.view.revision });
    return differs('status', answer.status, 404);
  },

  async 'that a phone says it passed proves nothing'(stage) {
    const phone = await signedIn(stage, stage.persons[0]);
    await phone.enter('face');
    await phone.startFace('face');
    // Alipay calls a check that nobody has begun "not passed": saying so costs the account an attempt.
    await phone.reportFace('forged', phone.faceCheck.certifyId, 'face-failed');
    return differs(
      'allowed',
      phone.view.allowed.filter((command) => command === 'confirm-portrait' || command === 'submit-card'),
      [],
    );
  },

  async 'a text that changed after it was shown can’t be confirmed'(stage) {
    const { phone, toDo } = await atToDos(stage, stage.persons[0]);
    await pushAgain(stage, 2);
    await confirmOtherText(phone, toDo);
    return differs(
      'notices',
      phone.view.notices.map(({ code }) => code),
      ['matter_closed'],
    );
  },

  async 'a text that changed after the face check can’t be signed'(stage) {
    const { phone, toDo } = await atToDos(stage, stage.persons[0]);
    await phone.confirm(toDo);
    await phone.face('signing');
    await pushAgain(stage, 2);
    await phone.sign(toDo, 'to-dos');
    return differs(
      'notices',
      phone.view.notices.map(({ code }) => code),
      ['matter_closed'],
    );
  },

  async 'another text hash than the one that was shown is refused'(stage) {
    const { phone, toDo } = await atToDos(stage, stage.persons[0]);
    await confirmOtherText(phone, toDo);
    return differs(
      'notices',
      phone.view.notices.map(({ code }) => code),
      ['matter_changed'],
    );
  },

  async 'answers don’t tell whether a to-do exists'(stage) {
    const { phone } = await atToDos(stage, stage.persons[0]);
    const other = await atToDos({ ...stage, externalId: `${stage.externalId}-other` }, stage.persons[1]);
    const path = `/api/journeys/${phone.view.id}/to-dos`;
    const [theirs, none] = [other.toDo.toDoId, '00000000-0000-4000-8000-000000000000'];
    const command = { revision: phone.view.revision, textHash: 'a'.repeat(64) };
    const lookAtTheirs = await phone.request('GET', `${path}/${theirs}`);
    const lookAtNone = await phone.request('GET', `${path}/${none}`);
    const first = await phone.request('POST', `${path}/${theirs}/confirmation`, command);
    const second = await phone.request('POST', `${path}/${none}/confirmation`, {
      ...command,
      revision: first.body.revision,
    });
    return [
      ...differs('looking', shape(lookAtTheirs), shape(lookAtNone)),
      ...differs('answers', shape(first), shape(second)),
    ];
  },

  async 'before the face is passed nothing is told of to-dos'(stage) {
    const [person] = stage.persons;
    await pushMatter(stage.urls.registrySandbox, stage.externalId, matterOf(person));
    const phone = await signedIn(stage, person);
    await phone.enter('face');
    const empty = await signedIn(stage, stage.persons[1]);
    await empty.enter('face');
    const withToDo = await phone.request('GET', `/api/journeys/${phone.view.id}/to-dos`);
    const withNone = await empty.request('GET', `/api/journeys/${empty.view.id}/to-dos`);
    return [
      ...differs('answers', shape(withToDo), shape(withNone)),
      ...differs('status', withToDo.status, 409),
    ];
  },

  async 'two phones that send a command at once: one is done, the other is told that the step has moved on'(
    stage,
  ) {
    const phone = await signedIn(stage, stage.persons[0]);
    await phone.enter('face');
    const body = { revision: phone.view.revision, consent: await phone.consentTo('face-check') };
    const path = `/api/journeys/${phone.view.id}/face-checks`;
    const responses = await Promise.all([
      phone.request('POST', path, body),
      phone.request('POST', path, body),
    ]);
    const codes = responses.map(({ status, body: { error } }) => error?.code ?? status).sort();
    return ['busy', 'stale'].some((code) => JSON.stringify(codes) === JSON.stringify([200, code]))
      ? []
      : [`the two are answered ${JSON.stringify(codes)}`];
  },

  async 'the same command twice is one command'(stage) {
    const phone = await signedIn(stage, stage.persons[0]);
    await phone.enter('face');
    const body = { revision: phone.view.revision, consent: await phone.consentTo('face-check') };
    const path = `/api/journeys/${phone.view.id}/face-checks`;
    const respond = async () => {
      const { status, body: answer } = await phone.request('POST', path, body, 'command');
      // The address of the vendor's page is signed anew for each response, with the second in which that is.
      return { status, body: { ...answer, faceCheck: answer.faceCheck?.certifyId } };
    };
    return differs('answers', await respond(), await respond());
  },

  async '【重新录入】 voids what was captured'(stage) {
    const phone = await signedIn(stage, stage.persons[0]);
    await phone.enter('face');
    await phone.face('bank-card');
    await phone.submitCard('portrait');
    await phone.reEnter('closed');
    const portrait = await phone.request('GET', `/api/journeys/${phone.view.id}/portrait`);
    await phone.enter('face');
    return differs('the picture', portrait.status, 404);
  },
};

/**
 * @param {Stage} stage
 * @param {Person} person
 */
async function signedIn({ urls }, person) {
  const phone = createPhone({ urls, person });
  await phone.meet('all-well');
  await phone.signIn();
  return phone;
}

/**
 * @param {Stage} stage
 * @param {Person} person
 */
async function atToDos(stage, person) {
  await pushMatter(stage.urls.registrySandbox, stage.externalId, matterOf(person));
  const phone = await signedIn(stage, person);
  await phone.verify();
  const toDo = await phone.firstToDo();
  return { phone, toDo };
}

/**
 * The phone sends the hash of a text that nobody was shown.
 * @param {Phone} phone
 * @param {ToDo} toDo
 */
async function confirmOtherText(phone, { toDoId }) {
  const body = { textHash: 'a'.repeat(64) };
  await phone.command('【确认】', 'to-dos/{toDoId}/confirmation', body, 'to-dos', { toDoId });
}

/**
 * @param {Stage} stage
 * @param {number} version
 */
async function pushAgain({ urls, externalId, persons: [person] }, version) {
  const matter = matterOf(person);
  const entity = { name: `${matter.entity.name}（新）` };
  await pushMatter(urls.registrySandbox, externalId, { ...matter, version, entity });
}
