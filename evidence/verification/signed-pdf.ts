import { createHash, verify } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { attributeOf, certificateOf, digests, rawCertificates } from '../cms-reading';
import { isLive } from '../signing/signing-keys';
import type { SigningKey } from '../signing/signing-keys';
import { TimeStampInvalid, verifyTimeStamp } from '../time-stamp/verification';
import type { TimeStampDefect } from '../time-stamp/verification';
import type { Trust } from './trust';

/** Why a PDF is not one of ours as we made it. */
export type PdfDefect =
  /** It has no signature in the form of our documents. */
  | 'pdf_not_signed'
  /** Something was added to it after it was signed, or the signature leaves something out. */
  | 'pdf_not_covered'
  /** A byte was changed. */
  | 'pdf_altered'
  /** It is signed by somebody else. */
  | 'pdf_signer_unknown'
  /** Our key did not sign any more, or not yet, at the time of the signature. */
  | 'pdf_key_not_live';

export interface SignedPdf {
  key: SigningKey;
  /** As an authority stamped it, or else as the document itself claims. */
  signedAt: Date;
  isTimeStamped: boolean;
  /** evidence.json, where it is attached. */
  attachment?: Buffer;
}

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  messageDigest: '1.2.840.113549.1.9.4',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
} as const;

/**
 * Verifies the signature of a document of ours (PAdES, ETSI EN 319 142-1): that it covers the whole file, that no byte was changed, and
 * that the key was ours and in use.
 */
export async function verifySignedPdf(
  file: Buffer,
  { keys, timeStamp }: Pick<Trust, 'keys' | 'timeStamp'>,
): Promise<{ pdf: SignedPdf } | { defect: PdfDefect | TimeStampDefect }> {
  const place = signaturePlace(file);
  if (typeof place === 'string') return { defect: place };
  const cms = readCms(file, place);
  if (!cms) return { defect: 'pdf_not_signed' };
  const { signer, certificate } = cms;
  const key = keys.all.find(({ certificates: [own] }) => own?.equals(certificate.raw));
  if (!key) return { defect: 'pdf_signer_unknown' };
  const digest = createHash('sha256')
    .update(file.subarray(0, place.begin))
    .update(file.subarray(place.end))
    .digest();
  const named = attributeOf(signer, OID.messageDigest);
  const isOfFile = named instanceof asn1js.OctetString && digest.equals(Buffer.from(named.getValue()));
  const value = Buffer.from(signer.signature.getValue());
  const signed = Buffer.from(signer.signedAttrs?.encodedValue ?? new ArrayBuffer(0));
  const isSigned =
    digests[signer.digestAlgorithm.algorithmId] === 'sha256' &&
    verify('sha256', signed, key.publicKey, value);
  if (!isOfFile || !isSigned) return { defect: 'pdf_altered' };
  const stamped = timeStamp && (await stampedAt(signer, value, timeStamp));
  if (typeof stamped === 'string') return { defect: stamped };
  const signedAt = stamped ?? claimedAt(file, place);
  if (!signedAt || !isLive(key, signedAt)) return { defect: 'pdf_key_not_live' };
  const attachment = attachmentIn(file);
  return { pdf: { key, signedAt, isTimeStamped: stamped !== undefined, ...(attachment && { attachment }) } };
}

interface Place {
  /** Of the signature dictionary's `/ByteRange`. */
  at: number;
  /** Where the signature's hexadecimal digits stand, with their brackets. */
  begin: number;
  end: number;
}

/** The last signature's place, if that signature covers everything but its own digits. */
function signaturePlace(file: Buffer): Place | PdfDefect {
  const at = file.lastIndexOf('/ByteRange [');
  const range = /^\/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\]/.exec(
    file.toString('latin1', at, at + 60),
  );
  if (at < 0 || !range) return 'pdf_not_signed';
  const [begin = 0, end = 0, rest] = range.slice(1).map(Number);
  const digits = file.toString('latin1', begin, end);
  const isWhole = end + (rest ?? -1) === file.length && at < begin && /^<(?:[0-9a-f]{2})+>$/.test(digits);
  return isWhole ? { at, begin, end } : 'pdf_not_covered';
}

function readCms(file: Buffer, { begin, end }: Place) {
  try {
    const bytes = Buffer.from(file.toString('latin1', begin + 1, end - 1), 'hex');
    const { result, offset } = asn1js.fromBER(bytes);
    // The place is kept larger than the signature, and filled with zeros.
    if (offset < 0 || bytes.subarray(offset).some((byte) => byte !== 0)) return undefined;
    const wrapped = new pkijs.ContentInfo({ schema: result });
    if (wrapped.contentType !== OID.signedData) return undefined;
    const data = new pkijs.SignedData({ schema: wrapped.content });
    const [signer, ...others] = data.signerInfos;
    const certificate = signer && certificateOf(signer, rawCertificates(wrapped.content));
    return certificate && others.length === 0 ? { signer, certificate } : undefined;
  } catch {
    return undefined;
  }
}

/** When an authority says that the signature was there, undefined without a time stamp, or why it proves nothing. */
async function stampedAt(
  { unsignedAttrs }: pkijs.SignerInfo,
  value: Buffer,
  trust: NonNullable<Trust['timeStamp']>,
): Promise<Date | TimeStampDefect | undefined> {
  const [attribute] = unsignedAttrs?.attributes.filter(({ type }) => type === OID.timeStampToken) ?? [];
  const [token] = (attribute?.values ?? []) as asn1js.AsnType[];
  if (!token) return undefined;
  try {
    const hash = createHash('sha256').update(value).digest();
    return (await verifyTimeStamp(Buffer.from(token.valueBeforeDecodeView), hash, trust)).time;
  } catch (error) {
    if (error instanceof TimeStampInvalid) return error.code;
    throw error;
  }
}

function claimedAt(file: Buffer, { at, begin }: Place): Date | undefined {
  const text = file.toString('latin1', Math.max(0, at - 200), begin);
  const [, ...parts] = /\/M \(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z\)/.exec(text) ?? [];
  if (parts.length === 0) return undefined;
  const [year, month, day, hour, minute, second] = parts;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** The file that is attached, as pdfkit writes it. */
function attachmentIn(file: Buffer): Buffer | undefined {
  const at = file.indexOf('/Type /EmbeddedFile');
  const stream = at < 0 ? -1 : file.indexOf('\nstream\n', at);
  if (stream < 0) return undefined;
  const dictionary = file.toString('latin1', file.lastIndexOf(' obj', at), stream);
  const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
  const begin = stream + '\nstream\n'.length;
  const bytes = file.subarray(begin, begin + length);
  try {
    return dictionary.includes('/FlateDecode')
      ? inflateSync(bytes, { maxOutputLength: 4_000_000 })
      : Buffer.from(bytes);
  } catch {
    return undefined;
  }
}
