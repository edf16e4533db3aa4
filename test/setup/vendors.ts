import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAlipay } from '../../alipay/alipay';
import type { Alipay } from '../../alipay/alipay';
import { startAlipaySandbox } from '../../sandbox/alipay/server';
import type { ScenarioName } from '../../sandbox/alipay/scenarios';
import type { Holder, Scope } from '../../sandbox/alipay/settings';
import type { AlipayCertificates } from './certificates';

const APP_ID = '2021000000000001';

/** Alipay's sandbox over HTTP, and our adapter in front of it. */
export interface Vendors {
  /** The persons whom the sandbox knows. */
  url: string;
  alipay: Alipay;
  /** The adapter with the application's own key. */
  appPrivateKey: string;
  /** The adapter with the key of another application. */
  withWrongKey: Alipay;
  /** An adapter that trusts another key than the gateway's. */
  trustingAnother: Alipay;
  holders: Holder[];
  authCode(account: string, scope?: Scope): Promise<string>;
  mode(mode: string, more?: object): Promise<void>;
  /** Sets how Alipay's calls end for this account from now on. */
  scenario(account: string, scenario: ScenarioName): Promise<void>;
  pass(certifyId: string, outcome?: string): Promise<void>;
  expire(certifyId: string): Promise<void>;
  bills(): Promise<{ certifyId: string; outerOrderNo: string; state: string; times: number }[]>;
  /** How often each bank card check was sent, by order number. */
  cardOrders(): Promise<{ order: string; match: string; times: number }[]>;
  end(): Promise<void>;
}

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const [app, gateway, other] = [pair(), pair(), pair()];

const samples = join(__dirname, '../../samples/persons.json');

/** @param certificates for certificate mode; key mode without */
export async function startVendors(
  timeoutMs = 2_000,
  personsFile = samples,
  certificates?: AlipayCertificates,
): Promise<Vendors> {
  const folder = mkdtempSync(join(tmpdir(), 'rid-vendors-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const sandbox = await startAlipaySandbox({
    host: '127.0.0.1',
    port: 0,
    appId: APP_ID,
    gatewayPrivateKeyFile: file('gateway.pem', certificates?.alipay.privateKey ?? gateway.privateKey),
    ...(certificates
      ? {
          certificates: {
            appFile: file('app-cert.pem', certificates.app.certificate),
            alipayFile: file('alipay-cert.pem', certificates.alipay.certificate),
            rootFile: file('root-cert.pem', certificates.root),
          },
        }
      : { appPublicKeyFile: file('app.pem', app.publicKey) }),
    personsFile,
  });
  const appPrivateKey = certificates?.app.privateKey ?? app.privateKey;
  const adapter = (privateKey: string, alipayPublicKey: string) =>
    createAlipay({
      gateway: `${sandbox.url}/gateway.do`,
      appId: APP_ID,
      privateKey,
      timeoutMs,
      ...(certificates
        ? {
            certificates: {
              appCert: certificates.app.certificate,
              alipayRootCert: certificates.root,
              alipayPublicCert: certificates.alipay.certificate,
            },
          }
        : { alipayPublicKey }),
    });
  const post = async (path: string, body: object = {}) => {
    const response = await fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
    });
    if (response.status >= 400) throw new Error(`The sandbox answers ${path} with ${response.status}.`);
    return response;
  };
  return {
    url: sandbox.url,
    alipay: adapter(appPrivateKey, gateway.publicKey),
    appPrivateKey,
    withWrongKey: adapter(other.privateKey, gateway.publicKey),
    trustingAnother: adapter(app.privateKey, other.publicKey),
    holders: JSON.parse(readFileSync(personsFile, 'utf8')) as Holder[],
    async authCode(account, scope) {
      const { authCode } = (await (await post('/admin/auth-codes', { account, scope })).json()) as {
        authCode: string;
      };
      return authCode;
    },
    async mode(mode, more = {}) {
      await post('/admin/mode', { mode, ...more });
    },
    async scenario(account, scenario) {
      await post('/admin/scenarios', { account, scenario });
    },
    async pass(certifyId, outcome = 'pass') {
      await post(`/face/${certifyId}`, { outcome });
    },
    async expire(certifyId) {
      await post(`/admin/bills/${certifyId}/expire`);
    },
    async bills() {
      return (await (await fetch(`${sandbox.url}/admin/bills`)).json()) as Awaited<
        ReturnType<Vendors['bills']>
      >;
    },
    async cardOrders() {
      const calls = (await (await fetch(`${sandbox.url}/admin/calls`)).json()) as {
        cardOrders: Awaited<ReturnType<Vendors['cardOrders']>>;
      };
      return calls.cardOrders;
    },
    async end() {
      await sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}
