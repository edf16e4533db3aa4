import { PhoneError } from '../drivers/api-session.mjs';
import { createClerks } from '../drivers/clerks.mjs';
import { goOn } from '../drivers/go-on.mjs';
import { pushMatters } from '../drivers/matter.mjs';
import { createPhone } from '../drivers/phone.mjs';

/**
 * @import { Urls } from '../../scripts/stack.mjs'
 * @import { Phone } from '../drivers/phone.mjs'
 * @import { Person } from '../fixtures/persons.mjs'
 */

const PHONES = 12;
const THINKS_MS = 2_000;
/** So often a person who waits for a clerk looks again. */
const LOOKS_MS = 3_000;
const MAX_LOOKS = 200;

/** People who do what comes to their minds, until they are told to finish. @param {{ urls: Urls, persons: Person[], random: () => number }} options */
export function createActors({ urls, persons, random }) {
  const clerks = createClerks({ urls });
  const tally = { signed: 0, refused: 0, left: 0, gaveUp: 0, retriesByClerks: 0, withdrawn: 0 };
  let isOver = false;
  let pushed = 0;
  const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const thinks = async () => void (await pause(random() * THINKS_MS));

  /** Whoever acts here goes on after any failure: what it led to is judged by others. @param {() => Promise<void>} act */
  async function again(act) {
    while (!isOver && persons.length > 0) {
      await act().catch(() => {
        tally.gaveUp += 1;
        return pause(LOST_MS);
      });
    }
  }

  /** Whole life of one phone. */
  async function phone() {
    const person = persons.shift();
    if (!person) return;
    const externalId = `chaos-${(pushed += 1)}`;
    await pushMatters(urls.registrySandbox, [person], externalId);
    const own = createPhone({ urls, person });
    await own.signIn();
    await thinks();
    await own.enter();
    const mood = random();
    if (mood < 0.1) {
      // This one never comes back.
      tally.left += 1;
    } else if (mood < 0.2) {
      await goToToDos(own);
      await own.refuse(await own.firstToDo());
      tally.refused += 1;
    } else if (await goOn(own, () => beHelped(own), thinks)) tally.signed += 1;
    if (mood > 0.95) {
      const response = await fetch(`${urls.registrySandbox}/admin/withdraw/${externalId}-0`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ version: 1 }),
      });
      if (response.ok) tally.withdrawn += 1;
    }
  }

  /** @param {Phone} own */
  async function goToToDos(own) {
    for (let left = MAX_LOOKS; own.view.step !== 'to-dos'; left -= 1) {
      if (left === 0) throw new PhoneError(`The journey does not get on from ${own.view.step}.`);
      await thinks();
      const { step, faceCheck } = own.view;
      if (step === 'stuck') await beHelped(own);
      else if (step === 'face') await (faceCheck ? own.passFace() : own.startFace());
      else if (step === 'bank-card') await own.submitCard();
      else if (step === 'portrait') await own.confirmPortrait();
      else await own.look();
    }
  }

  /** A clerk finds the journey in the worklist and has the step tried again. @param {Phone} own */
  async function beHelped(own) {
    await pause(LOOKS_MS);
    await clerks.decide(own.view.id, 'retry').then(
      () => (tally.retriesByClerks += 1),
      () => undefined,
    );
    await own.look();
  }

  const acting = Array.from({ length: PHONES }, () => again(phone));
  return {
    /** Lets everybody come to the end of what they do. */
    async finish() {
      isOver = true;
      await Promise.all(acting);
      return tally;
    },
  };
}

const LOST_MS = 500;
