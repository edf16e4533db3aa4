import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the keys of a local installation once and keeps them in `keys/` under the data directory. They lie next to the data that they
 * protect, so their ids begin with `embedded-` and production rejects them.
 * @returns the paths of all files, the token for the metrics, and the clerks with their passwords
 */
export function provideKeys(dataDir) {
  const folder = join(dataDir, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keyRing = join(folder, 'keys.json');
  // The key ring of an earlier version lacks newer keys.
  const known = existsSync(keyRing) ? JSON.parse(readFileSync(keyRing, 'utf8')) : {};
  write(keyRing, `${JSON.stringify({ ...newKeyRing(), ...known }, null, 2)}\n`);
  return {
    folder,
    keyRing,
    alipayApp: pair(folder, 'alipay-app', 'rsa'),
    alipayGateway: pair(folder, 'alipay-gateway', 'rsa'),
    alipayCertificates: alipayCertificates(folder),
    callbacks: pair(folder, 'callbacks', 'ed25519'),
    sampleRegistry: pair(folder, 'sample-registry', 'ed25519'),
    metricsToken: token(join(folder, 'metrics-token')),
    clerks: clerks(join(folder, 'clerks.json')),
  };
}

/** Writes the list of registration systems, which contains only the sandbox. Its port may change, so every start writes the list. */
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
  const key = (id) => ({ id: `embedded-${id}-1`, key: randomBytes(32).toString('base64') });
  return {
    wrapping: [key('wrapping')],
    commands: [key('commands')],
    person: key('person'),
    account: key('account'),
    identifier: key('identifier'),
  };
}

function pair(folder, name, type) {
  const files = {
    privateKey: join(folder, `${name}-private.pem`),
    publicKey: join(folder, `${name}-public.pem`),
  };
  if (!existsSync(files.publicKey)) {
    const { privateKey, publicKey } = generateKeyPairSync(type, {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    write(files.privateKey, privateKey);
    write(files.publicKey, publicKey);
  }
  return files;
}

/**
 * Sandbox and services work in certificate mode if the folder contains certificates of the two Alipay key pairs and their root. This
 * script cannot make them, because Node has no function for it.
 */
function alipayCertificates(folder) {
  const certificates = {
    appFile: join(folder, 'alipay-app-cert.pem'),
    alipayFile: join(folder, 'alipay-gateway-cert.pem'),
    rootFile: join(folder, 'alipay-root-cert.pem'),
  };
  return Object.values(certificates).every((file) => existsSync(file)) ? certificates : undefined;
}

function token(file) {
  if (!existsSync(file)) write(file, randomBytes(24).toString('hex'));
  return readFileSync(file, 'utf8');
}

// Beijing, which has all sample matters, and the national desk.
const SCOPE = ['11', 'national'];

function clerks(file) {
  if (!existsSync(file)) {
    const newPassword = () => randomBytes(12).toString('hex');
    const of = (login, name, role, scope) => ({
      login,
      name,
      role,
      scope,
      // The account is created with the first password; first-sign-in.mjs replaces it by the second one.
      oneTimePassword: newPassword(),
      password: newPassword(),
    });
    const made = [
      of('clerk-1', '示例经办', 'clerk', SCOPE),
      of('reviewer-1', '示例复核甲', 'reviewer', SCOPE),
      of('reviewer-2', '示例复核乙', 'reviewer', SCOPE),
      of('auditor-1', '示例审计', 'auditor', SCOPE),
      of('admin-1', '示例管理', 'admin', []),
    ];
    write(file, `${JSON.stringify(made, null, 2)}\n`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

function write(file, text) {
  writeFileSync(file, text, { mode: 0o600 });
}
