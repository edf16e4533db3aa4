import { createHash, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import type * as pkijs from 'pkijs';

// What time-stamp tokens and signatures in PDFs have in common: parts of a CMS (RFC 5652) as they came.

const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

/** Digest algorithms by their OIDs. */
export const digests: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** The certificates as they came: the hash of one that was parsed and written again may be another. */
export function rawCertificates(signedData: unknown): X509Certificate[] {
  const parts = childrenOf(signedData);
  const tagged = parts.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0);
  return childrenOf(tagged).map((block) => new X509Certificate(Buffer.from(block.valueBeforeDecodeView)));
}

function childrenOf(block: unknown): asn1js.AsnType[] {
  return block instanceof asn1js.Constructed ? block.valueBlock.value : [];
}

/** The value of a signed attribute that is there once. */
export function attributeOf(signer: pkijs.SignerInfo, oid: string): asn1js.AsnType | undefined {
  const found = (signer.signedAttrs?.attributes ?? []).filter(({ type }) => type === oid);
  const [value, ...others] = found.flatMap(({ values }) => values as asn1js.AsnType[]);
  return others.length === 0 ? value : undefined;
}

/** The certificate that the signed attributes name by its hash (RFC 5035). */
export function certificateOf(
  signer: pkijs.SignerInfo,
  certificates: readonly X509Certificate[],
): X509Certificate | undefined {
  const id = essIdOf(signer);
  return id && certificates.find(({ raw }) => createHash(id.digest).update(raw).digest().equals(id.hash));
}

/** ESSCertID names a hash by SHA-1, ESSCertIDv2 by SHA-256 or another algorithm that it says first. */
function essIdOf(signer: pkijs.SignerInfo): { digest: string; hash: Buffer } | undefined {
  const idIn = (attribute: asn1js.AsnType | undefined) => childrenOf(childrenOf(childrenOf(attribute)[0])[0]);
  const second = idIn(attributeOf(signer, SIGNING_CERTIFICATE_V2));
  const [id, isSecond] =
    second.length > 0 ? [second, true] : [idIn(attributeOf(signer, SIGNING_CERTIFICATE)), false];
  const hash = id.find((part) => part instanceof asn1js.OctetString);
  if (!hash) return undefined;
  const [named] = childrenOf(id[0]);
  const isNamed = isSecond && id[0] !== hash && named instanceof asn1js.ObjectIdentifier;
  const digest = isNamed ? digests[named.getValue()] : isSecond ? 'sha256' : 'sha1';
  return digest === undefined ? undefined : { digest, hash: Buffer.from(hash.getValue()) };
}
