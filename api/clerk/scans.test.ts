import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import request from 'supertest';
import { LARGEST_DOCUMENT_FILE } from '../../domain/document-files';
import { unusualFrom } from '../../domain/unusual-use';
import type { VirusScanner } from '../../platform/virus-scanner';
import { MOST_LARGE_BODIES } from '../body';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';

type Clerk = Awaited<ReturnType<TestApi['addClerk']>>;

let api: TestApi;
let held: HeldJourney;
let clerk: Clerk;
let verdict: Awaited<ReturnType<VirusScanner['examine']>>;
const examined: Buffer[] = [];
/** What the scanner does before it says anything. */
let beforeVerdict: () => Promise<unknown>;

beforeEach(async () => {
  verdict = 'clean';
  beforeVerdict = () => Promise.resolve();
  examined.length = 0;
  const virusScanner: VirusScanner = {
    async examine(content) {
      examined.push(content);
      await beforeVerdict();
      return verdict;
    },
  };
  api = await startApi({ virusScanner });
  held = await holdJourney(api, () => new Date());
  await held.show({ step: 'stuck', cause: 'in-person' });
  clerk = await api.addClerk('clerk', ['national']);
  await claim(clerk);
});
afterEach(() => api.end());

const claim = ({ headers }: Clerk) =>
  request(api.server).post(`/api/clerk/journeys/${held.id}/claim`).set(headers).send({});
const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const png = Buffer.from('89504e470d0a1a0a', 'hex');

async function upload(content: Buffer, { by = clerk, sha256 = hashOf(content) } = {}) {
  const { status, body } = await request(api.server)
    .post(`/api/clerk/journeys/${held.id}/scans?sha256=${sha256}`)
    .set({ ...by.headers, 'content-type': 'application/octet-stream' })
    .send(content);
  return [status, body.error?.code ?? body.sha256];
}
const show = (content: Buffer, { headers } = clerk, reason = 'at-window') =>
  request(api.server)
    .post(`/api/clerk/journeys/${held.id}/scans/${hashOf(content)}`)
    .set(headers)
    .send({ reason })
    .buffer();
const scans = () => api.store.knex('scans').select('sha256', 'clerk_id');

it('is examined, kept and given out again so that no browser runs it', async () => {
  expect(await upload(png)).toEqual([201, hashOf(png)]);
  expect(examined).toEqual([png]);
  expect(await scans()).toEqual([{ sha256: hashOf(png), clerk_id: clerk.id }]);
  const { status, headers, body } = await show(png);
  expect([status, Buffer.compare(body as Buffer, png)]).toEqual([200, 0]);
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-length': '8',
  });
  const actions = await api.store
    .knex('clerk_actions')
    .where({ clerk_id: clerk.id })
    .orderBy('id')
    .select('action', 'subject_id', 'reason', 'result');
  expect(actions.slice(1)).toEqual([
    { action: 'upload-scan', subject_id: held.id, reason: null, result: 'done' },
    { action: 'show-scan', subject_id: held.id, reason: 'at-window', result: 'done' },
  ]);
});

it.each([
  ['of another type', Buffer.from('<html>'), 'scan_unsupported', {}],
  ['of a type that only its name would say', Buffer.from('scan.pdf'), 'scan_unsupported', {}],
  ['that the browser read as another', png, 'scan_damaged', { sha256: 'a'.repeat(64) }],
])('a file %s is not kept', async (_, content, code, sent) => {
  expect(await upload(content, sent)).toEqual([422, code]);
  expect([examined, await scans()]).toEqual([[], []]);
});

it.each([
  ['infected', 422, 'scan_infected'],
  ['unknown', 503, 'scan_unexamined'],
] as const)(
  'a file of which the scanner says “%s” is not kept, and that is on record',
  async (said, ...refusal) => {
    verdict = said;
    expect(await upload(png)).toEqual(refusal);
    expect(await scans()).toEqual([]);
    const results = await api.store.knex('clerk_actions').where({ action: 'upload-scan' }).pluck('result');
    expect(results).toEqual([refusal[1]]);
  },
);

it('an upload without a file is invalid, also by a clerk who has not claimed the journey', async () => {
  const other = await api.addClerk('clerk', ['national']);
  expect(await upload(png, { by: other })).toEqual([409, 'claimed_by_other']);
  expect(await upload(Buffer.alloc(0), { by: other })).toEqual([422, 'invalid']);
});

it('is 20 MB at most', async () => {
  const content = Buffer.concat([png, Buffer.alloc(LARGEST_DOCUMENT_FILE - png.length)]);
  expect(await upload(content)).toEqual([201, hashOf(content)]);
  expect(await upload(Buffer.concat([content, png]))).toEqual([413, 'body_too_large']);
}, 60_000);

it('is refused before it is read where it is not taken at all', async () => {
  const tooLarge = Buffer.concat([png, Buffer.alloc(LARGEST_DOCUMENT_FILE)]);
  const elsewhere = await api.addClerk('reviewer', ['110105']);
  expect(await upload(tooLarge, { by: elsewhere })).toEqual([404, 'not_found']);
  const colleague = await api.addClerk('reviewer', ['national']);
  expect(await upload(tooLarge, { by: colleague })).toEqual([409, 'claimed_by_other']);
}, 60_000);

it('waits for others where the process holds as many as it may', async () => {
  const scanner = new EventEmitter();
  const areHeld = once(scanner, 'full');
  const goesOn = once(scanner, 'on');
  beforeVerdict = () => {
    if (examined.length === MOST_LARGE_BODIES) scanner.emit('full');
    return goesOn;
  };
  const first = Array.from({ length: MOST_LARGE_BODIES }, () => upload(png));
  await areHeld;
  expect(await upload(png)).toEqual([503, 'temporarily_unavailable']);
  scanner.emit('on');
  for (const one of first) expect(await one).toEqual([201, hashOf(png)]);
  expect(await upload(png)).toEqual([201, hashOf(png)]);
});

it('is shown for a known reason only, and each look counts in the report of unusual use', async () => {
  await upload(png);
  expect((await show(png, clerk, 'curious')).status).toBe(422);
  const path = `/api/clerk/journeys/${held.id}/scans/${hashOf(png)}`;
  expect((await request(api.server).get(path).set(clerk.headers)).status).toBe(405);
  for (let look = 0; look < unusualFrom['one-person-often']; look += 1) await show(png);
  const { headers } = await api.addClerk('auditor', ['national']);
  const { body } = await request(api.server).get('/api/clerk/unusual-use').set(headers);
  const often = { use: 'one-person-often', clerk: clerk.id, count: unusualFrom['one-person-often'] };
  expect(body.found).toContainEqual(expect.objectContaining(often));
});

it('is taken from nobody else, and shown to nobody whose scope or role does not cover it', async () => {
  await upload(png);
  const colleague = await api.addClerk('reviewer', ['national']);
  expect(await upload(Buffer.concat([png, png]), { by: colleague })).toEqual([409, 'claimed_by_other']);
  expect((await show(png, colleague)).status).toBe(200);
  const elsewhere = await api.addClerk('reviewer', ['110105']);
  expect(await upload(png, { by: elsewhere })).toEqual([404, 'not_found']);
  expect((await show(png, elsewhere)).status).toBe(404);
  const auditor = await api.addClerk('auditor', ['national']);
  expect([(await show(png, auditor)).status, (await upload(png, { by: auditor }))[1]]).toEqual([
    403,
    'not_your_right',
  ]);
});

it('is not taken where nothing is to be accepted, and is gone with the visit', async () => {
  await upload(png);
  await held.show({ step: 'face' });
  expect(await upload(png)).toEqual([409, 'not_allowed_now']);
  await held.show({ step: 'closed' });
  expect((await show(png)).status).toBe(404);
});
