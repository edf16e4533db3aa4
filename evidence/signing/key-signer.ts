import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { RawSigner } from './raw-signer';
import { SigningKeysError, spkiOf } from './signing-keys';
import type { SigningKeys } from './signing-keys';

/**
 * Signs with a private key that lies in a file (`SIGNING_KEY_FILE`).
 * @param pem PKCS #8
 * @throws SigningKeysError if no key of the list belongs to it
 */
export function createKeySigner(pem: string, keys: SigningKeys): RawSigner {
  const privateKey = createPrivateKey(pem);
  const spki = spkiOf(createPublicKey(privateKey));
  const key = keys.all.find(({ publicKey }) => spkiOf(publicKey) === spki);
  if (!key) throw new SigningKeysError([{ path: '', code: 'private_key_not_listed' }]);
  return {
    alg: 'ES256',
    kid: key.id,
    chain: key.certificates,
    async sign(toBeSigned) {
      return sign('sha256', toBeSigned, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    },
  };
}
