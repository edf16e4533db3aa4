import { createHash } from 'node:crypto';

/**
 * @import { ClerkJourney } from './api-types.ts'
 * @import { Clerk } from './clerk.mjs'
 */

/** What a clerk ticks who has compared everything. */
const compared = {
  'on-site': ['document-original', 'document-matches', 'document-intact', 'face-matches', 'person-willing'],
  notarised: ['notary-confirmed', 'document-matches', 'document-intact'],
};
const signedPaper = { 'on-site': 'signed-at-window', notarised: 'signature-notarised' };

/**
 * Uploads the scan of a paper for a journey that the clerk has claimed.
 * @param {Clerk} client
 * @param {ClerkJourney} journey
 * @param {'on-site' | 'notarised'} acceptance
 * @returns what a proposal to accept the person says about the paper
 */
export async function uploadScan(client, { id, toDo }, acceptance) {
  const scan = Buffer.from(`%PDF-1.7\n% the scan of a paper for ${id}\n`);
  const paperHash = createHash('sha256').update(scan).digest('hex');
  await client.upload(`journeys/${id}/scans?sha256=${paperHash}`, scan);
  const checks = [...compared[acceptance], ...(toDo ? [signedPaper[acceptance]] : [])];
  const validUntil = acceptance === 'on-site' ? { validUntil: 'no-end' } : {};
  return { paperHash, seen: { checks, ...validUntil } };
}
