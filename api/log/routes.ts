import { z } from 'zod';
import { logEntryKinds, logEntryOf } from '../../domain/log-entries';
import { findCheckpoint, findTimeStamp } from '../../db/log/checkpoints';
import type { Published } from '../../db/log/checkpoints';
import { findLeaf, hashesIn, readEntries, treeIn } from '../../db/log/hashes';
import { inclusionAt } from '../../db/log/inclusion';
import { consistencyText } from '../../evidence/log/proof-text';
import { entryBundle, readTilePath, TILE_WIDTH, widthOfLevel } from '../../evidence/log/tiles';
import type { TilePlace } from '../../evidence/log/tiles';
import { timeIn } from '../../evidence/time-stamp/verification';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' };
const BYTES = { 'Content-Type': 'application/octet-stream' };
/** Never another answer. */
const FOR_EVER = { 'Cache-Control': 'public, max-age=604800, immutable' };
/** For what a new checkpoint changes. */
const FOR_A_MOMENT = { 'Cache-Control': 'public, max-age=1' };
const cached = (isFixed: boolean) => (isFixed ? FOR_EVER : FOR_A_MOMENT);

const wholeNumber = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/, 'not_a_whole_number')
  .transform(Number);

const tile = z
  .string()
  .transform((path, context) => {
    const place = readTilePath(path);
    if (place) return place;
    context.addIssue({ code: 'custom', message: 'wrong_form' });
    return z.NEVER;
  })
  .meta({ type: 'string', description: 'such as `x001/x234/067`, or `000.p/3` for its first three' });

const stampedCheckpoint = z.object({
  checkpoint: z.string().describe('a signed note'),
  timeStamp: z
    .base64()
    .describe(
      'TimeStampToken over the SHA-256 of the checkpoint, DER: `openssl ts -verify -token_in -in token -data checkpoint -CAfile roots.pem`',
    ),
  stampedAt: z.iso.datetime().describe('as the time-stamping authority says'),
});

/**
 * The transparency log, for anybody: what was published, as c2sp.org/tlog-tiles describes it, and proofs. Nothing beyond the newest
 * checkpoint is shown.
 */
export function logRoutes({ store, transparencyLog }: ApiDependencies): Route[] {
  /** @throws ApiError `not_found` */
  async function published(size?: number): Promise<Published> {
    const found = await findCheckpoint(store.knex, transparencyLog.origin, size);
    if (!found) throw new ApiError('not_found');
    return found;
  }

  /** Which rows a tile has. @throws ApiError `not_found` if the published tree has not so many */
  async function rowsOf(level: number, { index, width }: TilePlace): Promise<[from: number, count: number]> {
    const { size } = await published();
    const from = index * TILE_WIDTH;
    if (from + width > widthOfLevel(level, size)) throw new ApiError('not_found');
    return [from, width];
  }

  return [
    defineRoute({
      method: 'get',
      path: '/log/checkpoint',
      summary: 'The newest checkpoint of the transparency log (c2sp.org/tlog-checkpoint)',
      audience: 'public',
      errors: ['not_found'],
      responses: { 200: { description: 'A signed note', mediaType: 'text/plain' } },
      async handle() {
        const { note } = await published();
        return { status: 200, body: note, headers: { ...TEXT, ...FOR_A_MOMENT } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/log/keys',
      summary: 'The keys that sign for the transparency log, one a line (c2sp.org/signed-note)',
      audience: 'public',
      responses: { 200: { description: 'Texts of verifier keys', mediaType: 'text/plain' } },
      async handle() {
        const lines = transparencyLog.verifierKeys.map((key) => `${key}\n`).join('');
        return { status: 200, body: lines, headers: { ...TEXT, 'Cache-Control': 'public, max-age=60' } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/log/tile/entries/*tile',
      summary: 'Entries of the transparency log (c2sp.org/tlog-tiles)',
      audience: 'public',
      params: z.strictObject({ tile }),
      responses: { 200: { description: 'An entry bundle', mediaType: 'application/octet-stream' } },
      async handle({ params }) {
        const entries = await readEntries(store.knex, ...(await rowsOf(0, params.tile)));
        return { status: 200, body: entryBundle(entries), headers: { ...BYTES, ...FOR_EVER } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/log/tile/:level/*tile',
      summary: 'Hashes of the transparency log (c2sp.org/tlog-tiles)',
      audience: 'public',
      params: z.strictObject({
        // Above level 5 no tree of less than 2^48 leaves has a hash.
        level: z
          .string()
          .regex(/^[0-5]$/, 'wrong_form')
          .transform(Number),
        tile,
      }),
      responses: { 200: { description: 'A tile', mediaType: 'application/octet-stream' } },
      async handle({ params: { level, tile: place } }) {
        const hashes = await hashesIn(store.knex)(level, ...(await rowsOf(level, place)));
        return { status: 200, body: Buffer.concat(hashes), headers: { ...BYTES, ...FOR_EVER } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/log/inclusion',
      summary: 'Proof that an entry is in the transparency log (c2sp.org/tlog-proof)',
      audience: 'public',
      query: z
        .strictObject({
          index: wholeNumber.optional().describe('of the entry, from 0 on; or else its commitment'),
          commitment: z
            .string()
            .regex(/^[0-9a-f]{64}$/, 'wrong_form')
            .optional()
            .describe('such as the SHA-256 of a piece of evidence'),
          size: wholeNumber.optional().describe('of a published checkpoint; the newest unless given'),
        })
        .refine(
          ({ index, commitment }) => (index === undefined) !== (commitment === undefined),
          'index_or_commitment',
        ),
      errors: ['not_found'],
      responses: { 200: { description: 'A proof', mediaType: 'text/plain' } },
      async handle({ query }) {
        const checkpoint = await published(query.size);
        const index = query.index ?? (await indexOf(query.commitment ?? ''));
        if (index === undefined || index >= checkpoint.size) throw new ApiError('not_found');
        const headers = { ...TEXT, ...cached(query.size !== undefined) };
        return { status: 200, body: await inclusionAt(store.knex, index, checkpoint), headers };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/log/consistency',
      summary:
        'Proof that a checkpoint continues an earlier one, as a witness is asked to verify it (c2sp.org/tlog-witness)',
      audience: 'public',
      query: z.strictObject({
        from: wholeNumber.describe('size of the earlier tree'),
        to: wholeNumber.optional().describe('size of a published checkpoint; the newest unless given'),
      }),
      errors: ['not_found'],
      responses: { 200: { description: 'A proof', mediaType: 'text/plain' } },
      async handle({ query: { from, to } }) {
        const { size, note } = await published(to);
        // A tree that is larger than the log was never published.
        if (from > size) throw new ApiError('not_found');
        const proof = from === 0 ? [] : await treeIn(store.knex, size).consistency(from, size);
        return {
          status: 200,
          body: consistencyText(from, proof, note),
          headers: { ...TEXT, ...cached(to !== undefined) },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/log/time-stamp',
      summary: 'When a checkpoint was there at the latest, as a time-stamping authority says (RFC 3161)',
      audience: 'public',
      query: z.strictObject({
        size: wholeNumber
          .optional()
          .describe('of a checkpoint that has a time stamp; the newest of them unless given'),
      }),
      errors: ['not_found'],
      responses: { 200: { description: 'A checkpoint and its time stamp', schema: stampedCheckpoint } },
      async handle({ query: { size } }) {
        const found = await findTimeStamp(store.knex, transparencyLog.origin, size);
        if (!found) throw new ApiError('not_found');
        const body = {
          checkpoint: found.note,
          timeStamp: found.token.toString('base64'),
          stampedAt: timeIn(found.token).toISOString(),
        };
        return { status: 200, body, headers: cached(size !== undefined) };
      },
    }),
  ];

  async function indexOf(commitment: string): Promise<number | undefined> {
    return await findLeaf(
      store.knex,
      logEntryKinds.map((kind) => logEntryOf(kind, commitment)),
    );
  }
}
