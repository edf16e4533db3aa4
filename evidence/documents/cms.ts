import { createHash } from 'node:crypto';
import * as asn1 from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import type { RawSigner } from '../signing/raw-signer';

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  // RFC 5035.
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  // RFC 3161, appendix A.
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
};

/** A detached signature, before it is written as a file. */
export interface DetachedSignature {
  /** What a time stamp is made of. */
  value: Buffer;
  /** The signature as a CMS (RFC 5652, DER). @param token a TimeStampToken over `value` */
  toCms(token?: Buffer): Buffer;
}

/**
 * Signs as PAdES demands of a CMS (ETSI EN 319 142-1, 6.3): the certificate is named by its hash, and there is no signing-time
 * attribute.
 * @param digest SHA-256 of what is signed
 */
export async function signDetached(signer: RawSigner, digest: Buffer): Promise<DetachedSignature> {
  const certificates = signer.chain.map((der) => Certificate.fromBER(der));
  const [own] = certificates;
  const [ownDer] = signer.chain;
  if (!own || !ownDer) throw new Error('The signer has no certificate.');
  const certificateId = new asn1.Sequence({ value: [octets(createHash('sha256').update(ownDer).digest())] });
  const attributes = [
    attribute(OID.contentType, new asn1.ObjectIdentifier({ value: OID.data })),
    attribute(OID.messageDigest, octets(digest)),
    attribute(
      OID.signingCertificateV2,
      new asn1.Sequence({ value: [new asn1.Sequence({ value: [certificateId] })] }),
    ),
  ];
  // DER: the members of a SET are in the order of their bytes.
  const ordered = attributes
    .map((one) => ({ one, der: Buffer.from(one.toSchema().toBER()) }))
    .sort((a, b) => Buffer.compare(a.der, b.der));
  const signedAttrs = new asn1.Set({ value: ordered.map(({ one }) => one.toSchema()) });
  const value = derOf(await signer.sign(Buffer.from(signedAttrs.toBER())));

  return {
    value,
    toCms(token) {
      const signerInfo = new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
        digestAlgorithm: new AlgorithmIdentifier({ algorithmId: OID.sha256 }),
        signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes: ordered.map(({ one }) => one) }),
        signatureAlgorithm: new AlgorithmIdentifier({ algorithmId: OID.ecdsaWithSha256 }),
        signature: octets(value),
        ...(token && {
          unsignedAttrs: new SignedAndUnsignedAttributes({
            type: 1,
            attributes: [attribute(OID.timeStampToken, asn1.fromBER(token).result)],
          }),
        }),
      });
      const signedData = new SignedData({
        version: 1,
        encapContentInfo: new EncapsulatedContentInfo({ eContentType: OID.data }),
        digestAlgorithms: [new AlgorithmIdentifier({ algorithmId: OID.sha256 })],
        certificates,
        signerInfos: [signerInfo],
      });
      const content = new ContentInfo({ contentType: OID.signedData, content: signedData.toSchema(true) });
      return Buffer.from(content.toSchema().toBER());
    },
  };
}

function attribute(type: string, value: asn1.AsnType): Attribute {
  return new Attribute({ type, values: [value] });
}

function octets(bytes: Buffer): asn1.OctetString {
  return new asn1.OctetString({ valueHex: bytes });
}

/** ECDSA-Sig-Value (RFC 3279, 2.2.3) of r and s, 32 bytes each. */
function derOf(signature: Buffer): Buffer {
  const numbers = [signature.subarray(0, 32), signature.subarray(32)].map((bytes) =>
    asn1.Integer.fromBigInt(BigInt(`0x${bytes.toString('hex')}`)),
  );
  return Buffer.from(new asn1.Sequence({ value: numbers }).toBER());
}
