import request from 'supertest';
import { beginAttempt, endAttempt } from '../../db/attempts/attempts';
import { readCaseNumber } from '../../domain/case-numbers';
import { matterOf, personOf } from '../../test/matters';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney, person } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';
import { readLegalTexts } from '../../texts/legal-texts';

// A journey that waits: what the page is told, and how it learns that the journey has moved.

const nationalDesk = { name: '服务台', address: '一路1号', hours: '周一至周五 9:00—17:00', phone: '010-1' };
const contact = { name: '朝阳区市场监督管理局', address: '二路2号', hours: '周一至周五', phone: '010-12345' };

let api: TestApi;
let held: HeldJourney;

beforeEach(async () => {
  api = await startApi({ nationalDesk });
  held = await holdJourney(api, () => new Date());
});
afterEach(() => api.end());

const look = async (query = '') => (await held.get(`/api/journeys/${held.id}${query}`)).body;

async function pushed(path: string, body: object): Promise<void> {
  const response = await request(api.server)
    .put(path)
    .set(api.signed('PUT', path, body))
    .send(body);
  expect(response.status).toBeLessThan(300);
}

/** A to-do of the person, at an authority that its registration system has told about. */
async function toDo(): Promise<string> {
  await pushed('/api/registry/authorities/110105', contact);
  const document = { type: 'resident-id' as const, number: person.number };
  await pushed(
    '/api/registry/matters/M-1',
    matterOf({ persons: [personOf({ name: person.name, document })] }),
  );
  const row = await api.store.knex('confirmations').where({ person_key: held.personKey }).first('to_do_id');
  return row?.to_do_id ?? '';
}

describe('the authority', () => {
  it('is the national desk before the person is verified, whether there is a matter or not', async () => {
    await held.show({ step: 'stuck', cause: 'in-person' });
    const before = await look();
    await toDo();
    const after = await look();
    expect(before.stuck.authority).toEqual(nationalDesk);
    expect(after.stuck).toEqual(before.stuck);
  });

  it('is that of the matter at hand', async () => {
    await held.show({ step: 'stuck', cause: 'in-person', toDo: await toDo() });
    expect((await look()).stuck.authority).toEqual(contact);
  });
});

describe('the case number', () => {
  it('is the same during a visit, and a clerk finds the journey by it', async () => {
    await held.show({ step: 'stuck', cause: 'in-person' });
    const { caseNumber } = await look();
    expect(readCaseNumber(caseNumber)).toBe(caseNumber);
    const { headers } = await api.addClerk('clerk', ['national']);
    const search = (typed: string) =>
      request(api.server).get('/api/clerk/worklist').query({ caseNumber: typed }).set(headers);
    const typed = `${caseNumber.slice(0, 4)} ${caseNumber.slice(4)}`;
    const found = await search(typed);
    expect(found.body.entries).toEqual([expect.objectContaining({ journey: held.id, caseNumber })]);
    const mistyped = `${caseNumber.slice(0, -1)}${(Number(caseNumber.at(-1)) + 1) % 10}`;
    expect((await search(mistyped)).body.error.issues).toEqual([
      { path: 'query.caseNumber', code: 'case_number_wrong' },
    ]);
  });
});

describe('a page that waits', () => {
  it('is answered as soon as the journey has moved', async () => {
    const revision = await held.show({ step: 'stuck', cause: 'vendor-refused' });
    const answer = look(`?after=${revision}`);
    await held.show({ step: 'face' });
    expect((await answer).step).toBe('face');
  });

  it('is answered at once if the journey is elsewhere already', async () => {
    const revision = await held.show({ step: 'face' });
    expect((await look(`?after=${revision - 1}`)).step).toBe('face');
  });

  it('is told that the journey is not there any more, if another session has taken it over', async () => {
    const revision = await held.show({ step: 'stuck', cause: 'vendor-refused' });
    const answer = held.get(`/api/journeys/${held.id}?after=${revision}`);
    const sent = answer.then(({ status }) => status);
    await api.store
      .knex('journeys')
      .where({ id: held.id })
      .update({ session_id: 'other', revision: revision + 1 });
    expect(await sent).toBe(404);
  });
});

describe('more attempts', () => {
  it('can be asked for once by a person who is locked out, and clerks see when', async () => {
    await held.show({ step: 'stuck', cause: 'locked-out' });
    expect((await look()).stuck.attemptsAskedAt).toBeUndefined();
    const first = await held.post('attempt-requests', {});
    const again = await held.post('attempt-requests', {}, 'command-2');
    expect([first.status, again.body.stuck.attemptsAskedAt]).toEqual([200, first.body.stuck.attemptsAskedAt]);
    const { headers } = await api.addClerk('clerk', ['national']);
    const { body } = await request(api.server).get('/api/clerk/worklist').set(headers);
    expect(body.entries[0].attemptsAskedAt).toBe(first.body.stuck.attemptsAskedAt);
  });

  it('cannot be asked for otherwise', async () => {
    await held.show({ step: 'stuck', cause: 'vendor-refused' });
    const { status, body } = await held.post('attempt-requests', {});
    expect([status, body.error.code]).toEqual([409, 'not_allowed_now']);
  });
});

describe('a consent', () => {
  const version = readLegalTexts().get('face-check')?.version ?? '';

  async function failFaceCheck(): Promise<void> {
    const { account } = held.session;
    const limits = {
      faceFailuresPerDay: 10,
      faceFailuresPerMatter: 5,
      checksStartedPerDay: 30,
      bankCardFailuresPerDay: 5,
    };
    const attempt = await beginAttempt(
      api.store,
      {
        purpose: 'identity-face',
        journey: held.id,
        account,
        personKey: held.personKey,
        debits: 'person',
        command: 'c',
      },
      limits,
      new Date(),
    );
    if ('rejected' in attempt) throw new Error(attempt.rejected);
    await endAttempt(api.store.knex, attempt.id, 'failed', new Date());
  }

  it('holds for a repeated check: the person is not asked again, and it is recorded once', async () => {
    const revision = await held.show({ step: 'face', allowed: ['start-face'] });
    expect((await look()).consentsGiven).toEqual([]);
    expect((await held.post('face-checks', { revision })).body.error.issues).toEqual([
      { path: 'consent', code: 'consent_missing_face_check' },
    ]);
    await held.post('face-checks', { revision, consent: { kind: 'face-check', version } }, 'command-2');
    await failFaceCheck();
    const next = await held.show({ step: 'face-failed', allowed: ['start-face'] });
    expect((await look()).consentsGiven).toEqual([expect.objectContaining({ kind: 'face-check', version })]);
    const repeated = await held.post('face-checks', { revision: next }, 'command-3');
    expect(repeated.body.error?.code).not.toBe('invalid');
    const rows = await api.store.knex('consents').where({ journey_id: held.id, kind: 'face-check' });
    expect(rows).toHaveLength(1);
  });

  it('is not asked of a command that is repeated after the journey has moved', async () => {
    const revision = await held.show({ step: 'face', allowed: ['start-face'] });
    await held.post('face-checks', { revision, consent: { kind: 'face-check', version } });
    await failFaceCheck();
    const next = await held.show({ step: 'face-failed', allowed: ['start-face'] });
    await held.show({ step: 'stuck', cause: 'vendor-refused' });
    const repeated = await held.post('face-checks', { revision: next }, 'command-3');
    expect(repeated.body.error?.code).not.toBe('invalid');
  });

  it('that was withdrawn does not hold', async () => {
    const revision = await held.show({ step: 'face', allowed: ['start-face'] });
    await held.post('face-checks', { revision, consent: { kind: 'face-check', version } });
    await failFaceCheck();
    await held.show({ step: 'face-failed', allowed: ['start-face'] });
    await held.post('consents/face-check/withdrawal', { revision: revision + 1 }, 'command-2');
    expect((await look()).consentsGiven).toEqual([]);
  });

  it('for one matter does not hold for another', async () => {
    const revision = await held.show({ step: 'face', allowed: ['start-face'] });
    await held.post('face-checks', { revision, consent: { kind: 'face-check', version } });
    await failFaceCheck();
    const toDoId = await toDo();
    await held.show({ step: 'matter-face', allowed: ['start-face'], toDo: toDoId });
    expect((await look()).consentsGiven).toEqual([]);
    await held.show({ step: 'to-dos' });
    const again = await held.show({ step: 'matter-face', allowed: ['start-face'], toDo: toDoId });
    await held.post(
      'face-checks',
      { revision: again, consent: { kind: 'face-check', version } },
      'command-2',
    );
    expect((await look()).consentsGiven).toHaveLength(1);
    await held.show({ step: 'face', allowed: ['start-face'] });
    expect((await look()).consentsGiven).toHaveLength(1);
  });
});
