import { goOn } from '../drivers/go-on.mjs';
import { createPhone } from '../drivers/phone.mjs';

/**
 * @import { Urls } from '../../scripts/stack.mjs'
 * @import { Person } from '../fixtures/persons.mjs'
 */

/** @typedef {ReturnType<typeof createTally>} Tally */
/** A journey from sign-in to close. @typedef {{ person: Person, urls: Urls, tally: Tally, onTap?: () => void, random?: () => number }} Walk */

/** A person reads before the next tap. */
const THINKS_MS = 6_000;

/** What phones got, all together. */
export function createTally() {
  const tally = {
    complete: 0,
    taps: 0,
    slowestMs: 0,
    /** Answers that asked for the same request again. */
    waits: 0,
    lost: 0,
    /** @type {string[]} */
    unreadable: [],
    /** @type {string[]} */
    failed: [],
    /** @type {import('../drivers/api-session.mjs').OnAnswer} */
    onAnswer(answer, question) {
      if (answer === 'lost') tally.lost += 1;
      else if (answer === 'unreadable') tally.unreadable.push(question);
      else if (answer === 202 || answer === 503) tally.waits += 1;
    },
  };
  return tally;
}

/**
 * One person from sign-in to the end, whatever happens to the servers meanwhile.
 * @param {Walk} walk
 */
export async function walk({ person, urls, tally, onTap = () => undefined, random = Math.random }) {
  const phone = createPhone({
    urls,
    person,
    onAnswer: tally.onAnswer,
    beforeCommand: onTap,
    say(_, ms, name) {
      if (name === undefined || ms === undefined) return;
      tally.taps += 1;
      tally.slowestMs = Math.max(tally.slowestMs, ms);
    },
  });
  const thinks = () => new Promise((resolve) => setTimeout(resolve, random() * THINKS_MS));
  try {
    await phone.signIn();
    await thinks();
    await phone.enter();
    const stuck = () => Promise.reject(new Error(`stuck by ${phone.view.stuck?.cause}`));
    const signed = await goOn(phone, stuck, async () => void (await thinks()));
    if (!signed) throw new Error('nothing was signed');
    tally.complete += 1;
    return phone.view.id;
  } catch (error) {
    tally.failed.push(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
