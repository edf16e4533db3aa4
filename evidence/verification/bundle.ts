import { z } from 'zod';
import { signerProofSchema } from '../signer/signer-proof';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** By what the person's own signature counts (docs/adr/0044). */
const signerPart = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('certificate'), proof: signerProofSchema }),
  z.strictObject({
    kind: z.literal('agreed-terms'),
    reason: z.string().describe('why there is no certificate'),
  }),
  z.strictObject({ kind: z.literal('before-terms') }),
  z.strictObject({ kind: z.literal('on-paper') }),
]);

const document = z.strictObject({
  kind: z.string(),
  sha256,
  content: z.base64().nullable().describe('the PDF; null once it can’t be read any more'),
});

/** Everything that proves one confirmation, in one file. What is not there yet is null. */
export const bundleSchema = z
  .strictObject({
    format: z.literal('registration-identity-evidence/1'),
    number: z.string().max(64).describe('of the evidence'),
    record: z.string().max(2_000_000).describe('canonical JSON (RFC 8785): take its bytes as they are'),
    sha256: sha256.describe('of the record'),
    jws: z
      .string()
      .max(2000)
      .nullable()
      .describe('over the record, which it leaves out (RFC 7515, appendix F)'),
    timeStamp: z.base64().max(40_000).nullable().describe('TimeStampToken over the SHA-256 of the JWS, DER'),
    signer: signerPart.nullable(),
    inclusion: z
      .string()
      .max(10_000)
      .nullable()
      .describe('proof that `evidence <sha256>` is in the transparency log'),
    documents: z.array(document).max(10),
    portrait: z
      .strictObject({ mediaType: z.string(), sha256, content: z.base64() })
      .nullable()
      .describe('where the person has consented to its archiving, until it was archived'),
  })
  .meta({ id: 'EvidenceBundle' });

export type EvidenceBundle = z.infer<typeof bundleSchema>;
