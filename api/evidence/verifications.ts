import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { findEvidence } from '../../db/evidence/proofs';
import { recordViews } from '../../db/evidence/views';
import { EVIDENCE_NUMBER } from '../../domain/evidence';
import { recordStates } from '../../domain/confirmation-records';
import { matterKindNames, matterKinds, roleNames, roles } from '../../domain/roles';
import { verificationCodeOf } from '../../domain/verification-codes';
import { readEvidenceFile } from '../../evidence/verification/file';
import { conclusionOf, provenParts } from '../../evidence/verification/findings';
import type { Finding } from '../../evidence/verification/findings';
import {
  absenceWords,
  conclusionWords,
  mismatchWords,
  partWords,
  proofWords,
} from '../../evidence/verification/words';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { mayGrow } from '../extensible';
import { verifyFile, verifyStored } from './verification';
import type { Verification } from './verification';

/** A letter has some 110 KB; in Base64, with the rest of a bundle, this is enough. */
const LARGEST = 4 * 1024 * 1024;

const words = z.strictObject({ zh: z.string(), en: z.string() });

export const evidenceVerification = z
  .strictObject({
    conclusion: mayGrow(['genuine', 'wrong', 'open']).describe(
      '`wrong`: a part does not match. `open`: it is not signed yet, or its content was deleted',
    ),
    text: words,
    confirmation: z
      .strictObject({
        number: z.string(),
        state: mayGrow(recordStates),
        entity: z.string().optional(),
        kind: z.string(),
        roles: z.array(z.string()),
        person: z.string().optional().describe('masked; missing once the record was deleted'),
        confirmedAt: z.iso.datetime(),
      })
      .optional()
      .describe('missing if we have never made it'),
    findings: z.array(
      z.strictObject({
        part: mayGrow(provenParts),
        result: mayGrow(['proven', 'absent', 'wrong']),
        code: z.string(),
        title: words,
        text: words,
        time: z.iso.datetime().optional(),
        by: z.string().optional().describe('the id of the key, or the name of the log'),
      }),
    ),
  })
  .meta({ id: 'EvidenceVerification' });

const request = z.union([
  z.strictObject({
    number: z.string().max(64).describe('存证编号'),
    code: z.string().max(64).describe('验证码, printed beside the number'),
  }),
  z.strictObject({
    file: z.base64().max(LARGEST).describe('a PDF of ours, evidence.json, or an evidence bundle'),
  }),
]);

/** Verification of evidence, for anybody. Without the code, or the evidence itself, it tells nothing. */
export function verificationRoute({ store, trust, transparencyLog }: ApiDependencies): Route {
  const verifying = () => ({ store, trust, origin: transparencyLog.origin });

  /** @throws ApiError the same for a number that does not exist and for a wrong code */
  async function byCode(number: string, code: string): Promise<Verification> {
    const written = number.trim().toUpperCase();
    const evidence = EVIDENCE_NUMBER.test(written)
      ? await findEvidence(store, { number: written })
      : undefined;
    const expected = Buffer.from(verificationCodeOf(store.pseudonyms.verificationCode(evidence ?? '')));
    const given = Buffer.from(code.trim().toUpperCase());
    const isRight = given.length === expected.length && timingSafeEqual(given, expected);
    if (evidence === undefined || !isRight) throw new ApiError('verification_refused');
    return await verifyStored(verifying(), evidence);
  }

  return defineRoute({
    method: 'post',
    path: '/api/evidence-verifications',
    summary: 'Verify evidence: by its number and code, or by a file',
    audience: 'public',
    body: request,
    limit: LARGEST + 1024,
    errors: ['verification_refused', 'evidence_file_unreadable'],
    responses: {
      200: { description: 'What is proven, and what does not match', schema: evidenceVerification },
    },
    async handle({ body, now }) {
      const verification = 'file' in body ? await byFile(body.file) : await byCode(body.number, body.code);
      const { evidence } = verification;
      if (evidence !== undefined)
        await recordViews(store.knex, [evidence], { viewer: 'verifier', part: 'summary' }, now);
      return { status: 200, body: answerOf(verification) };
    },
  });

  async function byFile(base64: string): Promise<Verification> {
    const file = readEvidenceFile(Buffer.from(base64, 'base64'));
    if (!file) throw new ApiError('evidence_file_unreadable');
    return await verifyFile(verifying(), file);
  }
}

/** As it is said to people, in words. */
export function answerOf({ findings, confirmation }: Verification): z.infer<typeof evidenceVerification> {
  const conclusion = conclusionOf(findings);
  return {
    conclusion,
    text: conclusionWords[conclusion],
    ...(confirmation && {
      confirmation: {
        ...{ number: confirmation.number, state: confirmation.state },
        ...(confirmation.entity !== undefined && { entity: confirmation.entity }),
        kind: matterKindNames.includes(confirmation.kind)
          ? matterKinds[confirmation.kind]
          : confirmation.kind,
        roles: confirmation.roles.map((role) => (roleNames.includes(role) ? roles[role] : role)),
        ...(confirmation.person !== undefined && { person: confirmation.person }),
        confirmedAt: confirmation.confirmedAt.toISOString(),
      },
    }),
    findings: findings.map(saidOf),
  };
}

function saidOf(finding: Finding): z.infer<typeof evidenceVerification>['findings'][number] {
  const { part, result } = finding;
  const title = partWords[part];
  if (finding.result === 'wrong')
    return { part, result, code: finding.why, title, text: mismatchWords[finding.why] };
  if (finding.result === 'absent')
    return { part, result, code: finding.why, title, text: absenceWords[finding.why] };
  const { how, time, by } = finding;
  return {
    ...{ part, result, code: how, title, text: proofWords[how] },
    ...(time && { time: time.toISOString() }),
    ...(by !== undefined && { by }),
  };
}
