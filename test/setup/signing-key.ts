import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawSigner } from '../../evidence/signing/raw-signer';
import type { SigningKey, SigningKeys } from '../../evidence/signing/signing-keys';

// The machine's own configuration is not used, because it may add extensions.
const CONFIG = '[req]\ndistinguished_name = name\n[name]\n';

/** A certificate in DER that the key has signed itself. */
function certify(key: KeyObject): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'rid-signing-'));
  const files = { config: join(folder, 'openssl.cnf'), key: join(folder, 'key.pem') };
  writeFileSync(files.config, CONFIG);
  writeFileSync(files.key, key.export({ type: 'pkcs8', format: 'pem' }));
  const usage = ['-addext', 'keyUsage=critical,digitalSignature,nonRepudiation'];
  const made = ['req', '-new', '-x509', '-config', files.config, '-key', files.key, ...usage];
  const certificate = execFileSync('openssl', [
    ...made,
    '-subj',
    '/C=CN/O=Sample/CN=evidence',
    '-outform',
    'DER',
  ]);
  rmSync(folder, { recursive: true });
  return certificate;
}

/** A key for tests, with a certificate that is made when a document is signed. It is in use from 2020 on unless `times` say otherwise. */
export function createTestKey(
  id: string,
  times: Partial<Pick<SigningKey, 'from' | 'until'>> = {},
): { key: SigningKey; signer: RawSigner } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let made: Buffer[] | undefined;
  const chain = () => (made ??= [certify(privateKey)]);
  const usual = { from: new Date('2020-01-01T00:00:00Z'), until: new Date('2100-01-01T00:00:00Z') };
  return {
    key: {
      id,
      publicKey,
      get certificates() {
        return chain();
      },
      ...usual,
      ...times,
    },
    signer: {
      alg: 'ES256',
      kid: id,
      get chain() {
        return chain();
      },
      sign: async (bytes) => sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
    },
  };
}

export function keysOf(...all: SigningKey[]): SigningKeys {
  return { all, byId: (id) => all.find((key) => key.id === id) };
}

const { key, signer } = createTestKey('signing-1');

/** The key that signs evidence in tests of the api and of activities. */
export { signer };
export const signingKeys = keysOf(key);
