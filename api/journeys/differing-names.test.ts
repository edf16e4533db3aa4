import request from 'supertest';
import type { MatterContent } from '../../domain/matter';
import { createLeakDetector } from '../../test/leak-detector';
import { matterOf, personOf } from '../../test/matters';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney, person } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';

let api: TestApi;
let held: HeldJourney;

beforeAll(async () => {
  api = await startApi();
  held = await holdJourney(api, () => new Date());
  await held.show({ step: 'to-dos' });
});
afterAll(() => api.end());

const OTHER_NAME = '试验某';
const matterId = (id: string, version = 1) => api.pseudonyms.matterId('test-registry', id, version);

async function push(id: string, changes: Partial<MatterContent> = {}, name = OTHER_NAME): Promise<void> {
  const path = `/api/registry/matters/${id}`;
  const matter = matterOf({ persons: [personOf({ name })], ...changes });
  await request(api.server)
    .put(path)
    .set(api.signed('PUT', path, matter))
    .send(JSON.stringify(matter));
}

async function look(id: string, version = 1): Promise<unknown> {
  const row = await api.store
    .knex('confirmations')
    .where({ matter_id: matterId(id, version) })
    .first('to_do_id');
  return (await held.get(`/api/journeys/${held.id}/to-dos/${row?.to_do_id}`)).body.nameDiffers;
}

const told = async () =>
  (await api.store.knex('deliveries').where({ event: 'person.name-differs' }).orderBy('sequence')).map(
    ({ body }) => JSON.parse(body) as object,
  );

it('the registration system is told of a name that differs, once for each version, without the name', async () => {
  await push('M-1');
  expect([await look('M-1'), await look('M-1')]).toEqual([true, true]);
  const persons = [{ reference: 'P-1', roles: ['legal-representative', 'shareholder'] }];
  const event = {
    deliveryId: expect.any(String),
    occurredAt: expect.any(String),
    event: 'person.name-differs',
  };
  expect(await told()).toEqual([{ ...event, matter: { externalId: 'M-1', version: 1 }, persons }]);
  expect(api.reevaluated.filter((matter) => matter === matterId('M-1'))).toHaveLength(2);
  await push('M-1', { version: 2 });
  expect(await look('M-1', 2)).toBe(true);
  expect((await told()).at(-1)).toMatchObject({ matter: { externalId: 'M-1', version: 2 } });
  await push('M-1', { version: 3 }, person.name);
  expect(await look('M-1', 3)).toBe(false);
  expect(await told()).toHaveLength(2);
  const detector = createLeakDetector([OTHER_NAME, person.name, person.number]);
  expect(detector.search('events', JSON.stringify(await told()))).toEqual([]);
});

it('nobody is told of a version that can be confirmed no more', async () => {
  await push('M-2');
  await push('M-2', { version: 2 });
  const before = (await told()).length;
  expect(await look('M-2', 1)).toBe(true);
  expect(await told()).toHaveLength(before);
});

it('two who look at once tell it once', async () => {
  await push('M-3');
  const before = (await told()).length;
  await Promise.all([look('M-3'), look('M-3'), look('M-3')]);
  expect(await told()).toHaveLength(before + 1);
});
