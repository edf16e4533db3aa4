import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A matter that the sandbox's registration system pushed, and what befalls it beside phones and desks. */
export function createMatter({ urls, registry = 'sample-registry', externalId, say = () => undefined }) {
  return {
    registry,
    externalId,

    /** Nobody waits for days: it becomes a matter that was pushed so much earlier. */
    async letDaysPass(days) {
      const { createConnection } = require('mysql2/promise');
      const database = await createConnection({ uri: urls.databaseUrl });
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

    /** As the registration system does when it was asked to: the same at the next version. */
    async reissue() {
      const path = `/admin/re-issue/${encodeURIComponent(externalId)}`;
      const response = await fetch(`${urls.registrySandbox}${path}`, { method: 'POST' });
      const { status } = await response.json();
      if (status !== 201) throw new Error(`The matter was not taken again (status ${status}).`);
      say('the registration system pushes the same again, at the next version');
    },
  };
}
