import request from 'supertest';
import type { Alipay } from '../../alipay/alipay';
import { AlipayError } from '../../alipay/errors';
import { openInput } from '../../db/store/sealed-inputs';
import { deleteExpired } from '../../db/maintenance/retention';
import { createLeakDetector } from '../../test/leak-detector';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { consentTo } from '../../test/setup/consents';

const person = { name: '授权测试', number: '110101190001010014' };
const OVER_MS = 10 * 60_000;

let api: TestApi;
let clock: Date;
let token: string;
const shareIdentity = jest.fn<ReturnType<Alipay['shareIdentity']>, [string]>();

beforeEach(async () => {
  clock = new Date();
  shareIdentity.mockReset().mockResolvedValue(person);
  api = await startApi({
    alipay: { shareIdentity } as Partial<Alipay> as Alipay,
    authorizedIdentity: true,
    now: () => clock,
  });
  token = await api.signIn('owner');
});
afterEach(() => api.end());

const ask = (of = token, from = api) =>
  request(from.server)
    .get('/api/authorized-identity')
    .set({ authorization: `Bearer ${of}` });

const consents = [consentTo('personal-information'), consentTo('bank-card-notice')];
const enter = (body: object, of = token) =>
  request(api.server)
    .post('/api/journeys')
    .set({ authorization: `Bearer ${of}`, 'idempotency-key': 'command-1' })
    .send({ documentType: 'resident-id', consents, ...body });

const enterBy = (handle: string, of?: string) => enter({ authorizedIdentity: handle }, of);

describe('what fills in a resident ID card', () => {
  it('is masked, and asked for by the token of this session', async () => {
    const { status, body } = await ask();
    expect([status, body]).toEqual([
      200,
      { handle: expect.stringMatching(/^[\w-]{43}$/), name: '***试', number: '110*************14' },
    ]);
    expect(shareIdentity).toHaveBeenCalledWith('token');
  });

  it.each<[string, () => void]>([
    ['not certified, or not by this document', () => shareIdentity.mockResolvedValue(undefined)],
    ['not authorized', () => shareIdentity.mockRejectedValue(new AlipayError('access_token_invalid'))],
    ['not in the contract', () => shareIdentity.mockRejectedValue(new AlipayError('alipay_refused'))],
    ['with a number that cannot be', () => shareIdentity.mockResolvedValue({ ...person, number: '1101' })],
    ['with a name that cannot be', () => shareIdentity.mockResolvedValue({ ...person, name: '1101' })],
  ])('is not there for an account %s', async (_, answer) => {
    answer();
    const { status, body } = await ask();
    expect([status, body.error.code]).toEqual([404, 'identity_not_authorized']);
    expect(body.error.message).toContain('手工填写');
    expect(await api.store.knex('sealed_inputs').select('id')).toEqual([]);
  });

  it('is not there, and nobody is asked, where the contract does not cover it', async () => {
    const other = await startApi({ alipay: { shareIdentity } as Partial<Alipay> as Alipay });
    const { status, body } = await ask(await other.signIn('owner'), other);
    expect([status, body.error.code]).toEqual([404, 'identity_not_authorized']);
    expect(shareIdentity).not.toHaveBeenCalled();
    await other.end();
  });

  it('blocks nobody while the vendor is away', async () => {
    shareIdentity.mockRejectedValue(new AlipayError('alipay_timeout', { retry: 'later' }));
    const { status, body } = await ask();
    expect([status, body.error.code]).toEqual([503, 'identity_unavailable']);
    expect((await enter({ name: person.name, documentNumber: person.number })).status).toBe(503);
    expect(api.commands.map(({ command }) => command)).toEqual(['enter']);
  });

  it('is to be asked for where the list of documents says so', async () => {
    const listed = async (from: TestApi) =>
      (await request(from.server).get('/api/document-types')).body.documentTypes
        .filter(({ authorized }: { authorized: boolean }) => authorized)
        .map(({ type }: { type: string }) => type);
    expect(await listed(api)).toEqual(['resident-id']);
    const other = await startApi();
    expect(await listed(other)).toEqual([]);
    await other.end();
  });
});

describe('an entry by a handle', () => {
  const handleOf = async (of?: string): Promise<string> => (await ask(of)).body.handle;

  it('is the entry of whom the account belongs to, and once for a command', async () => {
    const handle = await handleOf();
    await enterBy(handle);
    await enterBy(handle);
    const [first, again] = api.commands;
    expect(again).toEqual(first);
    const entry = await openInput(api.store, api.store.knex, { id: first!.updateId, kind: 'entry' }, clock);
    expect(entry).toMatchObject({ kind: 'entry', documentType: 'resident-id', ...person });
    const personKey = api.pseudonyms.person('resident-id', person.number);
    expect(first!.journey).toBe(
      api.pseudonyms.journeyId(api.pseudonyms.account('alipay', 'owner'), personKey),
    );
  });

  const over = {
    code: 'authorized_identity_over',
    message: expect.stringContaining('手工填写'),
    issues: [{ path: 'authorizedIdentity', code: 'authorized_identity_over' }],
  };

  it.each([
    ['another account', 'stranger'],
    ['the same account', 'owner'],
  ])('is refused to another session of %s', async (_, openId) => {
    const { status, body } = await enterBy(await handleOf(), await api.signIn(openId));
    expect([status, body.error]).toEqual([422, expect.objectContaining(over)]);
    expect(api.commands).toEqual([]);
  });

  it('is refused once it is over, and then nothing of it is left', async () => {
    const handle = await handleOf();
    clock = new Date(clock.getTime() + OVER_MS);
    const { status, body } = await enterBy(handle);
    expect([status, body.error]).toEqual([422, expect.objectContaining(over)]);
    expect(
      (await deleteExpired(api.store, { matterDays: 365, evidenceDays: 1830, complaintDays: 1095 }, clock))
        .sealedInputs,
    ).toBe(1);
    expect(await api.store.knex('sealed_inputs').select('id')).toEqual([]);
  });

  it.each([
    [{ name: person.name }, [{ path: 'name', code: 'not_with_authorized_identity' }]],
    [{ documentNumber: '' }, [{ path: 'documentNumber', code: 'not_with_authorized_identity' }]],
    [
      { documentType: 'hmt-residence-permit' },
      [{ path: 'authorizedIdentity', code: 'not_for_this_document' }],
    ],
    [{ authorizedIdentity: 'short' }, [{ path: 'authorizedIdentity', code: 'wrong_form' }]],
  ])('beside %j is refused', async (beside, issues) => {
    const { status, body } = await enter({ authorizedIdentity: await handleOf(), ...beside });
    expect([status, body.error.code, body.error.issues]).toEqual([422, 'invalid', issues]);
    expect(api.commands).toEqual([]);
  });

  it('leaves no name or number in the clear anywhere', async () => {
    await enterBy(await handleOf());
    const rows: { content: Buffer }[] = await api.store.knex('sealed_inputs').select('content');
    expect(rows.length).toBe(2);
    const detector = createLeakDetector(Object.values(person));
    const left = [
      ...rows.flatMap(({ content }) => detector.search('row', content)),
      ...detector.search('log', api.log.join('')),
      ...detector.search('said', JSON.stringify(api.commands)),
    ];
    expect(left).toEqual([]);
  });
});
