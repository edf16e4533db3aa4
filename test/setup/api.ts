import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Knex } from 'knex';
import type { Alipay } from '../../alipay/alipay';
import { createApp } from '../../api/app';
import type { ApiDependencies } from '../../api/dependencies';
import type { Outcome } from '../../api/journeys/commands';
import { createApiFigures } from '../../api/metrics/figures';
import { createApiServer } from '../../api/server';
import { csrfTokenOf, COOKIE, CSRF_HEADER } from '../../api/clerk/session-cookie';
import { newRecoveryCodes } from '../../db/clerks/second-factors';
import { livingScopes, signIn } from '../../db/clerks/sessions';
import { addClerk, setClerkPassword } from '../../db/clerks/clerks';
import { openSession } from '../../db/journeys/sessions';
import { createWorklistFeed } from '../../db/decisions/worklist-feed';
import { createJourneyWatch } from '../../db/journeys/watch';
import { openDatabase, openStore } from '../../db/store/store';
import type { Store } from '../../db/store/store';
import type { ClerkRole } from '../../domain/clerks';
import { createLogger } from '../../platform/logger';
import type { Pseudonyms } from '../../platform/pseudonyms';
import { hashOfToken } from '../../platform/secrets';
import { readRegistries } from '../../registry/registries';
import { signedHeaders } from '../../sandbox/registry/signing';
import { signingKeys } from './signing-key';
import { readLegalTexts } from '../../texts/legal-texts';
import { migratedDatabase } from './database';
import { LOG_ORIGIN, logVerifiers, ring } from './keys';
import { attemptLimits } from './attempt-limits';

/** A migrated database without rows, with keys. */
export interface FreshStore {
  /** Connected with the rights of api and worker together. */
  store: Store;
  /** Connected as the owner, for changes that neither api nor worker may make. */
  owner: Knex;
  end(): Promise<void>;
}

export async function freshStore(): Promise<FreshStore> {
  const database = await migratedDatabase();
  const { url, keysDatabase } = database;
  const owner = openDatabase({ url, pool: 1 });
  const settings = { url: database.urlOf('app'), keysDatabase, pool: 5 };
  const store = openStore(settings, ring);
  return {
    store,
    owner,
    async end() {
      await owner.destroy();
      await store.close();
      await database.drop();
    },
  };
}

/** The password of every clerk that a test adds. */
export const CLERK_PASSWORD = 'correct horse battery staple';

/** Adds a clerk who has replaced the one-time password; before that, an account may do nothing else. */
export async function addWorkingClerk(
  db: Knex,
  { role, scope }: { role: ClerkRole; scope: string[] },
  now: Date,
): Promise<{ id: string; login: string }> {
  const login = `${role}-${randomBytes(4).toString('hex')}`;
  const account = { login, name: '测试经办', role, scope, password: 'a one-time password' };
  const id = await addClerk(db, account, now);
  if (id === undefined) throw new Error(`There is a clerk ${login} already.`);
  await setClerkPassword(db, id, CLERK_PASSWORD, 'owner');
  return { id, login };
}

/** The api over a real database, with doubles of Temporal and Alipay. */
export interface TestApi {
  server: Server;
  url: string;
  store: Store;
  owner: FreshStore['owner'];
  pseudonyms: Pseudonyms;
  /** Every line that was logged. */
  log: string[];
  /** The commands that were sent to journeys, and the outcome of the next ones. */
  commands: { command: string; journey: string; payload: object; updateId: string }[];
  next: { outcome: Outcome; temporalUp: boolean };
  reevaluated: string[];
  /** The matters whose callbacks were sent again. */
  replayed: string[];
  signIn(openId: string): Promise<string>;
  /** Adds a clerk, whose session has shown a second factor just now. @returns the headers of that session too */
  addClerk(role: ClerkRole, scope?: string[]): Promise<{ id: string; login: string; headers: ClerkHeaders }>;
  /** Signs a clerk in again, second factor included. @returns the headers of the new session */
  signInAgain(login: string): Promise<ClerkHeaders>;
  /** Gives a clerk recovery codes. */
  giveRecoveryCodes(clerk: string): Promise<string[]>;
  /**
   * The headers of a signed request by the registration system.
   * @param body bytes are sent as they are, anything else as JSON
   * @param odd `mediaType` of the body, JSON unless given; and what is wrong with the signature
   */
  signed(
    method: string,
    path: string,
    body?: unknown,
    odd?: { skewSeconds?: number; nonce?: string; origin?: string; mediaType?: string },
  ): Record<string, string>;
  /** @throws Error if a route responded with an error code or a body that it does not declare */
  end(): Promise<void>;
}

export type ClerkHeaders = Record<'cookie' | typeof CSRF_HEADER, string>;

// The address in the configuration. The tests use another one.
const PUBLIC_URL = 'http://registration.example';
const KEY_ID = 'test-registry-1';
export const METRICS_TOKEN = 'a-token-of-operators-32-characters-long';

export async function startApi(overrides: Partial<ApiDependencies> = {}, port = 0): Promise<TestApi> {
  const { store, owner, end } = await freshStore();
  const { pseudonyms } = store;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const registry = {
    id: 'test-registry',
    name: '测试登记系统',
    callbackUrl: 'http://127.0.0.1:9/callbacks',
    authorities: ['110105'],
    kinds: ['establishment'],
    keys: [{ id: KEY_ID, algorithm: 'ed25519', publicKey }],
  };
  const log: string[] = [];
  const commands: TestApi['commands'] = [];
  const reevaluated: string[] = [];
  const replayed: string[] = [];
  const next: TestApi['next'] = { outcome: { outcome: 'unknown' }, temporalUp: true };
  const limits = { slidingMinutes: 30, limitHours: 12 };
  const now = overrides.now ?? (() => new Date());
  const { leaving = new AbortController().signal } = overrides;
  const worklistFeed = createWorklistFeed(
    store.knex,
    (tokens) => livingScopes(store.knex, tokens, limits, now()),
    now,
  );
  const figures = createApiFigures(store, { origin: LOG_ORIGIN, stamps: true }, () => new Date());
  const logger = createLogger(
    { level: 'debug', name: 'api' },
    new Writable({
      write(chunk: Buffer, _, done) {
        log.push(chunk.toString());
        done();
      },
    }),
  );
  const app = createApp({
    store,
    pseudonyms,
    alipay: { faceCheckUrl: (certifyId: string) => `https://face.example/${certifyId}` } as Alipay,
    journeyWatch: createJourneyWatch(store.knex),
    worklistFeed,
    registries: readRegistries(JSON.stringify({ registries: [registry] }), 'development'),
    journeys: figures.counting({
      async enter({ journey, payload, updateId }) {
        commands.push({ command: 'enter', journey, payload, updateId });
        return next.outcome;
      },
      async send({ command, journey, payload, updateId }) {
        commands.push({ command, journey, payload, updateId });
        return next.outcome;
      },
    }),
    figures,
    metricsToken: METRICS_TOKEN,
    matters: {
      async reevaluate(matter) {
        reevaluated.push(matter);
      },
      async keepRunning(matter) {
        reevaluated.push(matter);
      },
      async replay(matter) {
        replayed.push(matter);
      },
    },
    leaving,
    isTemporalUp: async () => next.temporalUp,
    legalTexts: readLegalTexts(),
    signingKeys,
    logger,
    attemptLimits,
    signaturePerRole: false,
    carryOverDays: 30,
    authorizedIdentity: false,
    faceDocuments: ['resident-id', 'hmt-residence-permit'],
    sessionLimits: limits,
    rate: {
      requestsPerMinutePerAddress: 100_000,
      requestsPerMinutePerKey: 100_000,
      requestsPerMinutePerSession: 10_000,
    },
    trustedProxies: [],
    messageTemplates: [],
    pagesFolder: join(__dirname, 'no-pages'),
    consoleFolder: join(__dirname, 'no-pages'),
    transparencyLog: { origin: LOG_ORIGIN, verifierKeys: logVerifiers.map(({ verifierKey }) => verifierKey) },
    trust: { keys: signingKeys, logVerifiers },
    publicUrl: PUBLIC_URL,
    now: () => new Date(),
    ...overrides,
  });
  async function clerkHeaders(login: string): Promise<ClerkHeaders> {
    const { done } = await signIn(
      store.knex,
      { login, password: CLERK_PASSWORD, counted: [{ place: pseudonyms.signInTries(login, 'test') }] },
      limits,
      now(),
    );
    if (!done) throw new Error('a clerk of the tests could not sign in');
    await store
      .knex('clerk_sessions')
      .where({ token_hash: hashOfToken(done.token) })
      .update({ second_factor_at: now() });
    return { cookie: `${COOKIE}=${done.token}`, [CSRF_HEADER]: csrfTokenOf(done) };
  }
  const server = createApiServer(app, logger, leaving);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    store,
    owner,
    pseudonyms,
    log,
    commands,
    next,
    reevaluated,
    replayed,
    async signIn(openId) {
      const alipayTokens = { openId, accessToken: 'token', accessTokenExpiresAt: new Date().toISOString() };
      const account = pseudonyms.account('alipay', openId);
      return (await openSession(store, { account, channel: 'alipay', alipayTokens }, limits, new Date()))
        .token;
    },
    async addClerk(role, scope = ['110105']) {
      const { id, login } = await addWorkingClerk(store.knex, { role, scope }, now());
      return { id, login, headers: await clerkHeaders(login) };
    },
    signInAgain: clerkHeaders,
    giveRecoveryCodes: (clerk) => newRecoveryCodes(store, clerk),
    signed(method, path, body, { origin = PUBLIC_URL, mediaType, ...odd } = {}) {
      const bytes = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      return signedHeaders(
        { method, url: `${origin}${path}`, body: bytes, mediaType },
        { keyId: KEY_ID, privateKey },
        odd,
      );
    },
    async end() {
      worklistFeed.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await end();
      const undeclared = log.filter((line) => /"(error|response)_undeclared"/.test(line));
      if (undeclared.length > 0)
        throw new Error(`Routes must declare their responses: ${undeclared.join('')}`);
    },
  };
}
