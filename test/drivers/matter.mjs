import { matterOf } from '../fixtures/persons.mjs';
import { openDatabase } from './servers.mjs';

/**
 * @import { Urls } from '../../scripts/stack.mjs'
 * @import { MatterContent, Person } from '../fixtures/persons.mjs'
 * @import { Say } from './phone.mjs'
 */

/** @typedef {ReturnType<typeof createMatter>} Matter */

/**
 * A matter that the sandbox's registration system pushed, and what happens to it without phones and clerks.
 * @param {object} options
 * @param {Pick<Urls, 'databaseUrl' | 'caFile' | 'registrySandbox'>} options.urls
 * @param {string} [options.registry]
 * @param {string} options.externalId
 * @param {Say} [options.say]
 */
export function createMatter({ urls, registry = 'sample-registry', externalId, say = () => undefined }) {
  return {
    registry,
    externalId,

    /** Changes the matter in the database into one that was pushed so many days earlier. @param {number} days */
    async letDaysPass(days) {
      const database = await openDatabase(urls);
      const earlier = ['c.pushed_at', 'm.pushed_at', 'm.listed_until', 'm.expires_at'];
      await database.query(
        `UPDATE matters m JOIN confirmations c ON c.matter_id = m.id
            SET ${earlier.map((column) => `${column} = ${column} - INTERVAL ? DAY`).join(', ')}
          WHERE m.registry = ? AND m.external_id = ?`,
        [...earlier.map(() => days), registry, externalId],
      );
      await database.end();
      say(`— ${days} days pass —`);
    },

    /** The token of the only invitation, as the registration system would send it to the person. */
    async invitation() {
      const path = `/admin/invitations/${encodeURIComponent(externalId)}`;
      const response = await fetch(`${urls.registrySandbox}${path}`);
      const { body } = /** @type {{ body: { invitations: { token: string }[] } }} */ (await response.json());
      const [invitation] = body.invitations;
      if (!invitation) throw new Error('Nobody is invited to this matter.');
      return invitation.token;
    },

    /** Has the registration system push the same matter again at the next version, as it does when a person requests it. */
    async reissue() {
      const path = `/admin/re-issue/${encodeURIComponent(externalId)}`;
      const response = await fetch(`${urls.registrySandbox}${path}`, { method: 'POST' });
      const { status } = /** @type {{ status: number }} */ (await response.json());
      if (status !== 201) throw new Error(`The matter was not accepted again (status ${status}).`);
      say('the registration system pushes the same again, at the next version');
    },
  };
}

/**
 * Has the sandbox's registration system push a matter.
 * @param {string} registrySandbox its address
 * @param {string} externalId
 * @param {MatterContent} matter
 */
export async function pushMatter(registrySandbox, externalId, matter) {
  const response = await fetch(`${registrySandbox}/admin/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ externalId, matter }),
  });
  const { status, body } = /** @type {{ status: number, body: unknown }} */ (await response.json());
  if (status !== 201) throw new Error(`A matter was not accepted: ${status} ${JSON.stringify(body)}`);
}

/**
 * Has a matter pushed for each of these persons, with the external ids `PREFIX-0`, `PREFIX-1`, …
 * @param {string} registrySandbox
 * @param {Person[]} persons
 * @param {string} prefix
 */
export async function pushMatters(registrySandbox, persons, prefix) {
  for (const [at, person] of persons.entries()) {
    await pushMatter(registrySandbox, `${prefix}-${at}`, matterOf(person));
  }
}
