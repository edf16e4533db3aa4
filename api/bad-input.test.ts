import request from 'supertest';
import { createLeakDetector } from '../test/leak-detector';
import { startApi } from '../test/setup/api';
import type { TestApi } from '../test/setup/api';
import { consentTo } from '../test/setup/consents';

let api: TestApi;
let authorization: string;

beforeAll(async () => {
  api = await startApi();
  authorization = `Bearer ${await api.signIn('someone')}`;
});
afterAll(() => api.end());

const enter = (body: object | string, headers: Record<string, string> = {}) =>
  request(api.server)
    .post('/api/journeys')
    .set({ authorization, 'idempotency-key': 'command-1', 'content-type': 'application/json', ...headers })
    .send(body);

const consents = [consentTo('personal-information'), consentTo('bank-card-notice')];
const name = '泄漏测试';
const number = '110101190001010014';
const entry = { name, documentType: 'resident-id', documentNumber: number, consents };

describe('bad input', () => {
  it.each([
    ['bad JSON', '{"name":', 400, 'bad_json'],
    ['a body that is no object', '[1]', 422, 'invalid'],
    ['too large a body', JSON.stringify({ name: 'x'.repeat(70_000) }), 413, 'body_too_large'],
  ])('%s is refused', async (_, body, status, code) => {
    const answer = await enter(body);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('in another format than JSON is refused', async () => {
    const answer = await enter('name=x', { 'content-type': 'application/x-www-form-urlencoded' });
    expect([answer.status, answer.body.error.code]).toEqual([415, 'content_type_not_json']);
  });

  it('is listed whole, without a value and without the name of an unknown field', async () => {
    const secret = '440304190001019999';
    const answer = await enter({
      ...entry,
      name: '',
      documentNumber: '110101190001010010',
      [secret]: secret,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.error.issues).toEqual([{ path: '', code: 'unknown_field' }]);
    const other = await enter({
      name: '',
      documentType: 'resident-id',
      documentNumber: '110101190001010010',
      consents: [],
    });
    expect(other.body.error.issues).toEqual([
      { path: 'name', code: 'name_missing' },
      { path: 'documentNumber', code: 'number_check_digit' },
      { path: 'consents', code: 'consent_missing_personal_information' },
      { path: 'consents', code: 'consent_missing_bank_card_notice' },
    ]);
    expect(JSON.stringify([answer.body, other.body, api.log])).not.toContain(secret);
  });

  it.each([
    ['resident-id', '810000190001010018', 'number_of_hmt_residence_permit'],
    ['resident-id', '820000190001010028', 'number_of_hmt_residence_permit'],
    ['resident-id', '830000190001010038', 'number_of_hmt_residence_permit'],
    ['resident-id', '911840190001010017', 'number_of_foreign_permanent_resident_id'],
    ['hmt-residence-permit', number, 'number_of_resident_id'],
    ['foreign-passport', number, 'number_of_resident_id'],
  ])('a %s with the number of another document, %s, is refused by naming that: %s', async (...given) => {
    const [documentType, documentNumber, code] = given;
    const answer = await enter({ ...entry, documentType, documentNumber });
    expect(answer.status).toBe(422);
    expect(answer.body.error.issues).toContainEqual({ path: 'documentNumber', code });
    const { body } = await request(api.server).get('/api/document-types');
    const named = body.documentTypes.filter((one: { numberCode?: string }) => one.numberCode === code);
    expect(named).toHaveLength(1);
  });

  it('on unknown paths and by wrong methods is answered plainly', async () => {
    expect((await request(api.server).get('/api/nothing')).status).toBe(404);
    const wrong = await request(api.server).delete('/api/journeys').set({ authorization });
    expect([wrong.status, wrong.headers.allow, wrong.body.error.code]).toEqual([
      405,
      'POST',
      'method_not_allowed',
    ]);
    expect((await request(api.server).get('/api/%E0%A4%A')).status).toBe(404);
  });

  it('changes nothing', async () => {
    const tables = ['sealed_inputs', 'journeys', 'consents', 'matters', 'attempts'];
    for (const table of tables) expect(await api.store.knex(table).select('*')).toEqual([]);
    expect(api.commands).toEqual([]);
  });
});

describe('an entry', () => {
  it('with a document that is not checked online is taken as it is: the journey leads to the window', async () => {
    api.next.outcome = { outcome: 'unknown' };
    const passport = {
      ...{ name: '侨胞样例', documentType: 'overseas-chinese-passport', documentNumber: 'E12345678' },
      ...{ validUntil: '2035-12-31', consents: [consentTo('personal-information')] },
    };
    expect((await enter(passport)).status).toBe(503);
    expect(api.commands.at(-1)).toMatchObject({ command: 'enter', payload: { input: expect.any(String) } });
    api.commands.length = 0;
  });

  it('may choose the window at once, and then reads no notice about bank cards', async () => {
    api.next.outcome = { outcome: 'unknown' };
    const consents = entry.consents.filter(({ kind }) => kind === 'personal-information');
    expect((await enter({ ...entry, consents, inPerson: true })).status).toBe(503);
    expect(api.commands.at(-1)).toMatchObject({ command: 'enter', payload: { atWindow: {} } });
    await api.store.knex('sealed_inputs').delete();
    api.commands.length = 0;
  });

  it('is sealed once for a command, however often it comes, and leaves no name or number anywhere', async () => {
    api.next.outcome = { outcome: 'unknown' };
    const commands = [await enter(entry), await enter(entry)];
    for (const answer of commands) expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
    const [first, second] = api.commands;
    expect(first).toEqual(second);
    const rows: unknown = await api.store.knex('sealed_inputs').select('*');
    expect(rows).toMatchObject([{ id: first?.updateId }]);
    const detector = createLeakDetector([name, number]);
    const [[content]] = await api.store.knex.raw('SELECT content FROM sealed_inputs');
    const left = [
      ...detector.search('log', api.log.join('')),
      ...detector.search('row', content.content as Buffer),
    ];
    expect(left).toEqual([]);
    expect(detector.search('said', JSON.stringify(api.commands))).toEqual([]);
  });

  it('with another body under the same key is another command', async () => {
    const before = api.commands.at(-1)?.updateId;
    await enter({ ...entry, name: '另一测试' });
    expect(api.commands.at(-1)?.updateId).not.toBe(before);
  });
});

describe('requests in great number', () => {
  it('are refused with the time to wait', async () => {
    const narrow = await startApi({
      rate: {
        ...{ requestsPerMinutePerAddress: 2, requestsPerMinutePerSession: 2 },
        requestsPerMinutePerKey: 100,
      },
    });
    const ask = () => request(narrow.server).get('/api/support');
    // A page of the console is many files, and counts nothing against what it then asks.
    for (let file = 0; file < 6; file += 1) await request(narrow.server).get('/console/assets/index.js');
    const responses = [await ask(), await ask(), await ask()];
    await narrow.end();
    expect(responses.map((answer) => answer.status)).toEqual([200, 200, 429]);
    expect(Number(responses[2]?.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('health', () => {
  it('names the part that is down', async () => {
    api.next.temporalUp = false;
    const answer = await request(api.server).get('/health/ready');
    api.next.temporalUp = true;
    expect([answer.status, answer.body]).toEqual([
      503,
      { status: 'down', parts: { database: 'up', temporal: 'down' } },
    ]);
    expect((await request(api.server).get('/health/ready')).status).toBe(200);
  });
});
