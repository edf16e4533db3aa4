import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { consentTo } from '../../test/setup/consents';
import { holdJourney } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';

let api: TestApi;
let held: HeldJourney;
let clock: Date;

beforeEach(async () => {
  clock = new Date();
  api = await startApi({ now: () => clock });
  held = await holdJourney(api, () => clock);
});
afterEach(() => api.end());

const TO_DO = '00000000-0000-4000-8000-000000000001';
const consent = consentTo('face-check');
const archiving = consentTo('portrait-archiving');
const noted = () =>
  api.store.knex('consents').where({ kind: 'portrait-archiving' }).select('to_do_id', 'version');
const atMatter = (toDo = TO_DO) => held.show({ step: 'matter-face', allowed: ['start-face'], toDo });

it('the consent to the archiving is noted for the matter at hand, and need not be given', async () => {
  const revision = await atMatter();
  await held.post('face-checks', { revision, consent });
  expect(await noted()).toEqual([]);
  await held.post('face-checks', { revision, consent, archiving }, 'command-2');
  expect(await noted()).toEqual([{ to_do_id: TO_DO, version: archiving.version }]);
  const { body } = await held.get(`/api/journeys/${held.id}`);
  const kinds = body.consentsGiven.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toEqual(['face-check', 'portrait-archiving']);
});

it('it alone allows no face check', async () => {
  const revision = await atMatter();
  const { status, body } = await held.post('face-checks', { revision, archiving });
  expect([status, body.error.issues]).toEqual([
    422,
    [{ path: 'consent', code: 'consent_missing_face_check' }],
  ]);
  expect(await noted()).toEqual([]);
});

it('it can’t be given before there is a matter, to another text, or from an older view', async () => {
  const revision = await held.show({ step: 'face', allowed: ['start-face'] });
  const early = await held.post('face-checks', { revision, consent, archiving });
  expect([early.status, early.body.error.issues]).toEqual([
    422,
    [{ path: 'archiving', code: 'only_for_a_matter' }],
  ]);
  const next = await atMatter();
  for (const other of [consent, { ...archiving, version: '2025-1' }])
    expect((await held.post('face-checks', { revision: next, consent, archiving: other })).status).toBe(422);
  await held.post('face-checks', { revision, consent, archiving });
  expect(await noted()).toEqual([]);
});

it('it is taken back by itself', async () => {
  const revision = await atMatter();
  await held.post('face-checks', { revision, consent, archiving });
  const { body } = await held.post('consents/portrait-archiving/withdrawal', { revision }, 'command-2');
  const standing = body.consents.filter(({ withdrawnAt }: { withdrawnAt?: string }) => !withdrawnAt);
  expect(standing.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
    'face-check',
    'personal-information',
  ]);
  const view = await held.get(`/api/journeys/${held.id}`);
  expect(view.body.consentsGiven.map(({ kind }: { kind: string }) => kind)).toEqual(['face-check']);
});
