import { createHash } from 'node:crypto';
import { createClerk } from './clerk.mjs';

/** Acts as the demo's clerks: one of them decides and proposes, and the one that the system picks reviews. */
export function createClerks({ urls, say }) {
  const accounts = urls.demo.clerks.map(({ role, ...account }) => ({
    role,
    client: createClerk({ urls, ...account }),
    signedIn: undefined,
  }));

  /** Signs in once: every sign-in is a session of its own. @returns who it is, and the client */
  async function withClient(clerk) {
    clerk.signedIn ??= clerk.client.signIn();
    return { ...(await clerk.signedIn), client: clerk.client };
  }

  async function deciding() {
    const { client } = await withClient(accounts.find(({ role }) => role === 'clerk'));
    return client;
  }

  const look = async (client, journey) => await client.call('GET', `journeys/${journey}`);

  const clerks = {
    /** What one clerk decides about a journey that is stuck. */
    async decide(journey, decision, more = {}) {
      const client = await deciding();
      const { revision } = await look(client, journey);
      const path = `journeys/${journey}/decisions`;
      const view = await client.call('POST', path, { revision, decision, ...more });
      say(`a clerk decides: ${decision} → ${view.step}`);
      return view;
    },

    /** Proposed by one, settled by the one whom the system picks. */
    async propose(journey, proposed, verdict = 'approve') {
      const client = await deciding();
      const { revision } = await look(client, journey);
      const path = `journeys/${journey}/proposals`;
      const { proposal } = await client.call('POST', path, { revision, ...proposed });
      const second = await reviewer(proposal.reviewer);
      const seen = await look(second, journey);
      const view = await second.call('POST', `${path}/${proposal.id}/review`, {
        revision: seen.revision,
        verdict,
      });
      say(`proposed by one clerk: ${proposed.decision}; the second: ${verdict} → ${view.step}`);
      return view;
    },

    /**
     * A clerk has seen person and document, or a notarised one. The journey's id stands for the scan.
     * @param windowCode what the person's phone shows, before the to-dos
     */
    async accept(journey, acceptance = 'on-site', { windowCode, verdict } = {}) {
      const paperHash = createHash('sha256').update(journey).digest('hex');
      const proposed = { decision: 'accept', acceptance, paperHash, ...(windowCode && { windowCode }) };
      return await clerks.propose(journey, proposed, verdict);
    },

    /** The person is at the window with the phone, whose code the clerk types. */
    async acceptWithPhone(phone, verdict) {
      const windowCode = await phone.windowCode();
      return await clerks.accept(phone.view.id, 'on-site', { windowCode, verdict });
    },

    /** For somebody without a phone: opened by a clerk from the matter. */
    async openOnSite(registry, externalId) {
      const client = await deciding();
      const { persons } = await client.call('GET', `matters/${registry}/${externalId}`);
      const view = await client.call('POST', `to-dos/${persons[0].toDoId}/on-site`, {});
      say(`a clerk opens the confirmation at the window → ${view.step}`);
      return view;
    },
  };

  async function reviewer(picked) {
    for (const clerk of accounts.filter(({ role }) => role === 'reviewer')) {
      const { id, client } = await withClient(clerk);
      if (id === picked) return client;
    }
    throw new Error('The system picked somebody who is not among the clerks of the demo.');
  }

  return clerks;
}
