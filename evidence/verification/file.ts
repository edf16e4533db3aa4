import { createHash } from 'node:crypto';
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
  return {
    record: bundle.record,
    findings: [...(await documentFindings(bundle, trust)), ...(await examineRecord(bundle, trust))],
  };
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

/** Each document of a bundle: its own signature, and that it is the one that the bundle names. */
async function documentFindings({ documents }: EvidenceBundle, trust: Trust): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { sha256, content } of documents) {
    if (content === null) continue;
    const file = Buffer.from(content, 'base64');
    const isNamed = createHash('sha256').update(file).digest('hex') === sha256;
    const [finding] = isNamed ? (await examinePdf(file, trust)).findings : [];
    findings.push(finding ?? { part: 'document', result: 'wrong', why: 'pdf_altered' });
  }
  return findings;
}
