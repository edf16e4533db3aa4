import { createHash } from 'node:crypto';
import { portraitCheckOf } from '../../domain/evidence-documents';
import { bundleSchema } from './bundle';
import type { EvidenceBundle } from './bundle';
import { examineRecord, readRecord } from './examination';
import type { Finding } from './findings';
import { verifySignedPdf } from './signed-pdf';
import type { Trust } from './trust';

/** What a file is, by its content. */
export type EvidenceFile =
  | { kind: 'pdf'; file: Buffer }
  | { kind: 'bundle'; bundle: EvidenceBundle }
  /** evidence.json, as it is attached to the confirmation letter. */
  | { kind: 'record'; record: string };

/** Tells what a file is. @returns undefined if it is nothing that can be verified */
export function readEvidenceFile(file: Buffer): EvidenceFile | undefined {
  if (file.subarray(0, 5).toString('latin1') === '%PDF-') return { kind: 'pdf', file };
  const text = file.toString('utf8');
  if (readRecord(text)) return { kind: 'record', record: text };
  try {
    const { data } = bundleSchema.safeParse(JSON.parse(text));
    return data && { kind: 'bundle', bundle: data };
  } catch {
    return undefined;
  }
}

/** What a file says by itself, without asking anybody. */
export interface Examined {
  findings: Finding[];
  /** The record in it, where there is one. */
  record?: string;
}

/** Verifies a file with nothing but what is trusted. */
export async function examineFile(given: EvidenceFile, trust: Trust): Promise<Examined> {
  if (given.kind === 'pdf') return await examinePdf(given.file, trust);
  // A record alone has no proofs. Its hash leads to them.
  if (given.kind === 'record') return { record: given.record, findings: [] };
  const { bundle } = given;
  const findings = [...(await documentFindings(bundle, trust)), ...(await examineRecord(bundle, trust))];
  return { record: bundle.record, findings: [...findings, ...portraitFindings(bundle)] };
}

async function examinePdf(file: Buffer, trust: Trust): Promise<Examined> {
  const verified = await verifySignedPdf(file, trust);
  if ('defect' in verified)
    return { findings: [{ part: 'document', result: 'wrong', why: verified.defect }] };
  const { key, signedAt, isTimeStamped, attachment } = verified.pdf;
  const how = isTimeStamped ? 'document_stamped' : 'document_signed';
  const findings: Finding[] = [{ part: 'document', result: 'proven', how, time: signedAt, by: key.id }];
  const record = attachment?.toString('utf8');
  // The signature covers the attachment, so it needs no other.
  return record !== undefined && readRecord(record) ? { findings, record } : { findings };
}

/** Each document of a bundle: its own signature, that the bundle names it, and that the record attached to it is this one. */
async function documentFindings(bundle: EvidenceBundle, trust: Trust): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { sha256, content } of bundle.documents) {
    if (content === null) continue;
    const file = Buffer.from(content, 'base64');
    const isNamed = createHash('sha256').update(file).digest('hex') === sha256;
    const { findings: own, record = bundle.record } = await examinePdf(file, trust);
    const isOfRecord = isNamed && record === bundle.record;
    findings.push(
      ...(isOfRecord ? own : [{ part: 'document', result: 'wrong', why: 'pdf_altered' } as const]),
    );
  }
  return findings;
}

/** The portrait is the one that was taken in the check for this matter. */
function portraitFindings({ portrait, record }: EvidenceBundle): Finding[] {
  if (!portrait) return [];
  const statement = readRecord(record);
  const hash = createHash('sha256').update(Buffer.from(portrait.content, 'base64')).digest('hex');
  const isNamed = hash === portrait.sha256 && statement && portraitCheckOf(statement)?.portraitHash === hash;
  return isNamed
    ? [{ part: 'portrait', result: 'proven', how: 'portrait_named' }]
    : [{ part: 'portrait', result: 'wrong', why: 'portrait_differs' }];
}
