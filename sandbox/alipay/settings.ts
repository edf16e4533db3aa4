import type { ScenarioName } from './scenarios';

export interface AlipaySandboxSettings {
  host: string;
  /** 0 for any free port. */
  port: number;
  /** URL of this server for people's browsers; by default its own address. */
  publicUrl?: string;
  appId: string;
  /** Key mode: PEM file with the public key of the application. */
  appPublicKeyFile?: string;
  /** Certificate mode, instead of the key: PEM files of the application's, the platform's and the root certificates. */
  certificates?: { appFile: string; alipayFile: string; rootFile: string };
  /** PEM file with the key that signs the gateway's responses. */
  gatewayPrivateKeyFile: string;
  /** Account holders, in the form of samples/persons.json. */
  personsFile: string;
  /** Keeps the bills across a restart; without it they are only in memory. */
  stateFile?: string;
}

/** The permission of an auth code: `auth_base` reveals the account; `auth_user`, after consent, also the holder's name and number. */
export const scopes = ['auth_base', 'auth_user'] as const;

export type Scope = (typeof scopes)[number];

/** An account and its holder. No two holders have the same document. */
export interface Holder {
  account: string;
  openId: string;
  name: string;
  /** The authority's spelling of the name, if it differs from the person's. */
  nameOnRecord?: string;
  document: { type: string; number: string; validUntil?: string; issuingCountry?: string };
  phone: string;
  bankCards: { number: string; bank: string }[];
  /** By default `all-well`. */
  scenario?: ScenarioName;
}
