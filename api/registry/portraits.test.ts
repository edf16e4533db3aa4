import { createHash } from 'node:crypto';
import request from 'supertest';
import { withdrawConsent } from '../../db/journeys/consents';
import { hasPortrait } from '../../db/attempts/portraits';
import { startHarness } from '../../test/setup/activity-harness';
import type { ActivityHarness, Entered, PushedToDo } from '../../test/setup/activity-harness';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { agreeToArchiving, confirm, evidenceOf } from '../../test/setup/confirming';

let harness: ActivityHarness;
let api: TestApi;

beforeEach(async () => {
  harness = await startHarness();
  const { store } = harness;
  api = await startApi({ store, pseudonyms: store.pseudonyms, now: () => harness.clock.now });
});
afterEach(async () => {
  await api.end();
  await harness.end();
});

const HOUR = 3_600_000;
const pass = (ms: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + ms);
};
/** Signed now, as the registration system signs, by the clock of the test. */
const signed = (method: string, path: string, body?: unknown) => {
  const skewSeconds = Math.round((harness.clock.now.getTime() - Date.now()) / 1000);
  return api.signed(method, path, body, { skewSeconds });
};
const fetchPortrait = (evidence: string, matter = 'M-1') => {
  const path = `/api/registry/matters/${matter}/portraits/${evidence}`;
  return request(api.server).get(path).set(signed('GET', path));
};
const acknowledge = (evidence: string[], { version = 1, matter = 'M-1' } = {}) => {
  const path = `/api/registry/matters/${matter}/archive-acknowledgement`;
  const body = { version, evidence };
  return request(api.server)
    .post(path)
    .set(signed('POST', path, body))
    .send(JSON.stringify(body));
};
const refusalOf = async (asking: request.Test) => {
  const { status, body } = await asking;
  return [status, body.error.detail ?? body.error.code];
};

/** Confirms a matter, with the consent to the archiving of the portrait unless `consented` is false. */
async function confirmed({ consented = true } = {}): Promise<{
  entered: Entered;
  toDo: PushedToDo;
  number: string;
}> {
  const [holder] = harness.vendors.holders;
  const toDo = await harness.push(holder!);
  const entered = await harness.enter(holder!);
  if (consented) await agreeToArchiving(harness, entered, toDo);
  await confirm(harness, entered.journey, toDo);
  const { number } = JSON.parse(await evidenceOf(harness, toDo.toDo)) as { number: string };
  return { entered, toDo, number };
}

const lastEvent = async () => {
  const row = await harness.store.knex('deliveries').orderBy('sequence', 'desc').first('body');
  return JSON.parse(row?.body ?? '{}') as { event: string; portraitUntil?: string };
};
const portraits = () => harness.store.knex('portraits').orderBy('captured_at');
const readable = async () => {
  const rows = await portraits().select('attempt_id');
  const found = rows.map(({ attempt_id }) => hasPortrait(harness.store.knex, attempt_id, harness.clock.now));
  return (await Promise.all(found)).filter(Boolean).length;
};
const portraitKeys = async () =>
  (
    await harness.store
      .knex('data_keys')
      .withSchema(`${harness.store.databaseName}_keys`)
      .where('owner', 'like', 'portrait:%')
  ).length;
const closeJourney = ({ journey }: Entered) =>
  harness.activities.saveStop({ journey, step: 'closed', allowed: [], codes: [], revision: 99 });

describe('a portrait', () => {
  it('is given to its registration system with its hash, and each call is recorded', async () => {
    const { number, toDo } = await confirmed();
    const { event, portraitUntil } = await lastEvent();
    expect([event, portraitUntil]).toEqual([
      'confirmation.confirmed',
      new Date(harness.clock.now.getTime() + 72 * HOUR).toISOString(),
    ]);
    const { status, headers, body } = await fetchPortrait(number);
    expect([status, headers['content-type']]).toEqual([200, 'image/png']);
    const sha256 = createHash('sha256').update(body as Buffer);
    expect(headers['content-digest']).toBe(`sha-256=:${sha256.copy().digest('base64')}:`);
    // It is the picture that the evidence names for the face check of this matter.
    const { checks } = JSON.parse(await evidenceOf(harness, toDo.toDo)) as {
      checks: { purpose: string; portraitHash: string }[];
    };
    const ofMatter = checks.find(({ purpose }) => purpose === 'matter-face');
    expect(sha256.digest('hex')).toBe(ofMatter?.portraitHash);
    await fetchPortrait(number);
    const views = await harness.store
      .knex('evidence_views')
      .select('viewer', 'registry', 'part', 'evidence_id');
    const evidence = await harness.store.knex('evidence').where({ number }).first('id');
    expect(views).toEqual(
      Array.from({ length: 2 }, () => ({
        ...{ viewer: 'registration-system', registry: 'test-registry', part: 'portrait' },
        evidence_id: evidence?.id,
      })),
    );
  });

  it('is never given out without the consent, and deleted with the visit', async () => {
    const { number, entered } = await confirmed({ consented: false });
    expect(await lastEvent()).not.toHaveProperty('portraitUntil');
    expect(await refusalOf(fetchPortrait(number))).toEqual([404, 'portrait_not_offered']);
    expect([await readable(), await portraitKeys()]).toEqual([2, 2]);
    await closeJourney(entered);
    expect([await readable(), await portraitKeys()]).toEqual([0, 0]);
    expect(await harness.store.knex('evidence_views')).toEqual([]);
  });

  it('needs a consent for this matter, in this visit', async () => {
    const [holder] = harness.vendors.holders;
    const other = await harness.push(holder!, { externalId: 'M-2' });
    const earlier = await harness.enter(holder!);
    await agreeToArchiving(harness, earlier, other);
    const { number } = await confirmed({ consented: false });
    expect(await refusalOf(fetchPortrait(number))).toEqual([404, 'portrait_not_offered']);
    pass(HOUR);
    // The person begins anew, and ticks nothing.
    const anew = await harness.enter(holder!);
    await confirm(harness, anew.journey, other);
    const { number: second } = JSON.parse(await evidenceOf(harness, other.toDo)) as { number: string };
    expect(await refusalOf(fetchPortrait(second, 'M-2'))).toEqual([404, 'portrait_not_offered']);
  });

  it('outlives the visit with the consent, alone, and for 72 hours at most', async () => {
    const { number, entered } = await confirmed();
    await closeJourney(entered);
    expect([await readable(), (await fetchPortrait(number)).status]).toEqual([1, 200]);
    pass(72 * HOUR);
    expect(await refusalOf(fetchPortrait(number))).toEqual([404, 'portrait_deleted']);
    expect(await harness.activities.deleteExpired()).toMatchObject({ portraits: 1 });
    expect(await portraitKeys()).toBe(0);
  });

  it('is gone at once when the person takes the consent back', async () => {
    const { number, entered } = await confirmed();
    await withdrawConsent(harness.store, { ...entered, kind: 'portrait-archiving' }, harness.clock.now);
    expect(await refusalOf(fetchPortrait(number))).toEqual([404, 'portrait_not_offered']);
    expect(await portraitKeys()).toBe(0);
  });

  it('is given for no other matter, and for no confirmation that was refused since', async () => {
    const { number, entered, toDo } = await confirmed();
    await harness.push(harness.vendors.holders[0]!, { externalId: 'M-2' });
    expect(await refusalOf(fetchPortrait(number, 'M-2'))).toEqual([404, 'not_confirmed']);
    expect(await refusalOf(fetchPortrait('20260101-AAAAAAAAAA'))).toEqual([404, 'not_confirmed']);
    expect(await refusalOf(fetchPortrait('none'))).toEqual([404, 'not_found']);
    const refusing = { ...entered, toDo: toDo.toDo, command: 'refuse-1', reason: 'not-me' as const };
    await harness.activities.refuse(refusing);
    expect(await refusalOf(fetchPortrait(number))).toEqual([404, 'not_confirmed']);
  });

  it('of a signature that was carried over belongs to the new version too', async () => {
    const { number } = await confirmed();
    await harness.push(harness.vendors.holders[0]!, { version: 2 });
    expect((await fetchPortrait(number)).status).toBe(200);
    expect((await acknowledge([number], { version: 2 })).status).toBe(200);
  });
});

describe('an acknowledgement', () => {
  it('ends the life of the portraits at once, and again changes nothing', async () => {
    const { number } = await confirmed();
    const first = await acknowledge([number]);
    expect([first.status, first.body]).toEqual([200, { externalId: 'M-1', version: 1, evidence: [number] }]);
    expect(await refusalOf(fetchPortrait(number))).toEqual([404, 'portrait_deleted']);
    // The one of the entry stays until the visit ends.
    expect([await readable(), await portraitKeys()]).toEqual([1, 1]);
    const archived = (await portraits().whereNotNull('archived_at')).map(({ archived_at }) => archived_at);
    pass(HOUR);
    expect((await acknowledge([number])).body).toEqual(first.body);
    const again = (await portraits().whereNotNull('archived_at')).map(({ archived_at }) => archived_at);
    expect([archived.length, again]).toEqual([1, archived]);
  });

  it('is accepted for a confirmation without a portrait', async () => {
    const { number } = await confirmed({ consented: false });
    expect((await acknowledge([number])).status).toBe(200);
  });

  it('is refused whole for what is not confirmed in this version of this matter', async () => {
    const { number } = await confirmed();
    const unknown = '20260101-AAAAAAAAAA';
    const { status, body } = await acknowledge([number, unknown]);
    expect([status, body.error.code, body.error.issues]).toEqual([
      ...[409, 'not_confirmed'],
      [{ path: 'evidence.1', code: 'not_confirmed' }],
    ]);
    expect((await acknowledge([number], { version: 2 })).status).toBe(409);
    expect((await acknowledge([number], { matter: 'M-2' })).status).toBe(409);
    expect((await fetchPortrait(number)).status).toBe(200);
  });

  it.each([
    ['no numbers', []],
    ['something else', ['none']],
  ])('is refused with %s', async (_, evidence) => {
    expect((await acknowledge(evidence)).status).toBe(422);
  });
});

it('persons with a stored portrait are counted once, and many of them are worth a warning', async () => {
  const warnings = () => harness.log.filter((line) => line.includes('stored_faces_many'));
  await confirmed();
  await harness.activities.deleteExpired();
  expect(warnings()).toEqual([]);
  const [, second] = harness.vendors.holders;
  const toDo = await harness.push(second!, { externalId: 'M-2' });
  await confirm(harness, (await harness.enter(second!)).journey, toDo);
  await harness.activities.deleteExpired();
  expect(warnings().map((line) => (JSON.parse(line) as { count: number }).count)).toEqual([2]);
});
