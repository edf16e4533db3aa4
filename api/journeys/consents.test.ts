import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { beginAttempt } from '../../db/attempts/attempts';
import type { NewAttempt } from '../../db/attempts/attempts';
import { sealInput } from '../../db/store/sealed-inputs';
import { commandNames } from '../../domain/steps';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { consentTo } from '../../test/setup/consents';
import { holdJourney } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';
import { readLegalTexts } from '../../texts/legal-texts';
import { attemptLimits } from '../../test/setup/attempt-limits';

let api: TestApi;
let held: HeldJourney;
let clock: Date;
let revision: number;

async function start(overrides: Parameters<typeof startApi>[0] = {}, agreed?: string): Promise<void> {
  clock = new Date();
  api = await startApi({ now: () => clock, ...overrides });
  held = await holdJourney(api, () => clock, agreed);
}

afterEach(() => api.end());

const show = async (...changes: Parameters<HeldJourney['show']>) => {
  revision = await held.show(...changes);
};
const post = (path: string, body: object = {}, key?: string) => held.post(path, { revision, ...body }, key);
const ledger = () =>
  api.store.knex('consents').orderBy(['version', 'kind']).select('kind', 'version', 'withdrawn_at');

describe('consents beside a button', () => {
  beforeEach(async () => {
    await start();
    await show({ step: 'face', allowed: ['start-face', 'report-face', 'decline'] });
  });

  it('are noted once for a command, with the text they were given to', async () => {
    const consent = consentTo('face-check');
    for (const key of ['command-1', 'command-1', 'command-2']) await post('face-checks', { consent }, key);
    const rows = await api.store.knex('consents').where({ kind: 'face-check' });
    expect(rows.length).toBe(2);
    const { body } = await request(api.server).get(`/api/legal-texts/face-check?version=${consent.version}`);
    expect(rows[0]).toMatchObject({ ...consent, text_hash: body.sha256 });
  });

  it.each([
    [{ kind: 'face-check', version: '2020-1' }, 'consent_to_old_text'],
    [consentTo('bank-card-check'), 'consent_missing_face_check'],
  ])('%j is none, and nothing is said', async (consent, code) => {
    const { status, body } = await post('face-checks', { consent });
    expect([status, body.error.issues]).toEqual([422, [{ path: 'consents', code }]]);
    expect([(await ledger()).length, api.commands]).toEqual([1, []]);
  });
});

describe('a new version of the text on personal information', () => {
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'legal-texts-'));
    const kinds = ['personal-information', 'face-check', 'bank-card-check', 'bank-card-notice', 'liability'];
    for (const kind of kinds) writeFileSync(join(folder, `${kind}.2026-1.md`), `# ${kind}\n`);
    writeFileSync(join(folder, 'personal-information.2026-2.md'), '# 新版\n');
    await start({ legalTexts: readLegalTexts(folder) }, '2026-1');
    await show({ step: 'to-dos', allowed: ['confirm', 'refuse', 'close'] });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const needed = ['personal-information'];
  const toDo = '00000000-0000-4000-8000-000000000001';
  const agree = (version = '2026-2', key = 'agree-1') =>
    held.post('consents', { kind: 'personal-information', version }, key);
  const confirm = () => post(`to-dos/${toDo}/confirmation`, { textHash: 'a'.repeat(64) });

  it('is asked for wherever the journey is looked at', async () => {
    for (const path of [`/api/journeys/${held.id}`, '/api/journeys/current']) {
      expect((await held.get(path)).body.consentsNeeded).toEqual(needed);
    }
    await show({ step: 'closed' });
    expect((await held.get(`/api/journeys/${held.id}`)).body).not.toHaveProperty('consentsNeeded');
  });

  const consent = (kind: string) => ({ consent: { kind, version: '2026-1' } });
  const strokes = { strokes: [[[1, 1, 0]]], width: 100, height: 100, liabilityVersion: '2026-1' };
  const commands: [string, object, string, boolean][] = [
    ['face-checks', consent('face-check'), 'start-face', true],
    ['face-checks/certify-1/result', {}, 'report-face', true],
    [
      'bank-card-checks',
      { cardNumber: '6200000000000005', ...consent('bank-card-check') },
      'submit-card',
      true,
    ],
    ['portrait-review', { decision: 'confirm' }, 'confirm-portrait', true],
    [`to-dos/${toDo}/confirmation`, { textHash: 'a'.repeat(64) }, 'confirm', true],
    [`to-dos/${toDo}/signature`, strokes, 'sign', true],
    [`to-dos/${toDo}/re-issue`, {}, 'ask-re-issue', true],
    ['declination', {}, 'decline', false],
    ['portrait-review', { decision: 're-enter' }, 're-enter', false],
    [`to-dos/${toDo}/refusal`, { reason: 'not-me' }, 'refuse', false],
    [`to-dos/${toDo}/cancellation`, {}, 'cancel', false],
    ['back', {}, 'back', false],
    ['close', {}, 'close', false],
  ];

  it.each(commands)('%s %j: %s waits for it: %s', async (path, body, command, waits) => {
    const { account } = held.session;
    await beginAttempt(
      api.store,
      { ...attempt, account, journey: held.id, personKey: held.personKey, command: 'face' },
      attemptLimits,
      clock,
    );
    await api.store.knex('attempts').where({ command: 'face' }).update({ certify_id: 'certify-1' });
    await show({ step: 'signing', allowed: [...commandNames], toDo });
    const answer = await post(path, body);
    if (waits) {
      expect([answer.status, answer.body.error.code]).toEqual([409, 'consent_outdated']);
      expect(answer.body.journey).toMatchObject({ step: 'signing', revision, consentsNeeded: needed });
    }
    expect(api.commands.map(({ command: payload }) => payload)).toEqual(waits ? [] : [command]);
  });

  it('is agreed to once for a command, with the hash of the new text, and the journey goes on', async () => {
    const answer = await agree();
    expect([answer.status, answer.body.step]).toEqual([200, 'to-dos']);
    expect(answer.body).not.toHaveProperty('consentsNeeded');
    await agree();
    const given = api.store.knex('consents').where({ version: '2026-2' }).select('kind', 'text_hash');
    const text = readLegalTexts(folder).get('personal-information');
    expect(await given).toEqual([{ kind: 'personal-information', text_hash: text?.sha256 }]);
    expect(await ledger()).toMatchObject([
      { version: '2026-1', withdrawn_at: null },
      { version: '2026-2', withdrawn_at: null },
    ]);
    await confirm();
    expect(api.commands).toMatchObject([{ command: 'confirm' }]);
  });

  it('is not agreed to by agreeing to the old one, or to another text', async () => {
    const old = await agree('2026-1');
    expect([old.status, old.body.error.issues]).toEqual([
      ...[422, [{ path: 'consents', code: 'consent_to_old_text' }]],
    ]);
    const other = await held.post('consents', { kind: 'face-check', version: '2026-1' });
    expect([other.status, other.body.error.issues]).toEqual([422, [{ path: 'kind', code: 'not_a_choice' }]]);
    expect((await confirm()).body.error.code).toBe('consent_outdated');
  });

  it('that was taken back is not given again by the command that gave it', async () => {
    await agree();
    await post('consents/personal-information/withdrawal', {}, 'withdraw-1');
    expect((await agree()).body.consentsNeeded).toEqual(needed);
    expect((await confirm()).body.error.code).toBe('consent_outdated');
    expect((await agree('2026-2', 'agree-2')).body).not.toHaveProperty('consentsNeeded');
  });

  it('leaves the old one where its hash is read', async () => {
    const read = async (query: string) =>
      (await request(api.server).get(`/api/legal-texts/personal-information${query}`)).body;
    expect((await read('')).version).toBe('2026-2');
    expect((await read('?version=2026-1')).text).toBe('# personal-information\n');
    expect((await read('?version=2026-3')).error.code).toBe('not_found');
    expect((await read('?version=latest')).error.code).toBe('invalid');
    const { body } = await held.get(`/api/journeys/${held.id}/consents`);
    expect(body.consents).toMatchObject([{ version: '2026-1', title: 'personal-information' }]);
  });
});

const attempt: Omit<NewAttempt, 'journey' | 'account' | 'personKey' | 'command'> = {
  purpose: 'identity-face',
  debits: 'person',
};
describe('taking back what was agreed to', () => {
  beforeEach(() => start());

  const begin = async (purpose: NewAttempt['purpose'], command: string) => {
    const { account } = held.session;
    const of = { ...attempt, purpose, command, account, journey: held.id, personKey: held.personKey };
    const begun = await beginAttempt(api.store, of, attemptLimits, clock);
    return 'id' in begun ? begun.id : '';
  };
  const states = async () =>
    Object.fromEntries(
      (await api.store.knex('attempts').select('command', 'state')).map(({ command, state }) => [
        command,
        state,
      ]),
    );

  it('is said for each kind before it is done: what it stops, and what stays by law', async () => {
    await show({ step: 'face', allowed: ['start-face'] });
    await post('face-checks', { consent: consentTo('face-check') });
    const { body } = await held.get(`/api/journeys/${held.id}/consents`);
    expect(body.consents.length).toBe(2);
    for (const { onWithdrawal } of body.consents) expect(onWithdrawal).toMatch(/^撤回.*(停止|结束).*保留/);
  });

  it.each(['face-check', 'bank-card-check', 'bank-card-notice'])(
    '%s is noted once, and said',
    async (kind) => {
      await show({ step: 'face', allowed: ['start-face', 'decline'] });
      const { status, body } = await post(`consents/${kind}/withdrawal`);
      const code = `consent_withdrawn_${kind.replaceAll('-', '_')}`;
      expect([status, body.notices]).toEqual([
        ...[200, [{ code, message: expect.stringMatching(/^您已撤回.*保留，不受影响/) }]],
      ]);
      expect(api.commands).toEqual([]);
    },
  );

  it('leaves the row in the ledger, with when it was taken back, and the first time counts', async () => {
    await show({ step: 'face', allowed: ['start-face', 'decline'] });
    await post('face-checks', { consent: consentTo('face-check') });
    const before = await api.store.knex('consents').where({ kind: 'face-check' }).first();
    await post('consents/face-check/withdrawal', {}, 'command-2');
    const at = clock;
    clock = new Date(clock.getTime() + 60_000);
    await post('consents/face-check/withdrawal', {}, 'command-3');
    expect(await api.store.knex('consents').where({ kind: 'face-check' })).toEqual([
      { ...before, withdrawn_at: at },
    ]);
  });

  it('stops the face check that is open, at no cost, and no other check', async () => {
    const face = await begin('identity-face', 'face');
    await api.store.knex('attempts').where({ id: face }).update({ certify_id: 'certify-1' });
    await begin('bank-card', 'card');
    await show({ step: 'face', allowed: ['start-face', 'report-face', 'decline'], attempt: face });
    expect((await held.get(`/api/journeys/${held.id}`)).body.faceCheck).toBeDefined();
    await post('consents/face-check/withdrawal');
    expect(await states()).toEqual({ face: 'refunded', card: 'started' });
    const { body } = await held.get(`/api/journeys/${held.id}`);
    expect([body.faceCheck, body.attempts.left]).toEqual([undefined, 10]);
  });

  it('stops the bank card check that is open, and the number is gone', async () => {
    await begin('identity-face', 'face');
    await begin('bank-card', 'card');
    await sealInput(api.store, 'card', { kind: 'bank-card', cardNumber: '6200000000000005' }, clock);
    await show({ step: 'stuck', allowed: ['close'], cause: 'vendor-unavailable' });
    await post('consents/bank-card-check/withdrawal');
    expect(await states()).toEqual({ face: 'started', card: 'refunded' });
    expect(await api.store.knex('sealed_inputs').select('id')).toEqual([]);
  });

  it.each([
    ['face', ['start-face', 'report-face', 'decline'], 'decline'],
    ['portrait', ['confirm-portrait', 're-enter'], 're-enter'],
    ['to-dos', ['confirm', 'refuse', 'close'], 'close'],
  ])('personal information ends the journey at %s, and says what stays', async (step, allowed, command) => {
    await show({ step, allowed });
    api.next.outcome = { outcome: 'done', view: {} as never };
    const { body } = await post('consents/personal-information/withdrawal');
    expect(api.commands).toMatchObject([{ command, journey: held.id }]);
    expect(body.notices).toMatchObject([{ code: 'consent_withdrawn_personal_information' }]);
  });

  it('personal information leaves nothing to do but to end, where the journey was not reached', async () => {
    await show({ step: 'to-dos', allowed: ['confirm', 'refuse', 'close'] });
    const { status } = await post('consents/personal-information/withdrawal');
    expect(status).toBe(503);
    const confirmation = 'to-dos/00000000-0000-4000-8000-000000000001/confirmation';
    const command = await post(confirmation, { textHash: 'a'.repeat(64) }, 'command-2');
    expect(command.body.error.code).toBe('consent_outdated');
    await post('close', {}, 'command-3');
    expect(api.commands.map(({ command }) => command)).toEqual(['close', 'close']);
  });

  it('personal information can’t be taken back in the middle of a matter', async () => {
    const toDo = '00000000-0000-4000-8000-000000000001';
    await show({ step: 'signing', allowed: ['sign', 'cancel', 'refuse'], toDo });
    const { status, body } = await post('consents/personal-information/withdrawal');
    expect([status, body.error.code, api.commands]).toEqual([409, 'leave_matter_first', []]);
  });

  it('of what nobody can agree to is not found', async () => {
    await show({ step: 'face' });
    expect((await post('consents/anything/withdrawal')).status).toBe(404);
  });
});
