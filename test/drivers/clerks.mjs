import { createClerk } from './clerk.mjs';
import { uploadScan } from './scans.mjs';

/**
 * @import { ClerkJourney, ClerkSession } from './api-types.ts'
 * @import { Clerk } from './clerk.mjs'
 * @import { Phone, Say } from './phone.mjs'
 * @import { Urls } from '../../scripts/stack.mjs'
 * @import { SingleDecision } from '../../domain/decisions.ts'
 */

/** @typedef {ReturnType<typeof createClerks>} Clerks */
/** @typedef {'approve' | 'decline'} Verdict */
/** @typedef {'on-site' | 'notarised'} Acceptance */

/**
 * Proposals by one clerk and reviews by a second.
 * @typedef {(
 *   | { decision: 'accept', acceptance: Acceptance, paperHash: string, seen: object, windowCode?: string }
 *   | { decision: 'correct-name', name: string }
 * )} Proposed
 */

/** The reason that is given, by what is decided. */
const reasons = {
  retry: 'check-once-more',
  'grant-attempts': 'person-identified',
  reject: 'identity-not-shown',
  close: 'person-asks',
  accept: 'online-check-failed',
  'correct-name': 'rare-character',
  approve: 'compared-and-agrees',
  decline: 'does-not-agree',
};
// Nothing was checked where our own work failed.
const ownFaults = ['system-fault', 'data-key-unavailable'];

/**
 * Acts as the demo's clerks: one of them decides and proposes, and the one that the system picks reviews.
 * @param {object} options
 * @param {Pick<Urls, 'api' | 'demo'>} options.urls
 * @param {Say} [options.say]
 */
export function createClerks({ urls, say = () => undefined }) {
  const accounts = urls.demo.clerks.map(({ role, ...account }) => ({
    role,
    client: createClerk({ urls, ...account }),
    /** @type {Promise<ClerkSession> | undefined} */
    signedIn: undefined,
  }));

  /**
   * Signs in once: every sign-in makes a session of its own.
   * @param {(typeof accounts)[number]} account
   */
  async function signedIn(account) {
    account.signedIn ??= account.client.signIn();
    const { clerk } = await account.signedIn;
    return { ...clerk, client: account.client };
  }

  async function decidingClerk() {
    const account = accounts.find(({ role }) => role === 'clerk');
    if (!account) throw new Error('The demo has no clerk who decides.');
    return (await signedIn(account)).client;
  }

  /** @param {string} picked the id of a clerk */
  async function reviewer(picked) {
    for (const account of accounts.filter(({ role }) => role === 'reviewer')) {
      const { id, client } = await signedIn(account);
      if (id === picked) return client;
    }
    throw new Error('The system picked somebody who is not among the clerks of the demo.');
  }

  /**
   * @param {Clerk} client
   * @param {string} journey
   * @returns {Promise<ClerkJourney>}
   */
  const look = async (client, journey) => await client.call('GET', `journeys/${journey}`);

  /**
   * Claims a journey and looks at it, as a clerk's page does when it is opened.
   * @param {Clerk} client
   * @param {string} journey
   */
  const open = async (client, journey) => {
    await client.call('POST', `journeys/${journey}/claim`, {});
    return await look(client, journey);
  };

  const clerks = {
    /** How a journey stands for clerks. @param {string} journey */
    async look(journey) {
      return await look(await decidingClerk(), journey);
    },

    /** What can be decided, and what each decision will do. @param {string} journey */
    async optionsOf(journey) {
      const { stuck } = await clerks.look(journey);
      return stuck?.options ?? [];
    },

    /**
     * One clerk decides about a journey that is stuck.
     * @param {string} journey
     * @param {SingleDecision} decision
     * @param {{ attempts?: number }} [details]
     */
    async decide(journey, decision, details = {}) {
      const client = await decidingClerk();
      const { revision, stuck } = await open(client, journey);
      const isOurs = decision === 'retry' && ownFaults.includes(stuck?.cause ?? '');
      /** @type {ClerkJourney} */
      const view = await client.call('POST', `journeys/${journey}/decisions`, {
        revision,
        decision,
        reason: isOurs ? 'fault-repaired' : reasons[decision],
        ...details,
      });
      say(`a clerk decides: ${decision} → ${view.step}`);
    },

    /**
     * One clerk proposes, and the one whom the system picks approves or declines.
     * @param {string} journey
     * @param {Proposed} proposed
     * @param {Verdict} [verdict]
     */
    async propose(journey, proposed, verdict = 'approve') {
      const client = await decidingClerk();
      const { revision } = await open(client, journey);
      const path = `journeys/${journey}/proposals`;
      /** @type {ClerkJourney} */
      const { proposal } = await client.call('POST', path, {
        revision,
        reason: reasons[proposed.decision],
        ...proposed,
      });
      if (!proposal?.reviewer) throw new Error('The system picked nobody to review the proposal.');
      const second = await reviewer(proposal.reviewer);
      const { revision: current } = await open(second, journey);
      /** @type {ClerkJourney} */
      const view = await second.call('POST', `${path}/${proposal.id}/review`, {
        revision: current,
        verdict,
        reason: reasons[verdict],
      });
      say(`one clerk proposes: ${proposed.decision}; the second: ${verdict} → ${view.step}`);
    },

    /**
     * Two clerks accept a person whom one of them has seen with the document, or a notarised document.
     * @param {string} journey
     * @param {Acceptance} [acceptance]
     * @param {object} [options]
     * @param {string} [options.windowCode] the code on the person's phone, before the to-dos
     * @param {Verdict} [options.verdict]
     */
    async accept(journey, acceptance = 'on-site', { windowCode, verdict } = {}) {
      const client = await decidingClerk();
      const proven = await uploadScan(client, await open(client, journey), acceptance);
      await clerks.propose(
        journey,
        { decision: 'accept', acceptance, ...proven, ...(windowCode && { windowCode }) },
        verdict,
      );
    },

    /**
     * The person is at the window with the phone, and the clerk types the code that it shows.
     * @param {Phone} phone
     * @param {Verdict} [verdict]
     */
    async acceptWithPhone(phone, verdict) {
      const windowCode = await phone.windowCode();
      await clerks.accept(phone.view.id, 'on-site', { windowCode, verdict });
    },

    /**
     * A clerk opens a journey from the matter, for a person without a phone.
     * @param {string} registry
     * @param {string} externalId
     */
    async openOnSite(registry, externalId) {
      const client = await decidingClerk();
      /** @type {{ persons: { toDoId: string }[] }} */
      const {
        persons: [person],
      } = await client.call('GET', `matters/${registry}/${externalId}`);
      if (!person) throw new Error('The matter names no person.');
      /** @type {ClerkJourney} */
      const view = await client.call('POST', `to-dos/${person.toDoId}/on-site`, {});
      say(`a clerk opens the confirmation at the window → ${view.step}`);
      return view;
    },

    /**
     * A clerk answers the complaint with this number.
     * @param {string} number
     * @param {string} text
     */
    async answer(number, text) {
      const client = await decidingClerk();
      /** @type {{ complaints: { id: string, number: string }[] }} */
      const { complaints } = await client.call('GET', 'complaints');
      const complaint = complaints.find((one) => one.number === number);
      if (!complaint) throw new Error('No complaint with this number waits.');
      await client.call('POST', `complaints/${complaint.id}/answer`, { text });
      say('a clerk answers a complaint');
    },
  };
  return clerks;
}
