import { createHash, randomUUID } from 'node:crypto';
import request from 'supertest';
import { refuseLocked } from '../../db/confirmations/confirmations';
import { keepDocument } from '../../db/evidence/documents';
import { recordViews } from '../../db/evidence/views';
import { sealFor } from '../../db/store/sealed-values';
import { matterOf, personOf } from '../../test/matters';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney, person } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';

let api: TestApi;
let held: HeldJourney;
let count = 0;

beforeEach(async () => {
  api = await startApi();
  held = await holdJourney(api, () => new Date());
});
afterEach(() => api.end());

const REGISTRY = 'test-registry';
const OTHER = '110101190001010030';
const letter = Buffer.from('%PDF-1.7 a letter');
const SHA256 = createHash('sha256').update(letter).digest('hex');
const MINUTE = 60_000;
// So that a confirmation is not too old for a newer version.
const BEGINNING = Date.now() - 24 * 60 * MINUTE;

const at = (minutes: number) => new Date(BEGINNING + minutes * MINUTE);

async function push(externalId: string, changes: Parameters<typeof matterOf>[0]): Promise<string> {
  const path = `/api/registry/matters/${externalId}`;
  const matter = matterOf(changes);
  const { body } = await request(api.server)
    .put(path)
    .set(api.signed('PUT', path, matter))
    .send(JSON.stringify(matter));
  return body.persons[0].toDoId as string;
}

interface Confirmed {
  evidence: string;
  number: string;
  toDo: string;
  externalId: string;
}

/** A matter that its person has confirmed at that minute. */
async function confirmed(
  minute: number,
  { number: documentNumber = person.number, entity = `北京试验${minute}有限公司` } = {},
): Promise<Confirmed> {
  const { store, owner } = api;
  count += 1;
  const externalId = `M-${count}`;
  const persons = [personOf({ document: { type: 'resident-id', number: documentNumber } })];
  const toDo = await push(externalId, { entity: { name: entity }, persons });
  const evidence = randomUUID();
  const number = `20260301-${String(count).padStart(10, 'Z').replaceAll('0', 'A').replaceAll('1', 'B')}`;
  const statement = JSON.stringify({
    salt: evidence,
    matter: { text: { entity: { name: entity } } },
    person: { name: person.name, documentType: 'resident-id', number: documentNumber },
  });
  const sha256 = createHash('sha256').update(statement).digest('hex');
  const key = await store.dataKeys.create(store.knex, `evidence:${evidence}`);
  const row = await owner('confirmations').where({ to_do_id: toDo }).first('matter_id', 'person_key');
  await owner('evidence').insert({
    ...{ id: evidence, number, matter_id: row!.matter_id, to_do_id: toDo, person_key: row!.person_key },
    ...{ sha256, created_at: at(minute) },
    content: sealFor(store, key, `evidence:${evidence}`, 'content', statement),
  });
  await owner('evidence_seals').insert({ evidence_id: evidence, state: 'unsealed' });
  await owner('confirmations')
    .where({ to_do_id: toDo })
    .update({ state: 'confirmed', evidence_id: evidence, settled_at: at(minute) });
  return { evidence, number, toDo, externalId };
}

const makeLetter = ({ evidence }: Confirmed) =>
  keepDocument(
    api.store,
    evidence,
    { kind: 'confirmation-letter', file: letter, sha256: SHA256, level: 'B-B' },
    new Date(),
  );

const pathOf = (rest = '', journey = held.id) => `/api/journeys/${journey}/confirmation-records${rest}`;
const records = async (query = '') => (await held.get(pathOf(query))).body;
const details = async ({ number }: Confirmed) => (await held.get(pathOf(`/${number}`))).body;
const views = async ({ number }: Confirmed, query = '') =>
  (await held.get(pathOf(`/${number}/views${query}`))).body;
const letterOf = ({ number }: Confirmed) => held.get(pathOf(`/${number}/letter`));
const verified = () => held.show({ step: 'to-dos' });
async function refusal(path: string): Promise<unknown[]> {
  const { status, body } = await held.get(path);
  return [status, body.error?.code];
}
const logged = async () =>
  (await api.owner('log_waiting').where('entry', 'like', 'evidence-view %').select('entry')).length;

describe('before the person is verified', () => {
  it.each(['face', 'bank-card', 'portrait', 'stuck'] as const)(
    'nothing is told at the step %s',
    async (step) => {
      const one = await confirmed(1);
      await makeLetter(one);
      await held.show({ step });
      for (const rest of ['', `/${one.number}`, `/${one.number}/views`, `/${one.number}/letter`]) {
        expect([rest, await refusal(pathOf(rest))]).toEqual([rest, [409, 'not_allowed_now']]);
      }
      const unknown = '/20260301-ZZZZZZZZZZ';
      expect(await refusal(pathOf(unknown))).toEqual([409, 'not_allowed_now']);
      expect(await logged()).toBe(0);
    },
  );

  it('another session of the same account learns nothing', async () => {
    const one = await confirmed(1);
    await verified();
    const authorization = `Bearer ${await api.signIn('someone')}`;
    const { status, body } = await request(api.server)
      .get(pathOf(`/${one.number}`))
      .set({ authorization });
    expect([status, body.error.code]).toEqual([404, 'not_found']);
  });
});

describe('another person’s number and one that does not exist', () => {
  it('have the same answer, and nothing is recorded', async () => {
    const others = await confirmed(1, { number: OTHER });
    await makeLetter(others);
    await verified();
    expect((await records()).records).toEqual([]);
    for (const rest of ['', '/views', '/letter']) {
      const answers = await Promise.all(
        [others.number, '20260301-ZZZZZZZZZZ', '20260301-zzzzzzzzzz', 'x'].map((number) =>
          refusal(pathOf(`/${number}${rest}`)),
        ),
      );
      expect([rest, answers]).toEqual([rest, Array(4).fill([404, 'not_found'])]);
    }
    expect(await logged()).toBe(0);
  });
});

describe('the list', () => {
  it('has what the person confirmed, from all accounts, newest first', async () => {
    const first = await confirmed(1);
    const second = await confirmed(2);
    await verified();
    const { records: listed, next } = await records();
    expect(next).toBeUndefined();
    expect(listed).toEqual([
      expect.objectContaining({ number: second.number, entity: '北京试验2有限公司' }),
      {
        number: first.number,
        entity: '北京试验1有限公司',
        kind: { code: 'establishment', name: '设立登记' },
        roles: [
          { code: 'legal-representative', name: '法定代表人' },
          { code: 'shareholder', name: '股东' },
        ],
        pushedBy: '测试登记系统',
        version: 1,
        confirmedAt: at(1).toISOString(),
        state: 'confirmed',
      },
    ]);
  });

  it('comes in pages of 20, with as many queries however many there are', async () => {
    for (let minute = 0; minute < 45; minute += 1) await confirmed(Math.floor(minute / 2));
    await verified();
    const queries: string[] = [];
    const note = ({ sql }: { sql: string }) => queries.push(sql);
    api.store.knex.on('query', note);
    const pages: { records: { number: string }[]; next?: string }[] = [await records()];
    const ofTwenty = queries.length;
    while (pages.at(-1)!.next) pages.push(await records(`?after=${pages.at(-1)!.next}`));
    queries.length = 0;
    await records(`?after=${at(0).getTime()}.20260301-2222222222`);
    api.store.knex.removeListener('query', note);
    expect(pages.map((page) => page.records.length)).toEqual([20, 20, 5]);
    const numbers = pages.flatMap((page) => page.records.map(({ number }) => number));
    expect(new Set(numbers).size).toBe(45);
    expect([...numbers].sort().reverse().length).toBe(45);
    // Session and journey, then four for the page and the names of authorities.
    expect(ofTwenty).toBeLessThanOrEqual(10);
    expect(ofTwenty - queries.length).toBeLessThanOrEqual(3);
  });

  it.each(['x', '1.x', '99999999999999999999.20260301-2222222222', '1.view00000000000000000001'])(
    'rejects the place %s',
    async (after) => {
      await verified();
      expect(await refusal(pathOf(`?after=${after}`))).toEqual([422, 'invalid']);
    },
  );

  it('uses the index of persons', async () => {
    const rows = await api.owner.raw(
      'EXPLAIN FORMAT=TRADITIONAL SELECT id FROM evidence WHERE person_key = ? AND (created_at, number) < (?, ?) ORDER BY created_at DESC, number DESC LIMIT 21',
      [held.personKey, at(1), 'x'],
    );
    expect(rows[0][0].key).toBe('evidence_person');
  });
});

describe('the state of a record', () => {
  it('says what became of it', async () => {
    const one = await confirmed(1);
    await verified();
    const state = async () => (await details(one)).state as string;
    for (const [matter, expected] of [
      ['confirmed', 'confirmed'],
      ['frozen', 'stopped'],
      ['withdrawn', 'withdrawn'],
      ['expired', 'expired'],
    ] as const) {
      await api.owner('matters').update({ state: matter });
      expect([matter, await state()]).toEqual([matter, expected]);
    }
    await api.owner('confirmations').update({ state: 'refused' });
    expect(await state()).toBe('refused');
  });

  it('is that of the newest version that rests on it', async () => {
    const one = await confirmed(1);
    await verified();
    const persons = [personOf({})];
    const entity = { name: '北京试验1有限公司' };
    // The same text: the confirmation is carried over.
    await push(one.externalId, { version: 2, entity, persons });
    expect(await details(one)).toMatchObject({ version: 2, state: 'confirmed' });
    const sections = [{ title: '基本信息', fields: [{ label: '住所', value: '试验路2号' }] }];
    await push(one.externalId, { version: 3, entity, persons, sections });
    expect(await details(one)).toMatchObject({ version: 2, state: 'superseded' });
    expect((await records()).records).toHaveLength(1);
  });
});

describe('the details', () => {
  it('have the masked person, and the address where it is verified', async () => {
    const one = await confirmed(1);
    await verified();
    expect(await details(one)).toMatchObject({
      person: {
        name: '**甲',
        documentType: 'resident-id',
        documentName: '居民身份证',
        number: '110*************14',
      },
      seal: {},
      letter: { state: 'waiting' },
      verifyUrl: expect.stringMatching(
        new RegExp(`/verify#${one.number}\\.([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$`),
      ),
    });
    await makeLetter(one);
    expect((await details(one)).letter).toEqual({ state: 'ready', sha256: SHA256, size: letter.length });
  });

  it('keep number, time and state once the keys are dropped', async () => {
    const one = await confirmed(1);
    await makeLetter(one);
    await verified();
    const { store, owner } = api;
    const { matter_id: matter } = (await owner('evidence').first('matter_id'))!;
    await store.dataKeys.drop(store.knex, [`matter:${matter}`]);
    // The evidence still names the company.
    expect((await records()).records[0]).toMatchObject({ entity: '北京试验1有限公司' });
    await store.dataKeys.drop(store.knex, [`evidence:${one.evidence}`]);
    const record = await details(one);
    expect(record).toMatchObject({ number: one.number, state: 'confirmed', letter: { state: 'deleted' } });
    expect(Object.keys(record)).not.toEqual(expect.arrayContaining(['entity']));
    expect([record.person, record.verifyUrl, record.entity]).toEqual([undefined, undefined, undefined]);
    const listed = (await records()).records;
    expect(listed).toHaveLength(1);
    expect(listed[0].entity).toBeUndefined();
    expect(await refusal(pathOf(`/${one.number}/letter`))).toEqual([410, 'letter_deleted']);
    expect(await logged()).toBe(0);
  });
});

describe('the letter', () => {
  it('comes as a file that nobody caches, and is recorded before', async () => {
    const one = await confirmed(1);
    await makeLetter(one);
    await verified();
    const { status, headers, body } = await letterOf(one);
    expect([status, headers]).toMatchObject([
      200,
      {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="${one.number}.pdf"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    ]);
    expect(body).toEqual(letter);
    const { views: seen } = await views(one);
    expect(seen).toEqual([{ at: expect.any(String), viewer: 'person', part: 'confirmation-letter' }]);
    expect(await logged()).toBe(1);
  });

  it('is not there while it is made, and will not be after a refusal', async () => {
    const one = await confirmed(1);
    await verified();
    expect(await refusal(pathOf(`/${one.number}/letter`))).toEqual([409, 'letter_not_ready']);
    await api.owner('confirmations').update({ state: 'refused' });
    expect((await details(one)).letter).toEqual({ state: 'not-made' });
    expect(await refusal(pathOf(`/${one.number}/letter`))).toEqual([409, 'letter_not_ready']);
    expect(await logged()).toBe(0);
  });

  it('is not given where the view can’t be recorded', async () => {
    const one = await confirmed(1);
    await makeLetter(one);
    await verified();
    await api.owner.raw('RENAME TABLE log_waiting TO log_waiting_away');
    const { status } = await letterOf(one);
    await api.owner.raw('RENAME TABLE log_waiting_away TO log_waiting');
    expect(status).toBe(500);
    expect((await views(one)).views).toEqual([]);
  });
});

describe('who saw it', () => {
  it('the registration system, clerks by authority and role, verifiers, and the person', async () => {
    const one = await confirmed(1);
    const another = await confirmed(1);
    await verified();
    const { store } = api;
    const system = { viewer: 'registration-system', registry: REGISTRY } as const;
    await recordViews(store.knex, [one.evidence, another.evidence], { ...system, part: 'bundle' }, at(2));
    await recordViews(store.knex, [one.evidence], { viewer: 'verifier', part: 'summary' }, at(3));
    await recordViews(store.knex, [], { viewer: 'verifier', part: 'summary' }, at(3));
    const path = `/api/clerk/matters/${REGISTRY}/${one.externalId}`;
    for (const [role, scope] of [
      ['clerk', '110105'],
      ['reviewer', '11'],
      // Of another authority: not found, and nothing was seen.
      ['clerk', '31'],
    ] as const) {
      const { headers } = await api.addClerk(role, [scope]);
      await request(api.server).get(path).set(headers);
    }
    const { views: seen } = await views(one);
    expect(seen.map(({ at: time, ...view }: { at: string }) => [new Date(time) < at(4), view])).toEqual([
      [false, { viewer: 'clerk', part: 'matter', clerk: { role: 'reviewer', isOfAuthority: false } }],
      [false, { viewer: 'clerk', part: 'matter', clerk: { role: 'clerk', isOfAuthority: true } }],
      [true, { viewer: 'verifier', part: 'summary' }],
      [true, { viewer: 'registration-system', part: 'bundle', registrationSystem: '测试登记系统' }],
    ]);
    // Calls that only concern the other one are not there.
    expect((await views(another)).views).toHaveLength(1);
    expect(await logged()).toBe(3);
  });

  it('what clerks saw before there was evidence is not listed', async () => {
    const one = await confirmed(1);
    await verified();
    await api.owner('evidence').update({ created_at: new Date(Date.now() + MINUTE) });
    const { headers } = await api.addClerk('clerk', ['110105']);
    await request(api.server).get(`/api/clerk/matters/${REGISTRY}/${one.externalId}`).set(headers);
    expect((await views(one)).views).toEqual([]);
  });

  it('comes in pages, also where many saw it in the same millisecond', async () => {
    const one = await confirmed(1);
    await verified();
    const { headers } = await api.addClerk('clerk', ['110105']);
    for (let index = 0; index < 22; index += 1) {
      await recordViews(api.store.knex, [one.evidence], { viewer: 'verifier', part: 'summary' }, at(2));
      await request(api.server).get(`/api/clerk/matters/${REGISTRY}/${one.externalId}`).set(headers);
    }
    await api.owner('clerk_actions').update({ at: at(2) });
    const pages = [await views(one)];
    while (pages.at(-1).next) pages.push(await views(one, `?after=${pages.at(-1).next}`));
    expect(pages.map((page) => page.views.length)).toEqual([20, 20, 4]);
    const viewers = pages.flatMap((page) => page.views.map(({ viewer }: { viewer: string }) => viewer));
    expect(viewers.filter((viewer) => viewer === 'clerk')).toHaveLength(22);
    expect(await refusal(pathOf(`/${one.number}/views?after=1.20260301-2222222222`))).toEqual([
      422,
      'invalid',
    ]);
  });
});

it('a refusal after signing shows at once', async () => {
  const one = await confirmed(1);
  await verified();
  const row = await api.owner('matters').first();
  const matter = row!;
  const toDo = { id: one.toDo, matter, evidenceId: one.evidence, roles: ['legal-representative'] };
  await refuseLocked(api.store.knex, toDo as never, { reason: 'not-me' }, new Date());
  expect((await details(one)).state).toBe('refused');
});
