import type { ScenarioName } from './scenarios';

export interface AlipaySandboxSettings {
  host: string;
  /** 0 for any free one. */
  port: number;
  /** Where people's browsers reach it; its own address unless given. */
  publicUrl?: string;
  appId: string;
  /** Key mode, PEM: by this key the application proves who it is. */
  appPublicKeyFile?: string;
  /** Certificate mode, in place of the key: PEM of the application's certificate, of the platform's, and of the root. */
  certificates?: { appFile: string; alipayFile: string; rootFile: string };
  /** PEM: the gateway signs its answers by this one. */
  gatewayPrivateKeyFile: string;
  /** Account holders, as samples/persons.json. */
  personsFile: string;
  /** Bills survive a restart in it; only in memory without. */
  stateFile?: string;
}

/** What an auth code permits: to know the account, or, once the person has agreed, also who it belongs to. */
export const scopes = ['auth_base', 'auth_user'] as const;

export type Scope = (typeof scopes)[number];

/** An account and whose it is. No two have the same document. */
export interface Holder {
  account: string;
  openId: string;
  name: string;
  /** As the authority writes the name, where that is not as the person does. */
  nameOnRecord?: string;
  document: { type: string; number: string; validUntil?: string; issuingCountry?: string };
  phone: string;
  bankCards: { number: string; bank: string }[];
  /** `all-well` unless given. */
  scenario?: ScenarioName;
}
