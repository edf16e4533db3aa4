import request from 'supertest';
import { leaveStuck } from '../../db/decisions/stuck';
import { setClerkState } from '../../db/clerks/clerks';
import { CLAIM_MS, MOST_NOTES, MOST_SNOOZED } from '../../domain/worklist';
import { userMessages } from '../../texts/user-messages';
import { fillWorklist } from '../../test/setup/stuck-journeys';
import { seenAt } from '../../test/setup/acceptances';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';

type Clerk = Awaited<ReturnType<TestApi['addClerk']>>;

let api: TestApi;
let held: HeldJourney;
let now: Date;
let first: Clerk;
let second: Clerk;

beforeEach(async () => {
  now = new Date();
  api = await startApi({ now: () => now });
  held = await holdJourney(api, () => now);
  await held.show({ step: 'stuck', cause: 'vendor-refused' });
  first = await api.addClerk('clerk', ['national']);
  second = await api.addClerk('clerk', ['national']);
});
afterEach(() => api.end());

const later = (ms: number) => (now = new Date(now.getTime() + ms));
const get = async ({ headers }: Clerk, path: string) =>
  (await request(api.server).get(`/api/clerk/${path}`).set(headers)).body;
const post = async ({ headers }: Clerk, path: string, body: object = {}, key = 'key-1') => {
  const response = await request(api.server)
    .post(`/api/clerk/journeys/${held.id}/${path}`)
    .set({ ...headers, 'idempotency-key': key })
    .send(body);
  return [response.status, response.body.error?.code];
};
const next = async ({ headers }: Clerk) =>
  await request(api.server).post('/api/clerk/worklist/next').set(headers).send({});
const entry = async (clerk: Clerk) => (await get(clerk, 'worklist')).entries[0];

const accepting = {
  ...{ decision: 'accept', acceptance: 'notarised', paperHash: 'f'.repeat(64) },
  ...{ reason: 'online-check-failed', seen: seenAt('notarised') },
};
const words: [string, object][] = [
  ['decisions', { revision: 1, decision: 'retry', reason: 'check-once-more' }],
  ['proposals', { revision: 1, ...accepting }],
  ['hand-over', { to: 'nobody' }],
  ['escalation', { to: 'reviewers' }],
  ['snooze', { until: null }],
  ['claim/renewal', {}],
  ['claim/release', {}],
];

describe('a claim', () => {
  it('is the first clerk’s, and others see whose it is', async () => {
    expect(await post(first, 'claim')).toEqual([200, undefined]);
    expect(await post(second, 'claim')).toEqual([409, 'claimed_by_other']);
    const until = new Date(now.getTime() + CLAIM_MS).toISOString();
    expect((await entry(second)).claim).toEqual({ clerk: first.id, until, isOwn: false });
    expect((await entry(first)).claim.isOwn).toBe(true);
    const { clerks } = await get(second, 'worklist');
    expect(clerks).toEqual([{ id: first.id, name: '测试经办' }]);
  });

  it('is one claim for the tabs of a clerk', async () => {
    await post(first, 'claim');
    const tab = { ...first, headers: await api.signInAgain(first.login) };
    expect(await post(tab, 'claim')).toEqual([200, undefined]);
    expect(await post(tab, 'claim/renewal')).toEqual([204, undefined]);
  });

  it('lives as long as it is renewed, and is not renewed once it is over', async () => {
    await post(first, 'claim');
    for (let times = 0; times < 3; times += 1) {
      later(CLAIM_MS - 1);
      expect(await post(first, 'claim/renewal')).toEqual([204, undefined]);
    }
    expect(await post(second, 'claim')).toEqual([409, 'claimed_by_other']);
    later(CLAIM_MS);
    expect((await entry(first)).claim).toBeUndefined();
    expect(await post(first, 'claim/renewal')).toEqual([409, 'claim_expired']);
    expect(await post(second, 'claim')).toEqual([200, undefined]);
  });

  it.each(words)('that is missing, over or another’s lets nobody do: %s', async (path, body) => {
    expect(await post(first, path, body)).toEqual([409, 'claim_expired']);
    await post(first, 'claim');
    expect(await post(second, path, body)).toEqual([409, 'claimed_by_other']);
    later(CLAIM_MS);
    expect(await post(first, path, body)).toEqual([409, 'claim_expired']);
    await post(second, 'claim');
    expect(await post(first, path, body)).toEqual([409, 'claimed_by_other']);
    expect(api.commands).toEqual([]);
  });

  it('is needed by the reviewer too', async () => {
    const reviewer = await api.addClerk('reviewer', ['national']);
    const review = `proposals/${'a'.repeat(64)}/review`;
    expect(
      await post(reviewer, review, { revision: 1, verdict: 'approve', reason: 'compared-and-agrees' }),
    ).toEqual([409, 'claim_expired']);
    expect(api.commands).toEqual([]);
  });

  it('is not asked for when a decision that was carried out is repeated', async () => {
    await post(first, 'claim');
    api.next.outcome = {
      outcome: 'done',
      view: { journey: held.id, step: 'face', allowed: [], revision: 2, codes: [] },
    };
    const decide = () =>
      post(first, 'decisions', { revision: 1, decision: 'retry', reason: 'check-once-more' });
    expect(await decide()).toEqual([200, undefined]);
    const id = api.commands[0]!.updateId;
    await api.store.knex('decisions').insert({
      ...{
        id,
        journey_id: held.id,
        cause: 'vendor-refused' as const,
        decision: 'retry' as const,
        reason: 'check-once-more' as const,
      },
      ...{ state: 'taken' as const, clerk: first.id, decided_at: now },
    });
    later(CLAIM_MS);
    expect(await decide()).toEqual([200, undefined]);
    expect(api.commands.map(({ updateId }) => updateId)).toEqual([id, id]);
  });

  it('is of what waits for clerks alone, within the scope', async () => {
    const elsewhere = await api.addClerk('clerk', ['31']);
    for (const path of ['claim', 'claim/renewal', 'claim/release', 'notes'])
      expect(await post(elsewhere, path, path === 'notes' ? { text: '备注' } : {})).toEqual([
        404,
        'not_found',
      ]);
    await leaveStuck(api.store.knex, held.id, 'decide', now);
    expect(await post(first, 'claim')).toEqual([409, 'not_allowed_now']);
  });

  it('of a clerk who has signed out is over in its time', async () => {
    await post(first, 'claim');
    await request(api.server).post('/api/clerk/session/end').set(first.headers).send({});
    await api.store.knex('clerk_sessions').where({ clerk_id: first.id }).delete();
    expect(await post(first, 'claim/renewal')).toEqual([401, 'not_signed_in']);
    later(CLAIM_MS);
    expect(await post(second, 'claim')).toEqual([200, undefined]);
  });

  it('does not keep a session alive by being renewed, and only its refusal is recorded', async () => {
    await post(first, 'claim');
    const used = async () =>
      (await api.store.knex('clerk_sessions').where({ clerk_id: first.id }).first('used_at'))?.used_at;
    const before = await used();
    later(90_000);
    await post(first, 'claim/renewal');
    expect(await used()).toEqual(before);
    later(CLAIM_MS);
    await post(first, 'claim/renewal');
    const actions = await api.store.knex('clerk_actions').where({ action: 'renew-claim' }).select('result');
    expect(actions).toEqual([{ result: 'claim_expired' }]);
  });
});

describe('a journey', () => {
  it('is handed over to a clerk who may decide about it, and to no other', async () => {
    const { clerks } = await get(first, `journeys/${held.id}/colleagues`);
    expect(clerks).toEqual([{ id: second.id, name: '测试经办' }]);
    await post(first, 'claim');
    const elsewhere = await api.addClerk('clerk', ['31']);
    const auditor = await api.addClerk('auditor', ['national']);
    const disabled = await api.addClerk('clerk', ['national']);
    await setClerkState(api.store.knex, disabled.id, 'disabled');
    for (const { id } of [elsewhere, auditor, disabled])
      expect(await post(first, 'hand-over', { to: id })).toEqual([409, 'clerk_unsuitable']);
    expect(await post(first, 'hand-over', { to: second.id })).toEqual([204, undefined]);
    expect(await entry(first)).toMatchObject({ assignee: second.id });
    expect((await next(first)).status).toBe(204);
    expect((await next(second)).body).toEqual({ journey: held.id });
    expect((await get(second, 'worklist?assigned=me')).entries).toHaveLength(1);
    expect((await get(second, 'worklist?assigned=nobody')).entries).toEqual([]);
  });

  it('is passed on to reviewers, or to the clerks of a wider scope', async () => {
    await post(first, 'claim');
    expect(await post(first, 'escalation', { to: 'reviewers' })).toEqual([409, 'nobody_above']);
    expect(await post(first, 'escalation', { to: 'upper-authority' })).toEqual([409, 'nobody_above']);
    const reviewer = await api.addClerk('reviewer', ['national']);
    expect(await post(first, 'escalation', { to: 'reviewers' })).toEqual([204, undefined]);
    expect((await next(first)).status).toBe(204);
    expect((await get(second, 'worklist?assigned=reviewers')).entries).toHaveLength(1);
    expect((await next(reviewer)).body).toEqual({ journey: held.id });
  });

  it('that was put off comes back first, on time, to whoever put it off, and its time limit runs on', async () => {
    const { dueAt } = await entry(first);
    await post(first, 'claim');
    const until = new Date(now.getTime() + 5 * 3_600_000).toISOString();
    for (const wrong of [new Date(now.getTime() - 1), new Date(now.getTime() + 8 * 86_400_000)])
      expect(await post(first, 'snooze', { until: wrong.toISOString() })).toEqual([422, 'invalid']);
    expect(await post(first, 'snooze', { until })).toEqual([204, undefined]);
    expect(await entry(first)).toBeUndefined();
    expect((await next(first)).status).toBe(204);
    expect((await get(first, 'worklist?snoozed=true')).entries).toMatchObject([
      { snoozedUntil: until, dueAt },
    ]);
    later(5 * 3_600_000);
    first = { ...first, headers: await api.signInAgain(first.login) };
    expect(await entry(first)).toMatchObject({ priority: 0, due: 'overdue', dueAt, assignee: first.id });
    expect((await next(first)).body).toEqual({ journey: held.id });
    expect(await post(first, 'snooze', { until: null })).toEqual([204, undefined]);
    expect(await entry(first)).toMatchObject({ priority: 2 });
  });

  it('is one of so many that a clerk can put off', async () => {
    await fillWorklist(api.store.knex, { count: MOST_SNOOZED, authorities: ['national'] }, now);
    const since = new Date(now.getTime() + 60_000);
    await api.store
      .knex('worklist')
      .whereNot({ journey_id: held.id })
      .update({ assignee: first.id, priority: 0, since, snoozed_until: since });
    await post(first, 'claim');
    expect(await post(first, 'snooze', { until: since.toISOString() })).toEqual([409, 'too_many_snoozed']);
  });

  it('that waits for a reviewer is passed on to nobody', async () => {
    await api.store.knex('worklist').update({ reviewer: second.id, assignee: second.id, proposed_at: now });
    await post(second, 'claim');
    const tries = [
      ['hand-over', { to: first.id }],
      ['escalation', { to: 'reviewers' }],
      ['snooze', { until: new Date(now.getTime() + 60_000).toISOString() }],
    ] as const;
    for (const [path, body] of tries)
      expect(await post(second, path, body)).toEqual([409, 'proposal_pending']);
    expect((await next(first)).status).toBe(204);
    expect((await get(second, 'worklist?mine=true')).entries).toHaveLength(1);
    expect((await get(first, 'worklist?mine=true')).entries).toEqual([]);
  });
});

describe('a note', () => {
  const text = '已致电申报人，下午到窗口';

  it('is added once, sealed, and read by who may see the journey', async () => {
    expect([await post(first, 'notes', { text }), await post(first, 'notes', { text })]).toEqual([
      [204, undefined],
      [204, undefined],
    ]);
    await post(second, 'notes', { text: '收到' }, 'key-2');
    const { notes, clerks } = await get(second, `journeys/${held.id}`);
    expect(notes.map((note: { text: string; clerk: string }) => [note.text, note.clerk])).toEqual(
      expect.arrayContaining([
        [text, first.id],
        ['收到', second.id],
      ]),
    );
    expect(notes).toHaveLength(2);
    expect(clerks.map(({ id }: { id: string }) => id).sort()).toEqual([first.id, second.id].sort());
    const [row] = await api.store.knex('journey_notes').where({ clerk_id: first.id }).select('content');
    expect(row!.content.includes(Buffer.from('申报'))).toBe(false);
  });

  it('is gone with what the person entered, and no more are added then', async () => {
    await post(first, 'notes', { text });
    await held.show({ step: 'closed' });
    expect((await get(first, `journeys/${held.id}`)).notes).toEqual([]);
    expect(await post(first, 'notes', { text }, 'key-2')).toEqual([409, 'journey_closed']);
  });

  it.each([[''], ['   '], ['长'.repeat(2_001)]])('is a text', async (wrong) => {
    expect(await post(first, 'notes', { text: wrong })).toEqual([422, 'invalid']);
  });

  it('is one of so many about a journey', async () => {
    const rows = Array.from({ length: MOST_NOTES }, (_, n) => ({
      ...{ id: String(n).padStart(64, '0'), journey_id: held.id, clerk_id: first.id },
      ...{ content: Buffer.from('x'), written_at: new Date(0) },
    }));
    await api.store.knex('journey_notes').insert(rows);
    expect(await post(first, 'notes', { text })).toEqual([409, 'too_many_notes']);
  });
});

test('every refusal says that nothing typed is lost, or what to do', () => {
  for (const code of ['claimed_by_other', 'claim_expired'] as const)
    expect(userMessages[code]).toContain('已保留');
});

describe('the next journey', () => {
  it('is the first of the list that is free, for every clerk another one', async () => {
    await fillWorklist(api.store.knex, { count: 60, authorities: ['national'] }, now);
    const listed = (await get(first, 'worklist')).entries;
    const free = listed.filter(
      ({ assignee, priority }: { assignee?: string; priority: number }) => !assignee && priority < 4,
    );
    const taken = await Promise.all([next(first), next(first), next(second), next(second)]);
    expect(taken.map(({ body }) => body.journey).sort()).toEqual(
      free
        .slice(0, 4)
        .map(({ journey }: { journey: string }) => journey)
        .sort(),
    );
    const actions = await api.store
      .knex('clerk_actions')
      .where({ action: 'claim-next' })
      .select('subject_id');
    expect(actions.map(({ subject_id }) => subject_id).sort()).toEqual(
      taken.map(({ body }) => body.journey).sort(),
    );
  });

  it('is one that waits for clerks, not for the person', async () => {
    await held.show({ step: 'stuck', cause: 'in-person' });
    expect(await entry(first)).toMatchObject({ priority: 4, due: 'paused' });
    expect((await next(first)).status).toBe(204);
    await held.post('window-code', {});
    expect(await entry(first)).toMatchObject({ priority: 1, due: 'running', codeShownAt: now.toISOString() });
    expect((await next(first)).body).toEqual({ journey: held.id });
  });
});
