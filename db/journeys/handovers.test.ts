import { createHash } from 'node:crypto';
import { freshStore } from '../../test/setup/api';
import type { FreshStore } from '../../test/setup/api';
import { alipayTokensOf } from './alipay-tokens';
import { offerHandover, takeOver, withdrawHandover } from './handovers';
import { isSignedIn, openSession, touchSession } from './sessions';
import type { Session } from './sessions';

const limits = { slidingMinutes: 30, limitHours: 12 };
const account = 'a'.repeat(64);
const begun = new Date('2026-03-01T10:00:00Z');
const after = (minutes: number) => new Date(begun.getTime() + minutes * 60_000);
const phoneOf = (device: string) => ({
  ...{ account, channel: 'alipay', device: device.repeat(64) },
  alipayTokens: { openId: 'open-id', accessToken: `token of ${device}`, accessTokenExpiresAt: '2026-03-02' },
});

let fresh: FreshStore;
let token: string;
let session: Session;

beforeEach(async () => {
  fresh = await freshStore();
  ({ token } = await openSession(fresh.store, phoneOf('1'), limits, begun));
  session = (await sessionOf(token, begun))!;
});
afterEach(() => fresh.end());

const sessionOf = async (of: string, now: Date) =>
  (await touchSession(fresh.store, of, limits, now))?.session;
const offer = async (now = begun) => (await offerHandover(fresh.store.knex, session, now))?.code ?? '';
const take = (code: string, device = '2', now = after(1)) =>
  takeOver(fresh.store, code, phoneOf(device), limits, now);

it('gives the phone the same session, and signs the computer out', async () => {
  const taken = await take(await offer());
  expect(await sessionOf(token, after(1))).toBeUndefined();
  expect(await isSignedIn(fresh.store.knex, session)).toBe(false);
  const ofPhone = (await sessionOf(taken!.token, after(1)))!;
  expect(ofPhone).toEqual({ ...session, tokenHash: expect.not.stringContaining(session.tokenHash) });
  expect(await isSignedIn(fresh.store.knex, ofPhone)).toBe(true);
  expect(await fresh.store.knex('sessions').select('device', 'created_at', 'used_at', 'ends_at')).toEqual([
    { device: '2'.repeat(64), created_at: begun, used_at: after(1), ends_at: after(12 * 60) },
  ]);
  // Notifications and the name that Alipay gives go by these.
  expect(await alipayTokensOf(fresh.store, session.id)).toEqual(phoneOf('2').alipayTokens);
});

it('the session ends when it would have ended', async () => {
  const code = await offer(after(25));
  const taken = await take(code, '2', after(27));
  expect(taken?.endsAt).toEqual(after(12 * 60));
  expect(await sessionOf(taken!.token, after(56))).toBeDefined();
  expect(await sessionOf(taken!.token, after(87))).toBeUndefined();
});

it('the code is stored as its hash, and no other code is good', async () => {
  const code = await offer();
  const [row] = await fresh.store.knex('sessions').select();
  expect(JSON.stringify(row)).not.toContain(code);
  expect(row?.handover_hash).toBe(createHash('sha256').update(code).digest('hex'));
  expect(await take('A'.repeat(43))).toBeUndefined();
  expect(await take(row?.handover_hash ?? '')).toBeUndefined();
  expect(await sessionOf(token, after(1))).toEqual(session);
});

it('of several codes the last one is good, once and for three minutes', async () => {
  const [first, second] = [await offer(), await offer(after(1))];
  expect(await take(first)).toBeUndefined();
  expect(await take(second, '2', after(4))).toBeUndefined();
  expect(await take(second, '2', after(3.99))).toBeDefined();
  expect(await take(second, '3', after(3.99))).toBeUndefined();
});

it('another account gets nothing and spoils nothing', async () => {
  const code = await offer();
  const stranger = { ...phoneOf('2'), account: 'b'.repeat(64) };
  expect(await takeOver(fresh.store, code, stranger, limits, after(1))).toBeUndefined();
  expect(await sessionOf(token, after(1))).toEqual(session);
  expect(await take(code)).toBeDefined();
});

it('of many phones at once one takes the session over', async () => {
  const code = await offer();
  const taken = await Promise.all(Array.from({ length: 8 }, (_, at) => take(code, String(at))));
  const tokens = taken.flatMap((one) => (one ? [one.token] : []));
  expect(tokens).toHaveLength(1);
  expect(await sessionOf(tokens[0]!, after(1))).toMatchObject({ id: session.id });
  expect(await fresh.store.knex('sessions').select('id')).toEqual([{ id: session.id }]);
});

it('a session that is over, or whose key is gone, is nobody’s', async () => {
  const code = await offer();
  await fresh.store.knex('sessions').update({ used_at: after(-31) });
  expect(await take(code)).toBeUndefined();
  await fresh.store.knex('sessions').update({ used_at: begun });
  await fresh.store.dataKeys.drop(fresh.store.knex, [`session:${session.id}`]);
  expect(await take(code)).toBeUndefined();
});

it('the computer from which it was taken can’t offer it any more', async () => {
  await take(await offer());
  expect(await offerHandover(fresh.store.knex, session, after(1))).toBeUndefined();
  expect(await withdrawHandover(fresh.store.knex, session)).toBe(false);
});

it('a code that was withdrawn is no longer good, and withdrawing twice changes nothing more', async () => {
  const code = await offer();
  for (const time of [1, 2])
    expect([time, await withdrawHandover(fresh.store.knex, session)]).toEqual([time, true]);
  expect(await take(code)).toBeUndefined();
  expect(await sessionOf(token, after(1))).toEqual(session);
});
