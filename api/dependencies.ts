import type { Alipay } from '../alipay/alipay';
import type { WorklistFeed } from '../db/decisions/worklist-feed';
import type { JourneyWatch } from '../db/journeys/watch';
import type { AuthorityContact } from '../db/matters/authorities';
import type { Store } from '../db/store/store';
import type { DocumentType } from '../domain/documents';
import type { Trust } from '../evidence/verification/trust';
import type { SigningKeys } from '../evidence/signing/signing-keys';
import type { AttemptLimits } from '../domain/limits';
import type { SessionLimits } from '../domain/session-limits';
import type { IdentityProvider } from '../platform/identity-provider';
import type { Logger } from '../platform/logger';
import type { MatterCommands } from '../platform/matter-commands';
import type { Pseudonyms } from '../platform/pseudonyms';
import type { VirusScanner } from '../platform/virus-scanner';
import type { Registries } from '../registry/registries';
import type { LegalTexts } from '../texts/legal-texts';
import type { JourneyCommands } from './journeys/commands';
import type { ApiFigures } from './metrics/figures';

/** All that the api works with; put together in main.ts. */
export interface ApiDependencies {
  store: Store;
  alipay: Alipay;
  journeyWatch: JourneyWatch;
  worklistFeed: WorklistFeed;
  registries: Registries;
  pseudonyms: Pseudonyms;
  journeys: JourneyCommands;
  matters: MatterCommands;
  /** Aborted once this process has been told to end and only finishes what is coming in. */
  leaving: AbortSignal;
  /** Whether Temporal answers. */
  isTemporalUp: () => Promise<boolean>;
  legalTexts: LegalTexts;
  /** Our public keys, of now and of the past. */
  signingKeys: SigningKeys;
  logger: Logger;
  figures: ApiFigures;
  /** Without one, nobody looks for viruses in what clerks upload. */
  virusScanner?: VirusScanner;
  /** By it operators read the figures; without one nobody does. */
  metricsToken?: string;
  attemptLimits: AttemptLimits;
  /** Whether a person confirms each role of a matter by itself. */
  signaturePerRole: boolean;
  /** A signature older than so many days is not carried over to a new version. */
  carryOverDays: number;
  /** Whether people are asked to let Alipay fill in name and number. */
  authorizedIdentity: boolean;
  /** Documents that are checked online; people with others go to the window. */
  faceDocuments: readonly DocumentType[];
  sessionLimits: SessionLimits;
  /** Where clerks sign in beside their passwords, if there is one. */
  identityProvider?: IdentityProvider;
  rate: {
    requestsPerMinutePerAddress: number;
    requestsPerMinutePerKey: number;
    requestsPerMinutePerSession: number;
  };
  /** Addresses and CIDRs of the proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** What people scan for help, PNG. */
  supportQrCode?: Buffer;
  /** Where people find the national desk. */
  nationalDesk?: AuthorityContact;
  /** Of messages, by Alipay's ids. */
  messageTemplates: readonly string[];
  /** Where a browser gets an authorization code, where the product is tried. */
  h5AuthorizeUrl?: string;
  /** Where the mini-program for browsers was built; served if it was. */
  pagesFolder: string;
  /** The same of the clerk console. */
  consoleFolder: string;
  /** The transparency log: its name, and the keys that sign for it, as texts of verifier keys. */
  transparencyLog: { origin: string; verifierKeys: readonly string[] };
  /** By what evidence is verified. */
  trust: Trust;
  /** Where Temporal's UI has the workflows; undefined where nobody has said where it is. */
  temporalUi?: string;
  /** How registration systems and people reach the api. */
  publicUrl: string;
  now: () => Date;
}
