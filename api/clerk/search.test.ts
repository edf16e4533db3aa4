import request from 'supertest';
import { MATTER_ID } from '../../platform/pseudonyms';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney, person } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';

let api: TestApi;
let held: HeldJourney;

beforeAll(async () => {
  api = await startApi();
  held = await holdJourney(api, () => new Date());
  await held.show({ step: 'stuck', cause: 'in-person' });
  const path = '/api/registry/matters/M-1';
  const matter = {
    ...{ version: 1, authority: '110105', kind: 'establishment', entity: { name: '北京试验有限公司' } },
    ...{ sections: [{ title: '信息', fields: [{ label: '住所', value: '一号' }] }], documents: [] },
    persons: [
      {
        ...{ reference: 'P-1', name: person.name, roles: ['shareholder'] },
        document: { type: 'resident-id', number: person.number },
      },
    ],
  };
  for (const version of [1, 2]) {
    const body = { ...matter, version };
    const answer = await request(api.server)
      .put(path)
      .set(api.signed('PUT', path, body))
      .send(JSON.stringify(body));
    expect(answer.status).toBe(201);
  }
});
afterAll(() => api.end());

type Clerk = Awaited<ReturnType<TestApi['addClerk']>>;

const post = async ({ headers }: Clerk, path: string, body: object) =>
  await request(api.server).post(`/api/clerk/${path}`).set(headers).send(body);
const lastAction = async ({ id }: Clerk) =>
  await api.store
    .knex('clerk_actions')
    .where({ clerk_id: id })
    .orderBy('id', 'desc')
    .first('action', 'subject_kind', 'subject_id', 'reason', 'result');

/** Matters of the same person at an authority elsewhere, pushed later than the others. */
async function addMattersElsewhere(count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, at) => String(at).padStart(3, '0'));
  const later = new Date(Date.now() + 60_000);
  await api.owner('matter_heads').insert(
    numbers.map((number) => ({
      ...{ registry: 'test-registry', external_id: `ELSEWHERE-${number}`, latest_version: 1 },
    })),
  );
  const matterOf = (number: string) => `matter-${number.padStart(32, 'e')}`;
  await api.owner('matters').insert(
    numbers.map((number) => ({
      ...{ id: matterOf(number), registry: 'test-registry', external_id: `ELSEWHERE-${number}`, version: 1 },
      ...{ authority: '440100', kind: 'change' as const, state: 'open' as const },
      ...{ content: Buffer.alloc(1), entity: Buffer.alloc(1), content_hash: number.padStart(64, '0') },
      ...{ pushed_at: later, listed_until: later, expires_at: later },
    })),
  );
  await api.owner('confirmations').insert(
    numbers.map((number) => ({
      ...{ to_do_id: `00000000-0000-4000-8000-000000000${number}`, role: 'shareholder' as const },
      ...{ matter_id: matterOf(number), person_key: held.personKey, reference: 'P-1' },
      ...{ person: Buffer.alloc(1), text_hash: number.padStart(64, '0'), state: 'pending' as const },
      ...{ pushed_at: later },
    })),
  );
}

const nothing = { journeys: [], matters: [] };
const theMatter = {
  ...{ registry: 'test-registry', registryName: '测试登记系统', externalId: 'M-1' },
  ...{ version: 2, state: 'open', authority: '110105' },
};

const numbers: Record<string, () => Promise<string>> = {
  async caseNumber() {
    const row = await api.store.knex('journeys').where({ id: held.id }).first('case_number');
    return row!.case_number!;
  },
  async matter() {
    const row = await api.store.knex('matters').where({ version: 2 }).first('id');
    return row!.id;
  },
};

describe('by number', () => {
  it('a case number finds the journey, however it is read out', async () => {
    const clerk = await api.addClerk('clerk', ['11']);
    const number = await numbers.caseNumber!();
    for (const typed of [number, `${number.slice(0, 4)} ${number.slice(4)}`, ` ${number} `]) {
      const { body } = await post(clerk, 'search', { number: typed });
      expect(body.journeys).toMatchObject([
        { id: held.id, step: 'stuck', cause: 'in-person', caseNumber: number },
      ]);
      expect(body.matters).toEqual([]);
    }
    expect(await lastAction(clerk)).toMatchObject({ subject_kind: 'journey', subject_id: held.id });
  });

  it('the id of a matter and the registration system’s own number find the newest version', async () => {
    const clerk = await api.addClerk('auditor', ['1101']);
    const id = await numbers.matter!();
    expect(id).toMatch(MATTER_ID);
    for (const number of [id, 'M-1']) {
      expect((await post(clerk, 'search', { number })).body).toEqual({ journeys: [], matters: [theMatter] });
    }
    expect(await lastAction(clerk)).toMatchObject({
      subject_kind: 'matter',
      subject_id: 'test-registry M-1',
    });
  });

  it('an evidence number finds the matter, and the journey in which it was made', async () => {
    const matter = await api.store.knex('matters').where({ version: 2 }).first();
    const toDo = await api.store.knex('confirmations').where({ matter_id: matter!.id }).first();
    const number = '20260301-ABCDEFGHJK';
    const evidence = { id: 'evidence-1', number, matter_id: matter!.id, to_do_id: toDo!.to_do_id };
    await api.owner('evidence').insert({
      ...{ ...evidence, person_key: held.personKey, content: Buffer.alloc(1) },
      ...{ sha256: 'e'.repeat(64), created_at: new Date() },
    });
    await api
      .owner('confirmations')
      .where({ to_do_id: toDo!.to_do_id })
      .update({ evidence_id: 'evidence-1', journey_id: held.id });
    const clerk = await api.addClerk('clerk', ['110105']);
    const { body } = await post(clerk, 'search', { number });
    expect(body).toEqual({ journeys: [], matters: [{ ...theMatter, journey: held.id }] });
  });

  it('what is not there and what is not yours look the same; what was typed is not recorded', async () => {
    const elsewhere = await api.addClerk('clerk', ['31']);
    const typed = [
      await numbers.caseNumber!(),
      await numbers.matter!(),
      'M-1',
      'M-2',
      person.number,
      '张三 % _',
    ];
    for (const number of typed) {
      const { status, body } = await post(elsewhere, 'search', { number });
      expect([number, status, body]).toEqual([number, 200, nothing]);
      expect(await lastAction(elsewhere)).toMatchObject({ subject_kind: 'search', subject_id: 'number' });
    }
  });
});

describe('by person', () => {
  const asked = {
    ...{ reason: 'inquiry', documentType: 'resident-id' },
    ...{ documentNumber: person.number, name: person.name },
  };

  it('finds journeys and matters, and records the pseudonym and the reason only', async () => {
    const clerk = await api.addClerk('clerk', ['11']);
    const { body } = await post(clerk, 'person-search', asked);
    expect(body.journeys).toMatchObject([{ id: held.id }]);
    expect(body.matters).toEqual([theMatter]);
    expect(JSON.stringify(body)).not.toContain(person.name);
    expect(await lastAction(clerk)).toEqual({
      ...{ action: 'find-person', subject_kind: 'search', subject_id: held.personKey },
      ...{ reason: 'inquiry', result: 'done' },
    });
    expect(api.log.join()).not.toContain(person.number);
  });

  it.each([
    ['another name', { name: '试验乙' }],
    ['a part of the name', { name: '试验' }],
    ['a person who is not there', { documentNumber: '110101199003070011', name: '试验甲' }],
  ])('finds nothing by %s', async (_, changes) => {
    const clerk = await api.addClerk('clerk', ['11']);
    const { status, body } = await post(clerk, 'person-search', { ...asked, ...changes });
    expect([status, body]).toEqual([200, nothing]);
  });

  it('finds nothing elsewhere, nor without a reason, a whole number or the right', async () => {
    const elsewhere = await api.addClerk('reviewer', ['31']);
    expect((await post(elsewhere, 'person-search', asked)).body).toEqual(nothing);
    const clerk = await api.addClerk('clerk', ['11']);
    const wrong = await post(clerk, 'person-search', {
      ...asked,
      documentNumber: person.number.slice(0, 12),
    });
    expect([wrong.status, wrong.body.error.issues]).toEqual([
      422,
      [{ path: 'documentNumber', code: 'number_length' }],
    ]);
    expect((await post(clerk, 'person-search', { ...asked, reason: 'curious' })).status).toBe(422);
    const auditor = await api.addClerk('auditor', ['11']);
    expect((await post(auditor, 'person-search', asked)).body.error.code).toBe('not_your_right');
  });

  it('finds the one matter in the scope among many newer ones elsewhere', async () => {
    await addMattersElsewhere(60);
    const clerk = await api.addClerk('clerk', ['11']);
    const { body } = await post(clerk, 'person-search', asked);
    expect(body.matters).toEqual([theMatter]);
  });

  it('counts as a look at that person', async () => {
    const clerk = await api.addClerk('clerk', ['11']);
    for (let times = 0; times < 20; times += 1) await post(clerk, 'person-search', asked);
    const { headers } = await api.addClerk('auditor');
    const { body } = await request(api.server).get('/api/clerk/unusual-use').set(headers);
    const often = (body.found as { use: string; clerk: string }[]).filter(({ clerk: by }) => by === clerk.id);
    expect(often).toContainEqual(
      expect.objectContaining({ use: 'one-person-often', person: held.personKey, count: 20 }),
    );
  });
});
