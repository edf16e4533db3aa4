import { generateKeyPairSync } from 'node:crypto';
import { Writable } from 'node:stream';
import { createActivities } from '../../activities';
import type { Dependencies } from '../../activities/dependencies';
import type { GivenConsent } from '../../domain/consents';
import type { SealedInput, SealedInputOf } from '../../domain/sealed-inputs';
import { pushMatter } from '../../db/matters/pushes';
import type { PushResult } from '../../db/matters/pushes';
import { sealInput } from '../../db/store/sealed-inputs';
import { openSession, touchSession } from '../../db/journeys/sessions';
import type { Store } from '../../db/store/store';
import type { ClerkRole } from '../../domain/clerks';
import type { DocumentType } from '../../domain/documents';
import type { MatterContent } from '../../domain/matter';
import { readName } from '../../domain/names';
import { createLogger } from '../../platform/logger';
import { drawWith } from '../../evidence/documents/drawing';
import { openFonts } from '../../evidence/documents/fonts';
import { createPseudonyms } from '../../platform/pseudonyms';
import { readRegistries } from '../../registry/registries';
import type { Holder } from '../../sandbox/alipay/settings';
import { matterOf, personOf } from '../matters';
import { addWorkingClerk, freshStore } from './api';
import type { FreshStore } from './api';
import { proofs, ring } from './keys';
import { signer, signingKeys } from './signing-key';
import { withProvenCommands } from './proven-commands';
import type { ProvenActivities } from './proven-commands';
import { startVendors } from './vendors';
import type { Vendors } from './vendors';

const REGISTRY = 'test-registry';
export const flagLimits = { windowDays: 30, persons: 3, personsSevere: 5, scoreGap: 20 };

/** Activities over a real database and the sandbox's vendors, without Temporal, with a clock that tests set. */
export interface ActivityHarness {
  store: Store;
  owner: FreshStore['owner'];
  vendors: Vendors;
  activities: ProvenActivities;
  clock: { now: Date };
  /** The matters that activities had reevaluated. */
  reevaluated: string[];
  /** Every line that was logged. */
  log: string[];
  /** Signs a holder in and enters with their name and number. */
  enter(
    holder: Holder,
    as?: { name?: string; session?: string; device?: string; consents?: GivenConsent[] },
  ): Promise<Entered>;
  /** Pushes a matter in which the holder is the only person, unless `persons` says otherwise. @returns the holder's to-do */
  push(
    holder: Holder,
    changes?: Partial<MatterContent> & { externalId?: string; name?: string; signaturePerRole?: boolean },
  ): Promise<PushedToDo>;
  seal(id: string, input: SealedInput): Promise<string>;
  /** Adds a clerk. @returns the id */
  addClerk(role: ClerkRole, scope?: string[]): Promise<string>;
  end(): Promise<void>;
}

export interface Entered {
  journey: string;
  session: string;
  account: string;
  personKey: string;
  /** The id of the sealed entry. */
  input: string;
}

export interface PushedToDo {
  toDo: string;
  textHash: string;
  matter: string;
  result: PushResult;
}

const registry = {
  id: REGISTRY,
  name: '测试登记系统',
  callbackUrl: 'http://127.0.0.1:9/callbacks',
  authorities: ['110105'],
  kinds: ['establishment'],
  keys: [
    {
      id: 'test-registry-1',
      algorithm: 'ed25519',
      publicKey: generateKeyPairSync('ed25519', {
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      }).publicKey,
    },
  ],
};

/** With what documents are made in tests. Their fonts are read when one is made. */
export const documents = { draw: drawWith(openFonts()), publicUrl: 'http://localhost' };

export async function startHarness(changes: Partial<Dependencies> = {}): Promise<ActivityHarness> {
  const { store, owner, end } = await freshStore();
  const vendors = await startVendors();
  const pseudonyms = createPseudonyms(ring);
  const clock = { now: new Date() };
  const reevaluated: string[] = [];
  const log: string[] = [];
  let entries = 0;
  const own = createActivities({
    store,
    proofs,
    alipay: vendors.alipay,
    registries: readRegistries(JSON.stringify({ registries: [registry] }), 'development'),
    callbacks: { deliver: () => Promise.reject(new Error('No callback is expected here.')) },
    sealing: { signer, keys: signingKeys },
    documents,
    attemptLimits: {
      faceFailuresPerDay: 4,
      faceFailuresPerMatter: 2,
      checksStartedPerDay: 12,
      bankCardFailuresPerDay: 2,
    },
    flagLimits,
    kept: { matterDays: 365, evidenceDays: 5 * 366, complaintDays: 3 * 365 },
    storedFacesWarning: 2,
    faceDocuments: ['resident-id', 'hmt-residence-permit'],
    faceFailReasons: { Z1146: 'poor-picture', Z1147: 'portrait' },
    bankCardReasons: { MISMATCH: 'mismatch' },
    faceReturnUrl: 'http://localhost/',
    reevaluate: async (matter) => {
      reevaluated.push(matter);
    },
    isRunning: () => Promise.reject(new Error('There are no workflows here.')),
    countRepair: () => undefined,
    acknowledged: () => undefined,
    logger: createLogger(
      { level: 'debug', name: 'worker' },
      new Writable({
        write(chunk: Buffer, _, done) {
          log.push(chunk.toString());
          done();
        },
      }),
    ),
    now: () => clock.now,
    ...changes,
  });
  const activities = withProvenCommands(changes.store ?? store, own, () => clock.now);

  const harness: ActivityHarness = {
    store,
    owner,
    vendors,
    activities,
    clock,
    reevaluated,
    log,
    async seal(id, input) {
      await sealInput(store, id, input, clock.now);
      return id;
    },
    async addClerk(role, scope = ['national', '11']) {
      return (await addWorkingClerk(store.knex, { role, scope }, clock.now)).id;
    },
    async enter(holder, { name = holder.name, session, device, consents = [] } = {}) {
      const account = pseudonyms.account('alipay', holder.openId);
      const documentType = holder.document.type as DocumentType;
      const personKey = pseudonyms.person(documentType, holder.document.number);
      const journey = pseudonyms.journeyId(account, personKey);
      const by = session ?? (await signIn(holder, account, device));
      entries += 1;
      const read = readName(name);
      const entry: SealedInputOf<'entry'> = {
        kind: 'entry',
        account,
        personKey,
        name,
        matchKey: read.ok ? read.matchKey : '',
        documentType,
        number: holder.document.number,
        consents,
      };
      const input = await harness.seal(`entry-${entries}`, entry);
      await activities.admit({ journey, session: by, input, revision: entries });
      return { journey, session: by, account, personKey, input };
    },
    async push(
      holder,
      { externalId = 'M-1', name = holder.name, signaturePerRole = false, ...content } = {},
    ) {
      const matter = matterOf({ persons: [personOf({ name, document: holder.document })], ...content });
      const id = pseudonyms.matterId(REGISTRY, externalId, matter.version);
      const result = await pushMatter(
        store,
        {
          registry: REGISTRY,
          externalId,
          id,
          content: matter,
          signaturePerRole,
          carryOverDays: 30,
          tellsPersons: changes.confirmedTemplate !== undefined,
          persons: matter.persons.map((person) => {
            const read = readName(person.name);
            return {
              name: read.ok ? read.name : '',
              matchKey: read.ok ? read.matchKey : '',
              documentType: 'resident-id' as const,
              number: person.document.number,
              reference: person.reference,
              roles: person.roles,
              personKey: pseudonyms.person('resident-id', person.document.number),
            };
          }),
        },
        clock.now,
      );
      const row = await store.knex('confirmations').where({ matter_id: id }).first('to_do_id', 'text_hash');
      return { toDo: row?.to_do_id ?? '', textHash: row?.text_hash ?? '', matter: id, result };
    },
    async end() {
      await vendors.end();
      await end();
    },
  };

  async function signIn(holder: Holder, account: string, device?: string): Promise<string> {
    const granted = await vendors.alipay.exchangeAuthCode(await vendors.authCode(holder.account));
    const alipayTokens = {
      ...granted.account,
      accessToken: granted.accessToken,
      accessTokenExpiresAt: clock.now.toISOString(),
    };
    const limits = { slidingMinutes: 30, limitHours: 12 };
    const { token } = await openSession(
      store,
      { account, channel: 'alipay', device, alipayTokens },
      limits,
      clock.now,
    );
    const used = await touchSession(store, token, limits, clock.now);
    return used?.session.id ?? '';
  }

  return harness;
}
