import { createHash, verify, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { isTrusted, parsed } from '../certificates';

/** What a time-stamp token says. */
export interface TimeStamp {
  /** When the hash existed at the latest. */
  time: Date;
  /** OID of the policy under which the authority works. */
  policy: string;
  /** The request's, as bytes of an ASN.1 integer. */
  nonce?: Buffer;
}

/** Why a token proves nothing. */
export type TimeStampDefect =
  | 'time_stamp_malformed'
  /** It was made for another hash, or by another hash algorithm. */
  | 'time_stamp_of_another_hash'
  | 'time_stamp_policy_differs'
  /** The certificate that the signature names is not there. */
  | 'time_stamp_certificate_missing'
  | 'time_stamp_signature_wrong'
  /** The certificate is not for time stamps alone. */
  | 'time_stamp_certificate_purpose'
  /** No path of valid certificates led to a root that we trust at that time. */
  | 'time_stamp_untrusted';

export class TimeStampInvalid extends Error {
  constructor(readonly code: TimeStampDefect) {
    super(code);
    this.name = 'TimeStampInvalid';
  }
}

export interface TimeStampTrust {
  roots: readonly X509Certificate[];
  /** OID of the only policy that is accepted; any policy without it. */
  policy?: string;
}

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  extendedKeyUsage: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const;

const digests: Readonly<Record<string, string>> = {
  [OID.sha256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

// RSA with PKCS #1 v1.5, named with and without its digest, and ECDSA.
const signatureAlgorithms = /^1\.2\.840\.(113549\.1\.1\.(1|11|12|13)|10045\.4\.3\.[234])$/;

/**
 * Verifies a TimeStampToken (RFC 3161, RFC 5816): imprint, policy, the authority's signature over exactly this content, its certificate
 * by ESS id (RFC 5035) and sole purpose, and the path from there to a root at the time of the token.
 * @param hash SHA-256
 * @throws TimeStampInvalid
 */
export async function verifyTimeStamp(
  token: Buffer,
  hash: Buffer,
  { roots, policy }: TimeStampTrust,
): Promise<TimeStamp> {
  const { info, content, signer, certificates } = readToken(token);
  const { messageImprint, genTime, nonce } = info;
  must(
    messageImprint.hashAlgorithm.algorithmId === OID.sha256 &&
      hash.equals(Buffer.from(messageImprint.hashedMessage.getValue())),
    'time_stamp_of_another_hash',
  );
  must(policy === undefined || info.policy === policy, 'time_stamp_policy_differs');
  const certificate = certificateOf(signer, certificates);
  must(certificate, 'time_stamp_certificate_missing');
  must(isSigned(signer, content, certificate), 'time_stamp_signature_wrong');
  must(isForTimeStamps(certificate), 'time_stamp_certificate_purpose');
  must(await isTrusted(certificate, certificates, roots, genTime), 'time_stamp_untrusted');
  return {
    time: genTime,
    policy: info.policy,
    ...(nonce && { nonce: Buffer.from(nonce.valueBlock.valueHexView) }),
  };
}

/** When a token says that the hash existed. It proves nothing by itself. @throws TimeStampInvalid */
export function timeIn(token: Buffer): Date {
  return readToken(token).info.genTime;
}

interface Token {
  info: pkijs.TSTInfo;
  /** The bytes of `info`, as they were signed. */
  content: Buffer;
  signer: pkijs.SignerInfo;
  certificates: X509Certificate[];
}

function readToken(token: Buffer): Token {
  try {
    const { result, offset } = asn1js.fromBER(token);
    must(offset === token.length, 'time_stamp_malformed');
    const wrapped = new pkijs.ContentInfo({ schema: result });
    must(wrapped.contentType === OID.signedData, 'time_stamp_malformed');
    const data = new pkijs.SignedData({ schema: wrapped.content });
    const { eContentType, eContent } = data.encapContentInfo;
    const [signer, ...others] = data.signerInfos;
    must(eContentType === OID.tstInfo && eContent && signer && others.length === 0, 'time_stamp_malformed');
    const content = Buffer.from(eContent.getValue());
    const info = pkijs.TSTInfo.fromBER(content);
    must(info.version === 1, 'time_stamp_malformed');
    return { info, content, signer, certificates: rawCertificates(wrapped.content) };
  } catch (error) {
    throw error instanceof TimeStampInvalid ? error : new TimeStampInvalid('time_stamp_malformed');
  }
}

/** The certificates as they came: the hash of one that was parsed and written again may be another. */
function rawCertificates(signedData: unknown): X509Certificate[] {
  const parts = childrenOf(signedData);
  const tagged = parts.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0);
  return childrenOf(tagged).map((block) => new X509Certificate(Buffer.from(block.valueBeforeDecodeView)));
}

function childrenOf(block: unknown): asn1js.AsnType[] {
  return block instanceof asn1js.Constructed ? block.valueBlock.value : [];
}

function attributeOf(signer: pkijs.SignerInfo, oid: string): asn1js.AsnType | undefined {
  const found = (signer.signedAttrs?.attributes ?? []).filter(({ type }) => type === oid);
  const [value, ...others] = found.flatMap(({ values }) => values as asn1js.AsnType[]);
  return others.length === 0 ? value : undefined;
}

/** The certificate that the signed attributes name by its hash. */
function certificateOf(
  signer: pkijs.SignerInfo,
  certificates: readonly X509Certificate[],
): X509Certificate | undefined {
  const id = essIdOf(signer);
  return id && certificates.find(({ raw }) => createHash(id.digest).update(raw).digest().equals(id.hash));
}

/** ESSCertID names a hash by SHA-1, ESSCertIDv2 by SHA-256 or another algorithm that it says first. */
function essIdOf(signer: pkijs.SignerInfo): { digest: string; hash: Buffer } | undefined {
  const idIn = (attribute: asn1js.AsnType | undefined) => childrenOf(childrenOf(childrenOf(attribute)[0])[0]);
  const second = idIn(attributeOf(signer, OID.signingCertificateV2));
  const [id, isSecond] =
    second.length > 0 ? [second, true] : [idIn(attributeOf(signer, OID.signingCertificate))];
  const hash = id.find((part) => part instanceof asn1js.OctetString);
  if (!hash) return undefined;
  const [named] = childrenOf(id[0]);
  const isNamed = isSecond && id[0] !== hash && named instanceof asn1js.ObjectIdentifier;
  const digest = isNamed ? digests[named.getValue()] : isSecond ? 'sha256' : 'sha1';
  return digest === undefined ? undefined : { digest, hash: Buffer.from(hash.getValue()) };
}

function isSigned(signer: pkijs.SignerInfo, content: Buffer, { publicKey }: X509Certificate): boolean {
  const digest = digests[signer.digestAlgorithm.algorithmId];
  const type = attributeOf(signer, OID.contentType);
  const named = attributeOf(signer, OID.messageDigest);
  const isOfContent =
    digest !== undefined &&
    type instanceof asn1js.ObjectIdentifier &&
    type.getValue() === OID.tstInfo &&
    named instanceof asn1js.OctetString &&
    createHash(digest).update(content).digest().equals(Buffer.from(named.getValue()));
  if (!isOfContent || !signatureAlgorithms.test(signer.signatureAlgorithm.algorithmId)) return false;
  const signed = Buffer.from(signer.signedAttrs?.encodedValue ?? new ArrayBuffer(0));
  return verify(digest, signed, publicKey, Buffer.from(signer.signature.getValue()));
}

/** RFC 3161, section 2.3: the extended key usage is critical and names time stamps alone. */
function isForTimeStamps(certificate: X509Certificate): boolean {
  const usage = parsed(certificate).extensions?.find(({ extnID }) => extnID === OID.extendedKeyUsage);
  const value: unknown = usage?.parsedValue;
  const purposes = value instanceof pkijs.ExtKeyUsage ? value.keyPurposes : [];
  return usage?.critical === true && purposes.length === 1 && purposes[0] === OID.timeStamping;
}

function must(condition: unknown, code: TimeStampDefect): asserts condition {
  if (!condition) throw new TimeStampInvalid(code);
}
