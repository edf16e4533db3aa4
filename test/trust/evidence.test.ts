import type { Holder } from '../../sandbox/alipay/settings';
import { openOffice } from '../setup/office';
import type { Office, PushedToDo } from '../setup/office';

let office: Office;
let holder: Holder;
let toDo: PushedToDo;

beforeEach(async () => {
  office = await openOffice();
  [holder] = office.vendors.holders as [Holder];
  toDo = await office.push(holder);
});
afterEach(() => office.end());

const review = () => office.activities.review({ matter: toDo.matter });
const told = async () =>
  (await office.store.knex('deliveries').orderBy('sequence').select('event')).map(({ event }) =>
    String(event),
  );

it('rows that SQL alone set to confirmed are never sent out as confirmed', async () => {
  await office.store.knex('confirmations').update({ state: 'confirmed', settled_at: office.clock.now });
  expect(await review()).toMatchObject({ state: 'open' });
  expect(await told()).toEqual([]);
});
