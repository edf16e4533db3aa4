import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freshDatabase } from '../setup/database';
import type { FreshDatabase } from '../setup/database';
import { startProduct } from '../setup/product';
import type { Product } from '../setup/product';
import { holderOf, openHandset } from './handset';
import type { Handset, Holder, Screen } from './handset';

export const MINUTES = 60_000;

/** The whole product for the tests of one file, and phones that open it. */
export function setStage(name: string, port: number) {
  let database: FreshDatabase;
  let dataDir: string;
  let product: Product;

  beforeAll(async () => {
    database = await freshDatabase();
    dataDir = mkdtempSync(join(tmpdir(), `rid-${name}-`));
    product = await startProduct(database, dataDir, { port, taskQueue: name });
  }, 4 * MINUTES);

  afterAll(async () => {
    await product.stop();
    await database.drop();
    rmSync(dataDir, { recursive: true });
  }, MINUTES);

  const post = async (url: string | undefined, body: object) => {
    const response = await fetch(url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${url} answers with ${response.status}.`);
    return (await response.json()) as { status?: number };
  };

  return {
    /** What the database answers. */
    async rowsOf(sql: string): Promise<unknown[]> {
      const connection = await createConnection(database.url);
      const [rows] = await connection.query(sql);
      await connection.end();
      return rows as unknown[];
    },

    /** Puts a phone that has never seen the product into somebody's hand; nothing may fail in the pages themselves. */
    async hold(
      account: string,
      work: (phone: Handset, holder: Holder) => Promise<void>,
      screen?: Screen,
    ): Promise<void> {
      const phone = await openHandset(product.urls, dataDir, screen);
      try {
        await work(phone, holderOf(account));
        expect(phone.errors).toEqual([]);
      } catch (error) {
        // What stood on the screen says more than what was waited for.
        throw new Error(`${String(error)}\n\nThe screen:\n${await phone.screen()}`, { cause: error });
      } finally {
        await phone.close();
      }
    },

    /** What Alipay answers about somebody from now on (sandbox/alipay/scenarios.ts). */
    scenario: (account: string, scenario: string) =>
      post(`${product.urls.alipaySandbox}/admin/scenarios`, { account, scenario }),

    /** How its gateway serves calls (sandbox/alipay/misbehaviour.ts). */
    gateway: (mode: object) => post(`${product.urls.alipaySandbox}/admin/mode`, mode),

    async push(externalId: string, matter: object): Promise<void> {
      const pushed = await post(`${product.urls.registrySandbox}/admin/push`, { externalId, matter });
      expect(pushed).toMatchObject({ status: 201 });
    },
  };
}
