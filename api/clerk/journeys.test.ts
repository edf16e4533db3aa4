import request from 'supertest';
import { seenAt, sealedAcceptance } from '../../test/setup/acceptances';
import { checksFor, NO_END } from '../../domain/window-check';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { phoneMessages } from '../../texts/user-messages';
import { holdJourney, person } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';

let api: TestApi;
let held: HeldJourney;

beforeEach(async () => {
  api = await startApi();
  held = await holdJourney(api, () => new Date());
});
afterEach(() => api.end());

type Clerk = Awaited<ReturnType<TestApi['addClerk']>>;

const get = ({ headers }: Clerk, path: string) => request(api.server).get(`/api/clerk/${path}`).set(headers);
/** Claims the journey first, as its page does. */
const post = async ({ headers }: Clerk, path: string, body: object, key = 'command-1') => {
  const [claim] = /^journeys\/[^/]+\/(?=decisions|proposals)/.exec(path) ?? [];
  if (claim) await request(api.server).post(`/api/clerk/${claim}claim`).set(headers).send({});
  return await request(api.server)
    .post(`/api/clerk/${path}`)
    .set({ ...headers, 'idempotency-key': key })
    .send(body);
};

const view = (codes: string[] = [], step = 'stuck') =>
  ({
    outcome: 'done',
    view: { journey: held.id, step, allowed: [], revision: 2, codes },
  }) as TestApi['next']['outcome'];

const accepting = {
  ...{ revision: 1, decision: 'accept', reason: 'online-check-failed' },
  ...{ acceptance: 'on-site', paperHash: 'f'.repeat(64) },
  seen: seenAt('on-site'),
};

const seeing = (changes: object) => ({
  ...{ ...accepting, windowCode: '7K3M9P' },
  seen: { ...accepting.seen, ...changes },
});

describe('the phone of a journey', () => {
  it('shows a code, which a clerk types as they like and which leaves the api sealed only', async () => {
    await held.show({ step: 'stuck', cause: 'in-person' });
    const clerk = await api.addClerk('clerk', ['national']);
    const path = `journeys/${held.id}`;
    expect((await get(clerk, path)).body.phone.state).toBe('unproven');
    expect((await held.get(`/api/journeys/${held.id}`)).body.stuck.showsCode).toBe(true);
    const issued = await held.post('window-code', {});
    const { code, secondsLeft } = issued.body;
    expect([issued.status, secondsLeft, issued.get('cache-control')]).toEqual([200, 1800, 'no-store']);
    expect((await held.post('window-code', {})).body.code).toBe(code);
    api.next.outcome = view(['waits_for_second_clerk']);
    const windowCode = ` ${code.slice(0, 3)}-${code.slice(3)}`.toLowerCase();
    expect((await post(clerk, `${path}/proposals`, { ...accepting, windowCode })).status).toBe(200);
    const [payload] = api.commands;
    expect(payload?.payload).toEqual({
      ...{
        decision: 'accept',
        reason: 'online-check-failed',
        acceptance: 'on-site',
        paperHash: accepting.paperHash,
      },
      ...{ input: payload?.updateId, clerk: clerk.id, expectedRevision: 1 },
    });
    expect(JSON.stringify(api.commands) + api.log.join('')).not.toContain(code);
    const row = await api.store.knex('sealed_inputs').where({ id: payload?.updateId }).first('content');
    const owner = `input:${payload?.updateId}`;
    const key = await api.store.dataKeys.find(api.store.knex, owner);
    expect(api.store.encryption.open(key!, owner, row!.content)).toEqual(sealedAcceptance('on-site', code));
  });

  it.each(['window_code_wrong', 'window_code_expired', 'window_code_used_up'])(
    'is not the right one: %s',
    async (code) => {
      await held.show({ step: 'stuck', cause: 'in-person' });
      const clerk = await api.addClerk('clerk', ['national']);
      api.next.outcome = view([code]);
      const typed = { ...accepting, windowCode: '7K3M9P' };
      const { status, body } = await post(clerk, `journeys/${held.id}/proposals`, typed);
      expect([status, body.error.code]).toEqual([409, code]);
    },
  );

  it.each([
    ['on-site' as const, 'proven'],
    ['notarised' as const, 'unproven'],
  ])('is, to who reviews what was accepted %s, %s', async (acceptance, state) => {
    await held.show({ step: 'stuck', cause: 'in-person' });
    await api.store.knex('decisions').insert({
      ...{
        id: 'a'.repeat(64),
        journey_id: held.id,
        cause: 'in-person' as const,
        decision: 'accept' as const,
        reason: 'online-check-failed' as const,
        state: 'proposed' as const,
      },
      ...{ clerk: 'c'.repeat(36), reviewer: 'd'.repeat(36), acceptance, decided_at: new Date() },
    });
    const reviewer = await api.addClerk('reviewer', ['national']);
    const { phone } = (await get(reviewer, `journeys/${held.id}`)).body;
    expect(phone).toEqual({ state, message: phoneMessages[state as 'proven'] });
  });

  it('shows none where nothing is waited for', async () => {
    await held.show({ step: 'face' });
    const rejected = await held.post('window-code', {});
    expect([rejected.status, rejected.body.error.code]).toEqual([409, 'not_allowed_now']);
  });
});

describe('a stuck journey', () => {
  it('is on the worklist and shown to whose scope covers it, masked', async () => {
    await held.show({ step: 'stuck', cause: 'in-person', codes: ['waits'] });
    const national = await api.addClerk('clerk', ['national']);
    const { body } = await get(national, 'worklist');
    expect(body.entries).toMatchObject([{ journey: held.id, cause: 'in-person', authority: 'national' }]);
    const response = await get(national, `journeys/${held.id}`);
    expect(response.body).toMatchObject({
      id: held.id,
      revision: 1,
      stuck: { cause: 'in-person', decisions: ['accept', 'reject', 'close'] },
      person: { name: '**甲', documentName: '居民身份证' },
      attempts: { faceLeft: 10, bankCardLeft: 5, granted: 0 },
      decisions: [],
    });
    expect(JSON.stringify(response.body)).not.toContain(person.number);
    const elsewhere = await api.addClerk('clerk', ['110105']);
    expect((await get(elsewhere, 'worklist')).body.entries).toEqual([]);
    expect((await get(elsewhere, `journeys/${held.id}`)).status).toBe(404);
    expect(
      (
        await post(elsewhere, `journeys/${held.id}/decisions`, {
          revision: 1,
          decision: 'close',
          reason: 'person-asks',
        })
      ).status,
    ).toBe(404);
    expect(api.commands).toEqual([]);
  });

  it('hears what a clerk decides, with who it was and the view it was decided on, once for a key', async () => {
    await held.show({ step: 'stuck', cause: 'vendor-refused' });
    api.next.outcome = view([], 'face');
    const clerk = await api.addClerk('clerk', ['national']);
    const deciding = { revision: 1, decision: 'retry', reason: 'check-once-more' };
    const path = `journeys/${held.id}/decisions`;
    const responses = [await post(clerk, path, deciding), await post(clerk, path, deciding)];
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    const [first, second] = api.commands;
    expect(first).toMatchObject({
      command: 'decide',
      journey: held.id,
      payload: { decision: 'retry', reason: 'check-once-more', clerk: clerk.id, expectedRevision: 1 },
    });
    expect(second).toEqual(first);
  });

  it('says plainly why a decision does not hold', async () => {
    await held.show({ step: 'stuck', cause: 'vendor-refused' });
    const clerk = await api.addClerk('reviewer', ['national']);
    const path = `journeys/${held.id}/decisions`;
    const codes = ['busy', 'stale', 'not_allowed_now', 'not_for_this_cause', 'needs_second_clerk'] as const;
    for (const rejection of codes) {
      api.next.outcome = { outcome: 'rejected', rejection };
      const { status, body } = await post(clerk, path, {
        revision: 1,
        decision: 'retry',
        reason: 'check-once-more',
      });
      expect([status, body.error.code]).toEqual([409, rejection]);
    }
    api.next.outcome = { outcome: 'rejected', rejection: 'not_the_reviewer' };
    const review = `journeys/${held.id}/proposals/${'a'.repeat(64)}/review`;
    const rejected = await post(clerk, review, {
      revision: 1,
      verdict: 'approve',
      reason: 'compared-and-agrees',
    });
    expect([rejected.status, rejected.body.error.code]).toEqual([403, 'not_the_reviewer']);
    for (const code of ['grant_limit_reached', 'no_reviewer'] as const) {
      api.next.outcome = view([code]);
      const { status, body } = await post(clerk, path, {
        revision: 1,
        decision: 'grant-attempts',
        reason: 'person-identified',
        attempts: 5,
      });
      expect([status, body.error.code]).toEqual([409, code]);
    }
    api.next.outcome = { outcome: 'closed' };
    expect(
      (await post(clerk, path, { revision: 1, decision: 'retry', reason: 'check-once-more' })).body.error
        .code,
    ).toBe('journey_closed');
  });

  it('has a corrected name proposed sealed, and only another writing of the same name', async () => {
    await held.show({ step: 'stuck', cause: 'name-mismatch-suspected' });
    api.next.outcome = view(['waits_for_second_clerk']);
    const clerk = await api.addClerk('clerk', ['national']);
    const path = `journeys/${held.id}/proposals`;
    const another = await post(clerk, path, {
      revision: 1,
      decision: 'correct-name',
      reason: 'rare-character',
      name: '王老五',
    });
    expect(another.body.error.issues).toEqual([{ path: 'name', code: 'name_of_another' }]);
    expect(api.commands).toEqual([]);
    expect(
      (
        await post(clerk, path, {
          revision: 1,
          decision: 'correct-name',
          reason: 'rare-character',
          name: '试验·甲',
        })
      ).status,
    ).toBe(200);
    const [payload] = api.commands;
    expect(payload).toMatchObject({
      command: 'propose',
      payload: { decision: 'correct-name', reason: 'rare-character', input: payload?.updateId },
    });
    expect(JSON.stringify(api.commands) + api.log.join('')).not.toContain('试验');
    const row = await api.store.knex('sealed_inputs').where({ id: payload?.updateId }).first('content');
    const owner = `input:${payload?.updateId}`;
    const key = await api.store.dataKeys.find(api.store.knex, owner);
    expect(api.store.encryption.open(key!, owner, row!.content)).toEqual({ kind: 'name', name: '试验·甲' });
  });

  it.each([
    [
      'decisions',
      { revision: 1, decision: 'accept', reason: 'online-check-failed' },
      'decision',
      'not_a_choice',
    ],
    [
      'decisions',
      { revision: 1, decision: 'retry', reason: 'check-once-more', attempts: 1 },
      'attempts',
      'attempts_not_asked',
    ],
    [
      'decisions',
      { revision: 1, decision: 'grant-attempts', reason: 'person-identified' },
      'attempts',
      'attempts_missing',
    ],
    [
      'decisions',
      { revision: 1, decision: 'grant-attempts', reason: 'person-identified', attempts: 6 },
      'attempts',
      'too_big',
    ],
    ['proposals', { revision: 1, decision: 'close', reason: 'person-asks' }, 'decision', 'not_valid'],
    ['proposals', { ...accepting, paperHash: undefined }, 'paperHash', 'wrong_type'],
    ['proposals', accepting, 'windowCode', 'window_code_missing'],
    ['proposals', { ...accepting, windowCode: '7K3M9' }, 'windowCode', 'window_code_malformed'],
    [
      'proposals',
      { ...accepting, acceptance: 'notarised', seen: seenAt('notarised'), windowCode: '7K3M9P' },
      'windowCode',
      'window_code_not_asked',
    ],
    ['proposals', seeing({ checks: ['document-original'] }), 'seen.checks', 'check_missing'],
    ['proposals', seeing({ checks: checksFor('on-site', true) }), 'seen.checks', 'check_not_asked'],
    ['proposals', seeing({ validUntil: undefined }), 'seen.validUntil', 'validity_missing'],
    ['proposals', seeing({ validUntil: '2020-01-01' }), 'seen.validUntil', 'document_expired'],
    ['proposals', seeing({ validUntil: '2020-02-30' }), 'seen.validUntil', 'wrong_form'],
    [
      'proposals',
      { ...accepting, acceptance: 'notarised', seen: { ...seenAt('notarised'), validUntil: NO_END } },
      'seen.validUntil',
      'validity_not_asked',
    ],
  ])('%s %j is refused', async (path, body, at, code) => {
    await held.show({ step: 'stuck', cause: 'locked-out' });
    const clerk = await api.addClerk('clerk', ['national']);
    const answer = await post(clerk, `journeys/${held.id}/${path}`, body);
    expect([answer.status, answer.body.error.issues]).toEqual([422, [{ path: at, code }]]);
    expect(api.commands).toEqual([]);
  });

  it('leaves on record who looked, searched and decided', async () => {
    await held.show({ step: 'stuck', cause: 'vendor-refused' });
    const clerk = await api.addClerk('clerk', ['national']);
    await get(clerk, 'worklist?cause=vendor-refused');
    await get(clerk, `journeys/${held.id}`);
    api.next.outcome = { outcome: 'rejected', rejection: 'stale' };
    await post(clerk, `journeys/${held.id}/decisions`, {
      revision: 1,
      decision: 'close',
      reason: 'person-asks',
    });
    const actions = api.store
      .knex('clerk_actions')
      .where({ clerk_id: clerk.id })
      .orderBy('id')
      .select('action', 'subject_id', 'result');
    expect(await actions).toEqual([
      { action: 'list-worklist', subject_id: 'vendor-refused', result: 'done' },
      { action: 'show-journey', subject_id: held.id, result: 'done' },
      { action: 'claim', subject_id: held.id, result: 'done' },
      { action: 'decide', subject_id: held.id, result: 'stale' },
    ]);
  });
});

describe('at the window', () => {
  const push = async () => {
    const matter = {
      ...{ version: 1, authority: '110105', kind: 'establishment', entity: { name: '北京试验有限公司' } },
      ...{ sections: [{ title: '信息', fields: [{ label: '住所', value: '一号' }] }], documents: [] },
      persons: [
        {
          ...{ reference: 'P-1', name: person.name, roles: ['shareholder', 'legal-representative'] },
          document: { type: 'resident-id', number: person.number },
        },
      ],
    };
    const path = '/api/registry/matters/M-1';
    const answer = await request(api.server)
      .put(path)
      .set(api.signed('PUT', path, matter))
      .send(JSON.stringify(matter));
    expect(answer.status).toBe(201);
  };

  it('a clerk finds the matter and opens the confirmation of a person without a phone', async () => {
    await push();
    const clerk = await api.addClerk('clerk', ['1101']);
    const { body } = await get(clerk, 'matters/test-registry/M-1');
    expect(body).toMatchObject({
      state: 'open',
      persons: [{ name: '**甲', roles: ['legal-representative', 'shareholder'], state: 'pending' }],
    });
    expect(JSON.stringify(body)).not.toContain(person.number);
    api.next.outcome = { outcome: 'unknown' };
    const { toDoId } = body.persons[0];
    expect((await post(clerk, `to-dos/${toDoId}/on-site`, {})).status).toBe(503);
    const payload = api.commands.at(-1)!;
    expect(payload).toMatchObject({
      command: 'enter',
      payload: { session: 'window', atWindow: { displayed: { toDo: toDoId } } },
    });
    // It is no journey of any phone's account.
    expect(payload.journey).not.toBe(held.id);
    const row = await api.store.knex('sealed_inputs').where({ id: payload.updateId }).first('content');
    const owner = `input:${payload.updateId}`;
    const key = await api.store.dataKeys.find(api.store.knex, owner);
    expect(api.store.encryption.open(key!, owner, row!.content)).toMatchObject({
      ...{ name: person.name, number: person.number, personKey: held.personKey, consents: [] },
    });
    const outside = await api.addClerk('clerk', ['31']);
    expect((await get(outside, 'matters/test-registry/M-1')).status).toBe(404);
    expect((await post(outside, `to-dos/${toDoId}/on-site`, {})).status).toBe(404);
  });
});
