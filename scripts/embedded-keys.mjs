import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newPasskey } from '../test/drivers/passkey.cjs';
import { provideEvidenceAuthorities } from './evidence-authorities.mjs';

/** @import { PasskeyFile } from '../test/drivers/passkey.cjs' */

/**
 * @typedef ClerkAccount
 * @property {string} login
 * @property {string} name
 * @property {'clerk' | 'reviewer' | 'auditor' | 'admin'} role
 * @property {string[]} scope
 * @property {string} oneTimePassword by which the account is made
 * @property {string} password by which its clerk replaces that (first-sign-in.mjs)
 * @property {PasskeyFile} passkey by which drivers complete the sign-in
 * @property {string} [totp] the secret of the authenticator app that is enrolled, by which people do (clerk-code.mjs)
 */

/** @typedef {ReturnType<typeof provideKeys>} Keys */

/**
 * The keys of an installation that nobody gave keys: made once, kept in `keys/` under the data directory. They are beside the data
 * that they protect, so their ids begin with `embedded-` and production rejects them.
 * @param {string} dataDir
 * @returns the paths of all files, the token for operators' figures, and clerks with their passwords
 */
export function provideKeys(dataDir) {
  const folder = join(dataDir, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keyRing = join(folder, 'keys.json');
  // The key ring of an earlier version lacks newer keys.
  const known = existsSync(keyRing) ? JSON.parse(readFileSync(keyRing, 'utf8')) : {};
  write(keyRing, `${JSON.stringify({ ...newKeyRing(), ...known }, null, 2)}\n`);
  const clerksFile = join(folder, 'clerks.json');
  const accounts = clerks(clerksFile);
  return {
    folder,
    keyRing,
    alipayApp: pair(folder, 'alipay-app', 'rsa'),
    alipayGateway: pair(folder, 'alipay-gateway', 'rsa'),
    alipayCertificates: alipayCertificates(folder),
    callbacks: pair(folder, 'callbacks', 'ed25519'),
    sampleRegistry: pair(folder, 'sample-registry', 'ed25519'),
    transparencyLog: pair(folder, 'transparency-log', 'ed25519'),
    evidence: provideEvidenceAuthorities(join(folder, 'evidence')),
    metricsToken: token(join(folder, 'metrics-token')),
    clerks: accounts,
    /** Writes them down again, with what was added to them. */
    keepClerks: () => write(clerksFile, `${JSON.stringify(accounts, null, 2)}\n`),
  };
}

/**
 * Writes the list of registration systems, which is only the sandbox's. Written at every start, since its port may have moved.
 * @param {Keys} keys
 * @param {string} callbackUrl
 */
export function writeRegistries(keys, callbackUrl) {
  const file = join(keys.folder, 'registries.json');
  const registry = {
    id: 'sample-registry',
    name: '示例登记系统',
    authorities: ['110105'],
    kinds: ['establishment', 'change', 'deregistration', 'filing'],
    callbackUrl,
    keys: [
      {
        id: 'sample-registry-1',
        algorithm: 'ed25519',
        publicKey: readFileSync(keys.sampleRegistry.publicKey, 'utf8'),
      },
    ],
  };
  write(file, `${JSON.stringify({ registries: [registry] }, null, 2)}\n`);
  return file;
}

function newKeyRing() {
  /** @param {string} id */
  const key = (id) => ({ id: `embedded-${id}-1`, key: randomBytes(32).toString('base64') });
  return {
    wrapping: [key('wrapping')],
    commands: [key('commands')],
    person: key('person'),
    account: key('account'),
    identifier: key('identifier'),
  };
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {'rsa' | 'ed25519'} type
 */
function pair(folder, name, type) {
  const files = {
    privateKey: join(folder, `${name}-private.pem`),
    publicKey: join(folder, `${name}-public.pem`),
  };
  if (!existsSync(files.publicKey)) {
    const { privateKey, publicKey } =
      type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519');
    write(files.privateKey, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    write(files.publicKey, publicKey.export({ type: 'spki', format: 'pem' }));
  }
  return files;
}

/**
 * With certificates of the two Alipay key pairs in the folder, and of their root, sandbox and services work in certificate mode. None
 * are made here: Node can't make certificates.
 * @param {string} folder
 */
function alipayCertificates(folder) {
  const certificates = {
    appFile: join(folder, 'alipay-app-cert.pem'),
    alipayFile: join(folder, 'alipay-gateway-cert.pem'),
    rootFile: join(folder, 'alipay-root-cert.pem'),
  };
  return Object.values(certificates).every((file) => existsSync(file)) ? certificates : undefined;
}

/** @param {string} file */
function token(file) {
  if (!existsSync(file)) write(file, randomBytes(24).toString('hex'));
  return readFileSync(file, 'utf8');
}

// Beijing, which has all sample matters, and the national desk.
const SCOPE = ['11', 'national'];

/**
 * @param {string} file
 * @returns {ClerkAccount[]}
 */
function clerks(file) {
  if (!existsSync(file)) {
    const newPassword = () => randomBytes(12).toString('hex');
    /** @type {Pick<ClerkAccount, 'login' | 'name' | 'role' | 'scope'>[]} */
    const accounts = [
      { login: 'clerk-1', name: '示例经办', role: 'clerk', scope: SCOPE },
      { login: 'reviewer-1', name: '示例复核甲', role: 'reviewer', scope: SCOPE },
      { login: 'reviewer-2', name: '示例复核乙', role: 'reviewer', scope: SCOPE },
      { login: 'auditor-1', name: '示例审计', role: 'auditor', scope: SCOPE },
      { login: 'admin-1', name: '示例管理', role: 'admin', scope: [] },
    ];
    const made = accounts.map((account) => ({
      ...account,
      oneTimePassword: newPassword(),
      password: newPassword(),
    }));
    write(file, `${JSON.stringify(made, null, 2)}\n`);
  }
  // Accounts of an earlier version lack the passkey.
  /** @type {ClerkAccount[]} */
  const known = JSON.parse(readFileSync(file, 'utf8'));
  return known.map((account) => ({ ...account, passkey: account.passkey ?? newPasskey() }));
}

/**
 * @param {string} file
 * @param {string | Buffer} text
 */
function write(file, text) {
  writeFileSync(file, text, { mode: 0o600 });
}
