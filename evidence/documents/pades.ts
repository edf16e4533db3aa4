import { createHash } from 'node:crypto';
import type { SignatureLevel } from '../../domain/evidence-documents';
import type { RawSigner } from '../signing/raw-signer';
import { TimeStampUnavailable } from '../time-stamp/time-stamper';
import type { TimeStamper } from '../time-stamp/time-stamper';
import { signDetached } from './cms';
import type { DetachedSignature } from './cms';
import { referenceIn, revise, withEntry } from './revision';

/** The signature does not fit into the place that was kept for it. */
class SignatureTooLarge extends Error {
  override readonly name = 'SignatureTooLarge';
  readonly code = 'signature_too_large';
}

// For a time stamp with the certificates of its authority, and for everything else beside our own certificates.
const TOKEN_BYTES = 9_000;
const REST_BYTES = 1_000;

// As many digits as any place in a file needs.
const UNKNOWN = '9999999999';
const BYTE_RANGE = `/ByteRange [0 ${UNKNOWN} ${UNKNOWN} ${UNKNOWN}]`;

/**
 * Signs a PDF whole, in a field that is not seen. Where no authority gives a time stamp, it is signed without one.
 * @param file as pdfkit writes it
 * @param claimed when it is signed, as the signer says
 * @throws SignatureTooLarge
 */
export async function signPdf(
  file: Buffer,
  { signer, timeStamper }: { signer: RawSigner; timeStamper?: TimeStamper },
  claimed: Date,
): Promise<{ file: Buffer; level: SignatureLevel }> {
  const reserved = signer.chain.reduce((sum, { length }) => sum + length, TOKEN_BYTES + REST_BYTES);
  const { prepared, contents } = withField(file, reserved, claimed);
  // What is signed is the file without the signature's own value and its brackets.
  const range = [0, contents.begin, contents.end, prepared.length - contents.end];
  prepared.write(
    `/ByteRange [${range.join(' ')}]`.padEnd(BYTE_RANGE.length),
    prepared.indexOf(BYTE_RANGE, file.length),
  );
  const digest = createHash('sha256')
    .update(prepared.subarray(0, contents.begin))
    .update(prepared.subarray(contents.end))
    .digest();
  const signature = await signDetached(signer, digest);
  const token = await stampOf(signature, timeStamper);
  const cms = signature.toCms(token);
  if (cms.length > reserved) throw new SignatureTooLarge(`The signature has ${cms.length} bytes.`);
  prepared.write(cms.toString('hex'), contents.begin + 1, 'latin1');
  return { file: prepared, level: token ? 'B-T' : 'B-B' };
}

async function stampOf(signature: DetachedSignature, timeStamper?: TimeStamper): Promise<Buffer | undefined> {
  try {
    return await timeStamper?.stamp(createHash('sha256').update(signature.value).digest());
  } catch (error) {
    if (error instanceof TimeStampUnavailable) return undefined;
    throw error;
  }
}

/** The file with a signature field on its first page, whose value is still to be filled in. */
function withField(file: Buffer, reserved: number, claimed: Date) {
  const revision = revise(file);
  const catalogue = revision.dictionaryOf(revision.root);
  const pages = revision.dictionaryOf(referenceIn(catalogue, 'Pages'));
  const page = referenceIn(pages, 'Kids');
  const time = `${claimed.toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`;
  const signature = revision.add(
    [
      '<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached',
      `/M (D:${time})`,
      BYTE_RANGE,
      `/Contents <${'00'.repeat(reserved)}>\n>>`,
    ].join('\n'),
  );
  const field = revision.add(
    // Flags: printed and locked, as PDF/A demands of what is not hidden.
    `<<\n/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/T (Signature)\n/V ${signature} 0 R\n/P ${page} 0 R\n/Rect [0 0 0 0]\n/F 132\n>>`,
  );
  revision.replace(page, withEntry(revision.dictionaryOf(page), `/Annots [${field} 0 R]`));
  revision.replace(revision.root, withEntry(catalogue, `/AcroForm << /Fields [${field} 0 R] /SigFlags 3 >>`));
  const prepared = revision.write();
  const begin = prepared.indexOf('/Contents <', file.length) + '/Contents '.length;
  return { prepared, contents: { begin, end: begin + 2 + 2 * reserved } };
}
