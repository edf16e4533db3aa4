import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freshDatabase } from './database';
import type { FreshDatabase } from './database';
import { startProduct } from './product';
import type { Product } from './product';

export const MINUTES = 60_000;

export type Stage = ReturnType<typeof setStage>;

/**
 * The whole product for the tests of one file, with the sample matters pushed.
 * @param holders the account holders of Alipay's sandbox, the samples unless given
 */
export function setStage(name: string, port: number, holders?: readonly object[]) {
  let database: FreshDatabase;
  let dataDir: string;
  let product: Product;

  beforeAll(async () => {
    database = await freshDatabase();
    dataDir = mkdtempSync(join(tmpdir(), `rid-${name}-`));
    const personsFile = holders && join(dataDir, 'persons.json');
    if (personsFile) writeFileSync(personsFile, JSON.stringify(holders));
    product = await startProduct(database, dataDir, { port, taskQueue: name, personsFile });
  }, 4 * MINUTES);

  afterAll(async () => {
    await product.stop();
    await database.drop();
    rmSync(dataDir, { recursive: true });
  }, MINUTES);

  async function post(sandbox: string, path: string, body: object): Promise<{ status?: number }> {
    const response = await fetch(`${product.urls[sandbox] ?? ''}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} of ${sandbox} answers with ${response.status}.`);
    return (await response.json()) as { status?: number };
  }

  return {
    /** What `urls.json` holds. */
    urls: () => product.urls,

    /** A folder that ends with the tests. */
    newFolder: (kind: string) => mkdtempSync(join(dataDir, `${kind}-`)),

    /** What the database answers. */
    async rowsOf(sql: string): Promise<unknown[]> {
      const connection = await createConnection(database.url);
      const [rows] = await connection.query(sql);
      await connection.end();
      return rows as unknown[];
    },

    /** What Alipay answers about somebody from now on (sandbox/alipay/scenarios.ts). */
    scenario: (account: string, scenario: string) =>
      post('alipaySandbox', '/admin/scenarios', { account, scenario }),

    /** How its gateway serves calls (sandbox/alipay/misbehaviour.ts). */
    gateway: (mode: object) => post('alipaySandbox', '/admin/mode', mode),

    async push(externalId: string, matter: object): Promise<void> {
      const pushed = await post('registrySandbox', '/admin/push', { externalId, matter });
      expect(pushed).toMatchObject({ status: 201 });
    },

    /** The token that invites the person who has this role. */
    async invitationTo(externalId: string, role: string): Promise<string> {
      const answer = await fetch(`${product.urls.registrySandbox ?? ''}/admin/invitations/${externalId}`);
      const { body } = (await answer.json()) as {
        body: { invitations: { token: string; roles: string[] }[] };
      };
      const invitation = body.invitations.find(({ roles }) => roles.includes(role));
      if (!invitation) throw new Error(`Nobody is invited to ${externalId} as ${role}.`);
      return invitation.token;
    },
  };
}
