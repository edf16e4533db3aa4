// CommonJS, so that the tests in TypeScript use it too.
const { Buffer } = require('node:buffer');
const {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} = require('node:crypto');

/** @typedef {{ id: string, key: string }} PasskeyFile the credential's id, and its private key as PEM */

/** A new passkey, which no relying party knows yet. @returns {PasskeyFile} */
function newPasskey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    id: randomBytes(32).toString('base64url'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const HAS_KEY = 0x40;

/**
 * Acts as an authenticator and as the browser before it (WebAuthn Level 3, 6.1 and 6.5): an ES256 key that counts no signatures,
 * without attestation. `odd` is what is wrong with it.
 * @param {PasskeyFile} passkey
 * @param {string} origin of the page
 * @param {{ isUserVerified?: boolean, counter?: number }} [odd]
 */
function createPasskey({ id, key }, origin, { isUserVerified = true, counter = 0 } = {}) {
  const privateKey = createPrivateKey(key);
  const flags = PRESENT | (isUserVerified ? VERIFIED : 0);

  /** @param {string} rpId @param {number} more flags */
  const authenticatorData = (rpId, more = 0) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags | more]), count]);
  };
  /** @param {string} type @param {string} challenge */
  const clientData = (type, challenge) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  /** @param {Record<string, Buffer>} response */
  const credential = (response) => ({
    ...{ id, rawId: id, type: 'public-key' },
    response: Object.fromEntries(
      Object.entries(response).map(([name, bytes]) => [name, bytes.toString('base64url')]),
    ),
  });

  return {
    /** Answers `navigator.credentials.create`. @param {{ challenge: string, rp: { id: string } }} options */
    create({ challenge, rp }) {
      const { x = '', y = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
      const [x32, y32] = [x, y].map((one) => Buffer.from(one, 'base64url'));
      // COSE: kty EC2, alg ES256, crv P-256, x, y.
      const cose = [Buffer.from('a5010203262001215820', 'hex'), x32, Buffer.from('225820', 'hex'), y32];
      const credentialId = Buffer.from(id, 'base64url');
      const data = Buffer.concat([
        authenticatorData(rp.id, HAS_KEY),
        Buffer.alloc(16),
        Buffer.from([0, credentialId.length]),
        credentialId,
        ...cose.filter((part) => part !== undefined),
      ]);
      // CBOR: { fmt: 'none', attStmt: {}, authData }.
      const attestationObject = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
        Buffer.from([0x58, data.length]),
        data,
      ]);
      return credential({ clientDataJSON: clientData('webauthn.create', challenge), attestationObject });
    },

    /** Answers `navigator.credentials.get`. @param {{ challenge: string, rpId: string }} options */
    get({ challenge, rpId }) {
      const data = authenticatorData(rpId);
      const clientDataJSON = clientData('webauthn.get', challenge);
      const signature = sign('sha256', Buffer.concat([data, sha256(clientDataJSON)]), privateKey);
      return credential({ clientDataJSON, authenticatorData: data, signature });
    },
  };
}

/** @param {string | Buffer} bytes */
function sha256(bytes) {
  return createHash('sha256').update(bytes).digest();
}

exports.newPasskey = newPasskey;
exports.createPasskey = createPasskey;
