import { generateKeyPairSync, sign } from 'node:crypto';
import type { RawSigner } from '../../evidence/signing/raw-signer';
import type { SigningKey, SigningKeys } from '../../evidence/signing/signing-keys';

/** A key for tests that need no certificate of it. It is in use from 2020 on unless `times` say otherwise. */
export function createTestKey(
  id: string,
  times: Partial<Pick<SigningKey, 'from' | 'until'>> = {},
): { key: SigningKey; signer: RawSigner } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const usual = { from: new Date('2020-01-01T00:00:00Z'), until: new Date('2100-01-01T00:00:00Z') };
  return {
    key: { id, publicKey, certificates: [], ...usual, ...times },
    signer: {
      ...{ alg: 'ES256', kid: id, chain: [] },
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
