import { createHash } from 'node:crypto';
import request from 'supertest';
import { addTimeStamp, findCheckpoint } from '../../db/log/checkpoints';
import { addLeaves, LOG_BATCH, publishCheckpoint } from '../../db/log/sequencing';
import { addToLog } from '../../db/log/waiting';
import { openCheckpoint } from '../../evidence/log/checkpoint';
import { timeIn } from '../../evidence/time-stamp/verification';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { startEvidenceAuthorities } from '../../test/setup/evidence-authorities';
import { LOG_ORIGIN, logIdentity, logVerifiers } from '../../test/setup/keys';

let api: TestApi;

const SIZE = LOG_BATCH + 4;
const commitment = (at: number) => at.toString(16).padStart(64, '0');
const entry = (at: number) => `clerk-action ${commitment(at)}`;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.end());

// What comes over the wire, byte by byte.
const get = async (path: string) =>
  await request(api.server)
    .get(path)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });
const answer = async (path: string) => {
  const { status, body } = await get(path);
  return { status, body: body as Buffer };
};
const refusal = async (path: string) => {
  const { status, body } = await answer(path);
  return [status, JSON.parse(body.toString()).error.code];
};
const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

it('before the first checkpoint nothing is there', async () => {
  for (const path of [
    'checkpoint',
    'tile/0/000',
    'tile/entries/000',
    'inclusion?index=0',
    'consistency?from=0',
    'time-stamp',
  ])
    expect([path, ...(await refusal(`/log/${path}`))]).toEqual([path, 404, 'not_found']);
});

describe('a log', () => {
  beforeAll(async () => {
    const { store } = api;
    for (let at = 0; at < SIZE; at += 1)
      await addToLog(store.knex, 'clerk-action', commitment(at), new Date());
    for (let round = 0; round < 2; round += 1) {
      await addLeaves(store, LOG_ORIGIN);
      await publishCheckpoint(store, logIdentity, new Date());
    }
    // A leaf that no checkpoint covers yet.
    await addToLog(store.knex, 'clerk-action', commitment(SIZE), new Date());
    await addLeaves(store, LOG_ORIGIN);
  });

  it('shows its newest checkpoint and its keys', async () => {
    const { headers, body } = await get('/log/checkpoint');
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'public, max-age=1',
    });
    expect(openCheckpoint((body as Buffer).toString(), logVerifiers)?.size).toBe(SIZE);
    expect((await answer('/log/keys')).body.toString()).toBe(`${logVerifiers[0]?.verifierKey}\n`);
  });

  it('shows the time stamp of a checkpoint, where there is one', async () => {
    expect(await refusal('/log/time-stamp')).toEqual([404, 'not_found']);
    const { knex } = api.store;
    const earlier = (await findCheckpoint(knex, LOG_ORIGIN, LOG_BATCH))!;
    const authorities = await startEvidenceAuthorities();
    const token = await authorities.sealing.timeStamper.stamp(sha256(Buffer.from(earlier.note)));
    await authorities.end();
    // Our clock is wrong, which nobody is told.
    await addTimeStamp(knex, earlier.id, token, new Date('2026-03-01T00:00:00Z'));
    for (const path of ['time-stamp', `time-stamp?size=${LOG_BATCH}`])
      expect(JSON.parse((await answer(`/log/${path}`)).body.toString())).toEqual({
        ...{ checkpoint: earlier.note, timeStamp: token.toString('base64') },
        stampedAt: timeIn(token).toISOString(),
      });
    // The newest has none.
    expect(await refusal(`/log/time-stamp?size=${SIZE}`)).toEqual([404, 'not_found']);
  });

  it.each([
    ['entries/000', LOG_BATCH],
    ['entries/001.p/4', 4],
    ['entries/001.p/2', 2],
  ])('shows the entries of %s', async (path, count) => {
    const { headers, body } = await get(`/log/tile/${path}`);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=604800, immutable',
    });
    const first = path.startsWith('entries/001') ? LOG_BATCH : 0;
    const expected = Array.from({ length: count }, (_, at) => {
      const bytes = Buffer.from(entry(first + at));
      return Buffer.concat([Buffer.from([0, bytes.length]), bytes]);
    });
    expect(body).toEqual(Buffer.concat(expected));
  });

  it('shows its hashes, of which the full tile has one at the level above', async () => {
    const leaf = (at: number) => sha256(Buffer.of(0), Buffer.from(entry(at)));
    const full = (await answer('/log/tile/0/000')).body;
    expect(full).toHaveLength(LOG_BATCH * 32);
    expect(full.subarray(32, 64)).toEqual(leaf(1));
    expect((await answer('/log/tile/0/001.p/1')).body).toEqual(leaf(LOG_BATCH));
    expect((await answer('/log/tile/1/000.p/1')).body).toHaveLength(32);
  });

  it.each([
    // Beyond what is published, though one more leaf is there.
    ...['tile/0/001.p/5', 'tile/entries/001.p/5', 'tile/0/001', 'tile/0/002', 'tile/1/000', 'tile/2/000.p/1'],
    // No path, or another spelling of one.
    ...['tile/0/000.p/257', 'tile/entries/000.p/260'],
    ...['tile/0/0', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/x000/000', 'tile/6/000', 'tile/00/000'],
    ...[
      'tile/-1/000',
      'tile/0/',
      'tile/0',
      'tile',
      'tile/entries',
      'tile/entries/',
      'tile/data/000',
      'tile/0/000/',
    ],
    ...['tile/0/%30%30%30/1', 'tile/0/..%2f000', "tile/0/000'--", 'tile/0/x999/x999/x999/x999/x999/999'],
    ...['inclusion?index=260', `inclusion?index=0&size=259`, `inclusion?commitment=${commitment(SIZE)}`],
    ...[
      `inclusion?commitment=${'f'.repeat(64)}`,
      'consistency?from=261',
      'consistency?from=1&to=2',
      'nothing',
    ],
    ...['inclusion?index=256&size=256', 'consistency?from=257&to=256'],
  ])('has nothing at %s', async (path) => {
    expect(await refusal(`/log/${path}`)).toEqual([404, 'not_found']);
  });

  it.each([
    ...['inclusion', 'inclusion?index=-1', 'inclusion?index=01', 'inclusion?index=1e3', 'inclusion?index='],
    ...[
      `inclusion?index=1&commitment=${commitment(1)}`,
      `inclusion?commitment=${commitment(1)}0`,
      'inclusion?index=1&x=1',
    ],
    ...[`inclusion?commitment=${'F'.repeat(64)}`, 'inclusion?index=1&size=all', 'inclusion?index=1&index=2'],
    ...['time-stamp?size=', 'time-stamp?size=x', 'time-stamp?from=1'],
    ...['consistency', 'consistency?from=x', 'consistency?from=1&to=-5', 'consistency?from=9999999999999999'],
    ...['checkpoint?at=1', 'keys?x', 'tile/0/000?x=1'],
  ])('does not understand %s', async (path) => {
    expect(await refusal(`/log/${path}`)).toEqual([422, 'invalid']);
  });

  it('proves an entry by its index or its commitment, alike, and for ever the same at one size', async () => {
    const byIndex = await answer('/log/inclusion?index=258');
    const byCommitment = await answer(`/log/inclusion?commitment=${commitment(258)}`);
    const note = (await answer('/log/checkpoint')).body.toString();
    expect(byIndex.body.toString()).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 258\n(\S{44}\n){3}\n/);
    expect(byIndex.body.toString().endsWith(`\n\n${note}`)).toBe(true);
    expect(byCommitment).toEqual(byIndex);
    const fixed = await get(`/log/inclusion?index=258&size=${SIZE}`);
    expect([fixed.headers['cache-control'], fixed.body]).toEqual([
      'public, max-age=604800, immutable',
      byIndex.body,
    ]);
    const earlier = (await answer(`/log/inclusion?index=1&size=${LOG_BATCH}`)).body.toString();
    expect(openCheckpoint(earlier.slice(earlier.indexOf('\n\n') + 2), logVerifiers)?.size).toBe(LOG_BATCH);
  });

  it('proves that a checkpoint continues an earlier tree', async () => {
    const { status, body } = await answer(`/log/consistency?from=${LOG_BATCH}&to=${SIZE}`);
    expect([status, body.toString()]).toEqual([
      200,
      expect.stringMatching(/^old 256\n\S{44}\n\nidentity\.example\/log\n260\n/),
    ]);
    expect((await answer('/log/consistency?from=0')).body.toString()).toMatch(/^old 0\n\nidentity/);
    expect((await answer(`/log/consistency?from=${SIZE}`)).body.toString()).toMatch(/^old 260\n\nidentity/);
  });

  it('gives no tile of which a row is missing', async () => {
    const leaf = api.owner('log_hashes').where({ level: 0, position: 3 });
    const row = (await leaf.clone().first())!;
    await leaf.clone().delete();
    for (const path of ['tile/entries/000', 'tile/entries/000.p/4', 'tile/0/000']) {
      const { status, headers } = await get(`/log/${path}`);
      expect([path, status, headers['cache-control']]).toEqual([path, 500, 'no-store']);
    }
    expect((await answer('/log/tile/entries/000.p/3')).status).toBe(200);
    await api.owner('log_hashes').insert(row);
  });

  it('is changed by nobody', async () => {
    for (const path of ['/log/checkpoint', '/log/tile/0/x001/000', '/log/tile/entries/000', '/log/inclusion'])
      expect([path, (await request(api.server).post(path).send({})).status]).toEqual([path, 405]);
  });
});
