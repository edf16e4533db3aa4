// Each way in which a journey can go, as people and clerks go it: for `npm run demo -- --scenario NAME`, and for the table of
// test/scenario-matrix/, which lists the result of each.

/**
 * @import { DocumentType } from '../../domain/documents.ts'
 * @import { ScenarioName } from '../../sandbox/alipay/scenarios.ts'
 * @import { Person } from '../fixtures/persons.mjs'
 * @import { Clerks } from './clerks.mjs'
 * @import { Matter } from './matter.mjs'
 * @import { Phone } from './phone.mjs'
 */

/**
 * @typedef Actors
 * @property {Phone} phone
 * @property {Clerks} clerks
 * @property {Person} person
 * @property {Matter} matter the one that waits for the person
 */

/**
 * @typedef Scenario
 * @property {string} about in one sentence
 * @property {DocumentType} [document] that the person must have, where it is not a resident ID card
 * @property {ScenarioName} [alipay] the sandbox's scenario for the person from the beginning
 * @property {(actors: Actors) => Promise<string | void>} run returns the journey's id where it is not the phone's
 */

/** @param {Pick<Actors, 'phone'>} actors */
async function untilLockedOut({ phone }) {
  await phone.enter('face');
  for (let left = 20; phone.view.step !== 'stuck'; left -= 1) {
    if (left === 0) throw new Error('Nobody is ever locked out.');
    await phone.startFace();
    if (phone.view.faceCheck) await phone.passFace();
  }
}

/** @param {Phone} phone */
async function toMatterFace(phone) {
  await phone.verify();
  const toDo = await phone.firstToDo();
  await phone.confirm(toDo);
  return toDo;
}

/** @param {Phone} phone */
async function signFirst(phone) {
  await phone.signToDo(await phone.firstToDo());
}

/** @type {Record<string, Scenario>} */
export const scenarios = {
  happy: {
    about: 'From entry to the signature, and what the registration system and the person are told.',
    async run({ phone }) {
      await phone.verify();
      await signFirst(phone);
      const { evidenceNumber } = phone;
      await phone.expectCallback('confirmation.confirmed', evidenceNumber);
      await phone.expectMessage(evidenceNumber);
      await phone.close();
    },
  },
  'portrait-not-archived': {
    about: 'The person signs, and does not agree to the archiving of the portrait.',
    async run({ phone }) {
      const toDo = await toMatterFace(phone);
      await phone.startFace(undefined, { archives: false });
      await phone.passFace('signing');
      await phone.sign(toDo, 'completed');
      const { portraitUntil } = await phone.expectCallback('confirmation.confirmed', phone.evidenceNumber);
      if (portraitUntil !== undefined) throw new Error('The registration system is offered the portrait.');
    },
  },
  'filled-in': {
    about: 'The person lets Alipay fill in name and number.',
    async run({ phone }) {
      await phone.enter('face', { authorizedIdentity: await phone.authorize() });
      await phone.face();
      await phone.afterFace();
    },
  },
  'not-filled-in': {
    about: 'The account is not certified, so Alipay fills in nothing: the person types.',
    alipay: 'not-certified',
    async run({ phone }) {
      const error = await phone.authorize().catch((reason) => reason);
      if (error?.code !== 'identity_not_authorized') throw new Error('Something was filled in.');
      await phone.verify();
    },
  },
  'too-late': {
    about:
      'The to-do is no longer listed: the person requests a re-issue, which is reported once, and signs what is pushed again.',
    async run({ phone, matter }) {
      await phone.verify();
      await matter.letDaysPass(8);
      const late = await phone.lateToDo();
      await phone.askForReissue(late, 'reissue_requested');
      await phone.askForReissue(late, 'reissue_requested_already');
      await phone.expectCallback('reissue.requested', undefined, matter.externalId);
      await matter.reissue();
      await signFirst(phone);
    },
  },
  invited: {
    about: 'The to-do is no longer listed, and an invitation still opens it.',
    async run({ phone, matter }) {
      await phone.verify();
      await matter.letDaysPass(29);
      await phone.signToDo(await phone.openInvitation(await matter.invitation()));
    },
  },
  'poor-light': {
    about: 'The first picture is too dark; the second passes.',
    alipay: 'poor-picture-first',
    async run({ phone }) {
      await phone.enter('face');
      await phone.face('face-failed');
      await phone.face();
      await phone.afterFace();
    },
  },
  'no-reason': {
    about: 'The vendor gives no reason: all three pieces of advice; the person gives up.',
    alipay: 'no-reason',
    async run({ phone }) {
      await phone.enter('face');
      await phone.face('face-failed');
      await phone.decline('closed');
    },
  },
  attack: {
    about: 'The vendor reports an attack: the check has failed, and nothing says why.',
    alipay: 'attack',
    async run({ phone }) {
      await phone.enter('face');
      await phone.face('face-failed');
      await phone.decline('closed');
    },
  },
  'left-and-back': {
    about: 'The person leaves the vendor’s page and goes on with the same check.',
    alipay: 'leaves-first',
    async run({ phone }) {
      await phone.enter('face');
      await phone.face('face');
      await phone.passFace();
      await phone.afterFace();
    },
  },
  expired: {
    about: 'A face check expires before it is used: it costs nothing, and there is another.',
    alipay: 'expires-first',
    async run({ phone }) {
      await phone.enter('face');
      await phone.face('face');
      await phone.face();
      await phone.afterFace();
    },
  },
  'service-trouble': {
    about: 'The face service itself fails: it costs nothing.',
    alipay: 'service-trouble-first',
    async run({ phone }) {
      await phone.enter('face');
      await phone.face('face-failed');
      await phone.face();
      await phone.afterFace();
    },
  },
  'locked-out': {
    about: 'Not the same person, until all attempts are used up: waits for midnight, or for a clerk.',
    alipay: 'not-same-person',
    run: untilLockedOut,
  },
  'attempts-granted': {
    about: 'All attempts are used up; a clerk grants one more, which passes.',
    alipay: 'not-same-person',
    async run({ phone, clerks }) {
      await untilLockedOut({ phone });
      await clerks.decide(phone.view.id, 'grant-attempts', { attempts: 1 });
      await phone.meet('all-well');
      await phone.look('face');
      await phone.face();
      await phone.afterFace();
    },
  },
  'no-photo-on-record': {
    about: 'The authority has no photo of the person: two clerks accept what they saw at the window.',
    alipay: 'no-source-photo',
    async run({ phone, clerks }) {
      await phone.enter('face');
      await phone.face('stuck');
      await clerks.acceptWithPhone(phone);
      await phone.look('to-dos');
    },
  },
  undecidable: {
    about: 'The vendor can’t tell; a clerk has it tried again.',
    alipay: 'undecidable-first',
    async run({ phone, clerks }) {
      await phone.enter('face');
      await phone.face('stuck');
      await clerks.decide(phone.view.id, 'retry');
      await phone.look('face');
      await phone.face();
      await phone.afterFace();
    },
  },
  'unknown-reason': {
    about: 'The vendor gives a reason that nobody knows; a clerk rejects.',
    alipay: 'unknown-reason',
    async run({ phone, clerks }) {
      await phone.enter('face');
      await phone.face('stuck');
      await clerks.decide(phone.view.id, 'reject');
      await phone.look('closed');
    },
  },
  'contract-refused': {
    about: 'The vendor refuses the call for good; a clerk closes the journey.',
    alipay: 'contract-refused',
    async run({ phone, clerks }) {
      await phone.enter('face');
      await phone.startFace('stuck');
      await clerks.decide(phone.view.id, 'close');
      await phone.look('closed');
    },
  },
  'gateway-down': {
    about: 'The vendor is away when the matter’s face check is to begin: stuck, until a clerk retries.',
    async run({ phone, clerks }) {
      const toDo = await toMatterFace(phone);
      await phone.gateway('down');
      try {
        await phone.startFace('stuck');
      } finally {
        await phone.gateway('up');
      }
      await clerks.decide(phone.view.id, 'retry');
      await phone.look('matter-face');
      await phone.face('signing');
      await phone.sign(toDo, 'completed');
      await phone.close();
    },
  },
  'no-picture': {
    about: 'The vendor returns no picture: the journey goes on without.',
    alipay: 'no-picture',
    async run({ phone }) {
      await phone.verify();
      await signFirst(phone);
    },
  },
  'no-check-online': {
    about: 'For a document without an online check the journey goes straight to the window.',
    document: 'foreign-passport',
    async run({ phone, clerks }) {
      await phone.enter('stuck');
      await clerks.acceptWithPhone(phone);
      await phone.look('to-dos');
    },
  },
  window: {
    about: 'Without a face from the entry on: the phone’s code at the window, and a paper signed there.',
    async run({ phone, clerks }) {
      await phone.enter('stuck', { inPerson: true });
      await clerks.acceptWithPhone(phone);
      await phone.look('to-dos');
      const toDo = await phone.firstToDo();
      await phone.confirm(toDo);
      await phone.askInPerson();
      await clerks.accept(phone.view.id);
      await phone.look('completed');
    },
  },
  'by-post': {
    about:
      'A notarised document sent by post proves no phone: it ends online, and the person signs on paper.',
    async run({ phone, clerks, matter }) {
      await phone.enter('stuck', { inPerson: true });
      await clerks.accept(phone.view.id, 'notarised');
      await phone.look('closed');
      const { id } = await clerks.openOnSite(matter.registry, matter.externalId);
      await clerks.accept(id, 'notarised');
    },
  },
  'window-and-back': {
    about: 'The person chooses the window, goes back, and passes the face check.',
    async run({ phone }) {
      await phone.enter('face');
      await phone.askInPerson();
      await phone.goOnline('face');
      await phone.face();
      await phone.afterFace();
    },
  },
  'declined-by-second-clerk': {
    about: 'What one clerk proposes, the second declines: the journey goes on waiting.',
    async run({ phone, clerks }) {
      await phone.enter('stuck', { inPerson: true });
      await clerks.acceptWithPhone(phone, 'decline');
      await phone.look('stuck');
    },
  },
  'window-rejected': {
    about: 'At the window the person can’t show who they are: a clerk rejects.',
    async run({ phone, clerks }) {
      await phone.enter('stuck', { inPerson: true });
      await clerks.decide(phone.view.id, 'reject');
      await phone.look('closed');
    },
  },
  'window-given-up': {
    about: 'The person chose the window and gives up.',
    async run({ phone }) {
      await phone.enter('stuck', { inPerson: true });
      await phone.close();
    },
  },
  'signed-on-paper': {
    about: 'A matter is signed on paper at the window, by a person who passed the first face check.',
    async run({ phone, clerks }) {
      await toMatterFace(phone);
      await phone.askInPerson();
      await clerks.accept(phone.view.id);
      await phone.look('completed');
    },
  },
  'without-phone': {
    about: 'A person without a phone: a clerk opens the confirmation, two clerks accept the signed paper.',
    async run({ clerks, matter }) {
      const { id } = await clerks.openOnSite(matter.registry, matter.externalId);
      await clerks.accept(id);
      return id;
    },
  },
  'not-me': {
    about: '「这不是我办的」: the matter is refused, and the registration system is told.',
    async run({ phone }) {
      await phone.verify();
      const toDo = await phone.firstToDo();
      await phone.refuse(toDo, 'to-dos');
    },
  },
  cancelled: {
    about: '【取消】 on the signing page: this verification is void, the to-do stays.',
    async run({ phone }) {
      const toDo = await toMatterFace(phone);
      await phone.face('signing');
      await phone.cancel(toDo, 'to-dos');
    },
  },
  're-entered': {
    about: '【重新录入】 below the captured picture: all that was captured is void.',
    async run({ phone }) {
      await phone.enter('face');
      await phone.face();
      if (phone.view.step === 'bank-card') await phone.submitCard('portrait');
      await phone.reEnter('closed');
    },
  },
  declined: {
    about: '【暂不认证】: back to the entry.',
    async run({ phone }) {
      await phone.enter('face');
      await phone.decline('closed');
    },
  },
  'not-the-holder': {
    about: 'Name and number are not those of the account: back to the entry.',
    alipay: 'not-the-holder',
    async run({ phone }) {
      await phone.enter('closed');
    },
  },
  'name-corrected': {
    about: 'Systems write the name in several ways: two clerks correct its written form.',
    async run({ phone, clerks, person }) {
      await phone.enter('stuck');
      await clerks.propose(phone.view.id, {
        decision: 'correct-name',
        name: person.nameOnRecord ?? person.name,
      });
      await phone.look('face');
      await phone.face();
      await phone.afterFace();
    },
  },
  'wrong-card': {
    about: 'The first card is not the person’s own.',
    alipay: 'card-mismatch-first',
    async run({ phone }) {
      await phone.enter('face');
      await phone.face('bank-card');
      await phone.submitCard('bank-card');
      await phone.afterFace();
    },
  },
  'cards-used-up': {
    about: 'No card is the person’s own, until all attempts are used up.',
    alipay: 'card-mismatch',
    async run({ phone }) {
      await phone.enter('face');
      await phone.face('bank-card');
      for (let left = 20; phone.view.step === 'bank-card' && left > 0; left -= 1) await phone.submitCard();
    },
  },
  'card-undecidable': {
    about: 'The bank has no record of the card; a clerk has it tried again.',
    alipay: 'card-undecidable-first',
    async run({ phone, clerks }) {
      await phone.enter('face');
      await phone.face('bank-card');
      await phone.submitCard('stuck');
      await clerks.decide(phone.view.id, 'retry');
      await phone.look('bank-card');
      await phone.afterFace();
    },
  },
  'card-unknown-detail': {
    about: 'The bank gives a reason that nobody knows; two clerks accept what they saw.',
    alipay: 'card-unknown-detail',
    async run({ phone, clerks }) {
      await phone.enter('face');
      await phone.face('bank-card');
      await phone.submitCard('stuck');
      await clerks.acceptWithPhone(phone);
      await phone.look('to-dos');
    },
  },
};
