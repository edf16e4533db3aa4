import { createHash } from 'node:crypto';
import { z } from 'zod';
import { rejectionOfClaim } from '../../db/decisions/claims';
import { awaitsScan, keepScan, scanOf } from '../../db/decisions/scans';
import { documentFileTypeOf, LARGEST_DOCUMENT_FILE } from '../../domain/document-files';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { journeyId } from '../journeys/command-route';
import { sha256Schema } from '../registry/documents';
import { foundJourney } from './found-journey';
import { lookBody } from './personal-data';

const subject = ({ params }: { params: z.output<typeof journeyId> }) => ({
  kind: 'journey' as const,
  id: params.id,
});

/** Scans of the papers on which a proposal rests: the document that was seen, or what the person signed. */
export function scanRoutes({ store, virusScanner, now: clock }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/clerk/journeys/:id/scans',
      summary:
        'Upload the scan of a paper, by the clerk who has claimed the journey; the same again changes nothing. It is deleted after a day if it is not proposed, and at the end of the visit',
      audience: 'clerk',
      right: 'propose',
      action: 'upload-scan',
      subject,
      params: journeyId,
      query: z.strictObject({
        sha256: sha256Schema.describe('of the file, as the clerk’s browser has computed it'),
      }),
      body: z.instanceof(Buffer),
      mediaTypes: ['application/octet-stream'],
      limit: LARGEST_DOCUMENT_FILE,
      errors: [
        ...(['not_allowed_now', 'claim_expired', 'claimed_by_other', 'too_many_scans'] as const),
        ...(['scan_unsupported', 'scan_damaged', 'scan_infected', 'scan_unexamined'] as const),
      ],
      responses: {
        201: {
          description: 'Kept',
          schema: z.strictObject({ sha256: z.string(), size: z.number().int().describe('in bytes') }),
        },
      },
      // Before the file is read; once more under the lock, when it is kept.
      async admit({ params: { id }, clerk, now }) {
        const { journey } = await foundJourney(store.knex, id, clerk);
        if (!awaitsScan(journey)) throw new ApiError('not_allowed_now');
        const unclaimed = await rejectionOfClaim(store.knex, id, clerk.id, now);
        if (unclaimed) throw new ApiError(unclaimed);
      },
      async handle({ params: { id }, query: { sha256 }, body: content, clerk }) {
        const mediaType = documentFileTypeOf(content);
        if (!mediaType) throw new ApiError('scan_unsupported');
        if (createHash('sha256').update(content).digest('hex') !== sha256) throw new ApiError('scan_damaged');
        const verdict = await virusScanner?.examine(content);
        if (verdict === 'infected') throw new ApiError('scan_infected');
        if (verdict === 'unknown') throw new ApiError('scan_unexamined');
        const scan = { journey: id, clerk: clerk.id, sha256, mediaType, content };
        // The scanner may have taken so long that the claim is over.
        const { rejected } = await keepScan(store, scan, clock());
        if (rejected) throw new ApiError(rejected);
        return { status: 201, body: { sha256, size: content.length } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/journeys/:id/scans/:sha256',
      summary: 'A scan for a reason, until the end of the visit',
      audience: 'clerk',
      right: 'see-persons',
      action: 'show-scan',
      subject,
      params: journeyId.extend({ sha256: sha256Schema }),
      body: lookBody,
      responses: { 200: { description: 'PDF, JPEG or PNG', mediaType: 'application/octet-stream' } },
      async handle({ params: { id, sha256 }, body: { reason }, clerk, audit }) {
        audit.reason = reason;
        const { journey } = await foundJourney(store.knex, id, clerk);
        const scan = await scanOf(store, journey, sha256);
        if (!scan) throw new ApiError('not_found');
        return {
          status: 200,
          body: scan.content,
          headers: {
            // Whatever it claims to be, no browser runs it at our address. The page shows it as the type that it has found.
            'Content-Type': 'application/octet-stream',
            'Content-Disposition': 'attachment',
            'Content-Security-Policy': "default-src 'none'; sandbox",
            'Content-Length': String(scan.size),
          },
        };
      },
    }),
  ];
}
