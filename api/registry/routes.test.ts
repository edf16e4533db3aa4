import request from 'supertest';
import type { MatterContent } from '../../domain/matter';
import { matterOf, personOf } from '../../test/matters';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.end());

let matters = 0;
const newId = () => `M-${(matters += 1)}`;

function push(id: string, matter: unknown, odd?: { skewSeconds?: number; nonce?: string }) {
  const path = `/api/registry/matters/${id}`;
  return request(api.server)
    .put(path)
    .set(api.signed('PUT', path, matter, odd))
    .send(JSON.stringify(matter));
}

function read(id: string) {
  const path = `/api/registry/matters/${id}`;
  return request(api.server).get(path).set(api.signed('GET', path));
}

const confirmations = (id: string) =>
  api.store
    .knex('confirmations AS c')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .where('m.external_id', id)
    .orderBy(['m.version', 'c.reference', 'c.role'])
    .select({ version: 'm.version', role: 'c.role', state: 'c.state', to_do_id: 'c.to_do_id' });

describe('a push', () => {
  it('is taken whole, once, and starts the matter again when it is repeated', async () => {
    const id = newId();
    const first = await push(id, matterOf());
    const toDoId = (await confirmations(id))[0]?.to_do_id;
    const roles = ['legal-representative', 'shareholder'].map((role) => ({
      ...{ role, state: 'pending', settledAt: null },
    }));
    const persons = [{ reference: 'P-1', toDoId, roles }];
    const documents = [{ sha256: 'a'.repeat(64), isUploaded: false }];
    expect([first.status, first.body]).toEqual([
      201,
      { externalId: id, version: 1, state: 'open', documents, persons },
    ]);
    const again = await push(id, matterOf());
    expect([again.status, again.body.state]).toEqual([200, 'open']);
    const matter = api.pseudonyms.matterId('test-registry', id, 1);
    expect(api.reevaluated.filter((reevaluated) => reevaluated === matter).length).toBe(2);
    expect((await confirmations(id)).map(({ role, state }) => [role, state])).toEqual([
      ['legal-representative', 'pending'],
      ['shareholder', 'pending'],
    ]);
    expect((await read(id)).body).toEqual(first.body);
  });

  it.each([
    ['810000190001010018', 'number_of_hmt_residence_permit'],
    ['830000190001010038', 'number_of_hmt_residence_permit'],
    ['911840190001010017', 'number_of_foreign_permanent_resident_id'],
    ['H00000001', 'number_of_hk_macau_travel_permit'],
  ])('is refused where the resident ID %s is the number of another document: %s', async (number, code) => {
    const content = matterOf({ persons: [personOf({ document: { type: 'resident-id', number } })] });
    const { status, body } = await push(newId(), content);
    expect([status, body.error.issues]).toEqual([422, [{ path: 'persons.0.document.number', code }]]);
  });

  it('is refused where a Chinese passport stands as one of another country', async () => {
    const document = { type: 'foreign-passport' as const, number: 'E00000001', issuingCountry: 'CHN' };
    const { status, body } = await push(newId(), matterOf({ persons: [personOf({ document })] }));
    const path = 'persons.0.document.issuingCountry';
    expect([status, body.error.issues]).toEqual([422, [{ path, code: 'issuing_country_not_foreign' }]]);
  });

  it('of the same version with other content, or of a lower one, conflicts', async () => {
    const id = newId();
    await push(id, matterOf({ version: 2 }));
    for (const other of [matterOf({ version: 2, documents: [] }), matterOf({ version: 1 })]) {
      const { status, body } = await push(id, other);
      expect([status, body.error.code]).toEqual([409, 'version_conflict']);
    }
    expect((await read(id)).body.version).toBe(2);
  });

  it('of a higher version supersedes, and keeps what was confirmed where the text is the same', async () => {
    const id = newId();
    const other = personOf({
      reference: 'P-2',
      name: '试验乙',
      document: { type: 'resident-id', number: '11010119001111006X' },
      roles: ['supervisor'],
    });
    const content = matterOf({ persons: [personOf({}), other] });
    await push(id, content);
    await api.store
      .knex('confirmations')
      .where({ reference: 'P-1', matter_id: api.pseudonyms.matterId('test-registry', id, 1) })
      .update({ state: 'confirmed', settled_at: new Date() });
    expect((await push(id, { ...content, version: 2 })).status).toBe(201);
    expect((await confirmations(id)).map(({ version, role, state }) => [version, role, state])).toEqual([
      [1, 'legal-representative', 'confirmed'],
      [1, 'shareholder', 'confirmed'],
      [1, 'supervisor', 'void'],
      [2, 'legal-representative', 'carried'],
      [2, 'shareholder', 'carried'],
      [2, 'supervisor', 'pending'],
    ]);
    const changed = { ...content, version: 3, entity: { name: '北京变更有限公司' } };
    await push(id, changed);
    expect(
      (await confirmations(id)).filter(({ version }) => version === 3).map(({ state }) => state),
    ).toEqual([...['pending', 'pending', 'pending']]);
  });

  it('of two versions at once leaves one of them open', async () => {
    const id = newId();
    await Promise.all([
      push(id, matterOf({ version: 1 })),
      push(id, matterOf({ version: 2, documents: [] })),
    ]);
    const open = await api.store.knex('matters').where({ external_id: id, state: 'open' }).select('version');
    expect(open).toEqual([{ version: 2 }]);
  });

  const wrong: [string, unknown, { path: string; code: string }][] = [
    ['without persons', matterOf({ persons: [] }), { path: 'persons', code: 'matter_without_persons' }],
    [
      'with a role twice',
      matterOf({ persons: [personOf({ roles: ['manager', 'manager'] })] }),
      { path: 'persons.0.roles', code: 'role_repeated' },
    ],
    [
      'with a person twice',
      matterOf({ persons: [personOf({}), personOf({ reference: 'P-2' })] }),
      { path: 'persons.1.document', code: 'person_repeated' },
    ],
    [
      'with a number that cannot be',
      matterOf({ persons: [personOf({ document: { type: 'resident-id', number: '110101190001010010' } })] }),
      { path: 'persons.0.document.number', code: 'number_check_digit' },
    ],
    [
      'with a link in its text',
      matterOf({ entity: { name: '见 https://example.com' } }),
      { path: 'entity.name', code: 'text_has_link' },
    ],
    [
      'with hidden characters',
      matterOf({ entity: { name: '北京\u202e公司' } }),
      { path: 'entity.name', code: 'text_has_hidden_characters' },
    ],
    [
      'with a reference that is personal',
      matterOf({ persons: [personOf({ reference: 'P-110101190001010014' })] }),
      { path: 'persons.0.reference', code: 'reference_is_personal' },
    ],
    [
      'with a minor as director',
      matterOf({
        persons: [
          personOf({ document: { type: 'resident-id', number: '11010120200101001X' }, roles: ['director'] }),
        ],
      }),
      { path: 'persons.0.roles', code: 'role_needs_full_age' },
    ],
    ['with an unknown field', { ...matterOf(), extra: 1 }, { path: '', code: 'unknown_field' }],
  ];

  it.each(wrong)('%s is refused, and nothing is kept', async (_, matter, issue) => {
    const id = newId();
    const { status, body } = await push(id, matter);
    expect([status, body.error.issues]).toEqual([422, [issue]]);
    expect((await read(id)).status).toBe(404);
  });

  it('for an authority or kind that is not the registration system’s is refused', async () => {
    for (const change of [{ authority: '310101' }, { kind: 'filing' }] as Partial<MatterContent>[]) {
      const { status, body } = await push(newId(), matterOf(change));
      expect([status, body.error.code]).toEqual([403, 'authority_not_permitted']);
    }
  });
});

describe('a signature', () => {
  it('counts once', async () => {
    const id = newId();
    const nonce = 'a-nonce-used-twice-0001';
    expect((await push(id, matterOf(), { nonce })).status).toBe(201);
    const { status, body } = await push(id, matterOf(), { nonce });
    expect([status, body.error.code]).toEqual([401, 'nonce_replayed']);
  });

  it('of another time, or over other bytes, is none, and the answer says where it is wrong', async () => {
    const late = await push(newId(), matterOf(), { skewSeconds: -900 });
    expect([late.status, late.body.error.detail]).toEqual([401, 'signature_expired']);
    expect(late.body.error.issues).toEqual([
      {
        path: 'signature-input.expires',
        code: 'stale',
        expected: expect.stringMatching(/^at least \d+, the time/),
      },
    ]);
    const path = `/api/registry/matters/${newId()}`;
    const changed = await request(api.server)
      .put(path)
      .set(api.signed('PUT', path, matterOf()))
      .send(JSON.stringify(matterOf({ version: 7 })));
    expect([changed.status, changed.body.error.detail]).toEqual([401, 'digest_mismatch']);
  });
});

test('a matter is taken back by its version, and a matter of nobody is not there', async () => {
  const id = newId();
  await push(id, matterOf());
  const path = `/api/registry/matters/${id}/withdrawal`;
  const withdraw = (version: number) =>
    request(api.server)
      .post(path)
      .set(api.signed('POST', path, { version }))
      .send(JSON.stringify({ version }));
  expect((await withdraw(2)).status).toBe(404);
  expect((await withdraw(1)).body).toEqual({ externalId: id, version: 1, state: 'withdrawn' });
});
