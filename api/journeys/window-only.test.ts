import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';

// Nobody is promised a face check that their document or their age does not have.

let api: TestApi;

beforeEach(async () => {
  api = await startApi({ now: () => new Date('2026-03-01T10:00:00Z') });
});
afterEach(() => api.end());

const hold = (holder: Parameters<typeof holdJourney>[3]): Promise<HeldJourney> =>
  holdJourney(api, () => new Date('2026-03-01T10:00:00Z'), undefined, holder);
const look = async (held: HeldJourney) => (await held.get(`/api/journeys/${held.id}`)).body;
const atMatter = { step: 'matter-face', allowed: ['start-face', 'decline', 'ask-in-person'] } as const;
const atWindow = { step: 'stuck', cause: 'in-person', allowed: ['go-online', 'close'] } as const;

it.each([
  ['a passport', { documentType: 'foreign-passport', number: 'P90000001' }],
  [
    'a document that the contract does not cover',
    { documentType: 'taiwan-travel-permit', number: '12345678' },
  ],
  ['the ID card of a minor', { documentType: 'resident-id', number: '110105201503071235' }],
] as const)('%s has none', async (_, holder) => {
  const held = await hold(holder);
  const revision = await held.show({ ...atMatter, allowed: [...atMatter.allowed] });
  expect(await look(held)).toMatchObject({ onlyAtWindow: true, allowed: ['decline', 'ask-in-person'] });
  const started = await held.post('face-checks', { revision });
  expect(started.status).not.toBe(200);
  await held.show({ ...atWindow, allowed: [...atWindow.allowed] });
  expect((await look(held)).allowed).toEqual(['close']);
});

it('the route refuses what the page does not offer', async () => {
  const held = await hold({ documentType: 'foreign-passport', number: 'P90000001' });
  const revision = await held.show({ ...atWindow, allowed: [...atWindow.allowed] });
  const { status, body } = await held.post('online', { revision });
  expect([status, body.error.code, body.journey.step]).toEqual([409, 'not_allowed_now', 'stuck']);
});

it('the ID card of an adult has one', async () => {
  const held = await hold({});
  await held.show({ ...atMatter, allowed: [...atMatter.allowed] });
  const view = await look(held);
  expect(view).not.toHaveProperty('onlyAtWindow');
  expect(view.allowed).toContain('start-face');
});
