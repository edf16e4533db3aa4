import { shanghaiMinute } from '../domain/shanghai-time';
import { confirm } from '../test/setup/confirming';
import { startHarness } from '../test/setup/activity-harness';
import type { Entered, ActivityHarness, PushedToDo } from '../test/setup/activity-harness';

const TEMPLATE = '5a0db0c5a0db0c5a0db0c5a0db0c0001';

let harness: ActivityHarness;
let person: Entered;
let toDo: PushedToDo;

beforeEach(async () => {
  harness = await startHarness({ confirmedTemplate: TEMPLATE });
  [person, toDo] = await arrive(harness);
});
afterEach(() => harness.end());

const holder = () => harness.vendors.holders[0]!;

async function arrive(at: ActivityHarness): Promise<[Entered, PushedToDo]> {
  return [await at.enter(at.vendors.holders[0]!), await at.push(at.vendors.holders[0]!)];
}

/** The notification about the newest confirmation. */
async function waiting(): Promise<string | undefined> {
  return (await harness.activities.reevaluateMatter({ matter: toDo.matter }))?.notificationWaiting;
}

async function confirmed(): Promise<string> {
  await confirm(harness, person.journey, toDo);
  return String(await waiting());
}

const sent = async () => await (await fetch(`${harness.vendors.url}/admin/messages`)).json();
const lines = (event: string) =>
  harness.log
    .filter((line) => line.includes(event))
    .map((line) => JSON.parse(line) as { code?: string; matter?: string });

it('names the confirmation and its time, and says what to do if somebody else made it', async () => {
  const message = await confirmed();
  expect(await harness.activities.notifyPerson({ matter: toDo.matter, message })).toEqual({ sent: true });
  const { number } = await harness.store.knex('evidence').first('number');
  expect(await sent()).toEqual([
    {
      account: holder().account,
      template: TEMPLATE,
      page: 'pages/home/index',
      data: {
        keyword1: { value: number },
        keyword2: { value: shanghaiMinute(harness.clock.now) },
        keyword3: { value: expect.stringContaining('这不是我办的') },
      },
      at: expect.any(String),
    },
  ]);
  expect(await waiting()).toBeUndefined();
});

it('tells a person that a new version carries their signature, once for each version', async () => {
  const first = await confirmed();
  await harness.activities.notifyPerson({ matter: toDo.matter, message: first });
  harness.clock.now = new Date(harness.clock.now.getTime() + 60_000);
  toDo = await harness.push(holder(), { version: 2 });
  const message = String(await waiting());
  expect(await harness.activities.notifyPerson({ matter: toDo.matter, message })).toEqual({ sent: true });
  expect(await waiting()).toBeUndefined();
  const [, { data }] = (await sent()) as [unknown, { data: object }];
  expect(data).toMatchObject({
    keyword2: { value: shanghaiMinute(harness.clock.now) },
    keyword3: { value: expect.stringMatching(/新版本.*这不是我办的/) },
  });
});

it('is sent once, however often the activity runs', async () => {
  const message = await confirmed();
  await harness.activities.notifyPerson({ matter: toDo.matter, message });
  expect(await harness.activities.notifyPerson({ matter: toDo.matter, message })).toEqual({
    sent: false,
    code: 'message_over',
  });
  expect(await sent()).toHaveLength(1);
  expect(lines('message_not_sent')).toEqual([]);
});

it('accepts that the person wants no messages, and logs it', async () => {
  await harness.vendors.scenario(holder().account, 'unsubscribed');
  const message = await confirmed();
  const rejected = { sent: false, code: 'MSG_UNSUBSCRIBED' };
  expect(await harness.activities.notifyPerson({ matter: toDo.matter, message })).toEqual(rejected);
  expect(lines('message_not_sent')).toMatchObject([{ code: 'MSG_UNSUBSCRIBED', matter: toDo.matter }]);
  expect(await waiting()).toBeUndefined();
});

it('is sent to nobody once the session, and with it the address at Alipay, is gone', async () => {
  const message = await confirmed();
  await harness.store.knex('sessions').delete();
  expect(await harness.activities.notifyPerson({ matter: toDo.matter, message })).toEqual({
    sent: false,
    code: 'session_over',
  });
  expect(await sent()).toEqual([]);
  expect(await waiting()).toBeUndefined();
});

it('fails while the vendor is away, until it is abandoned', async () => {
  const message = await confirmed();
  await harness.vendors.mode('unavailable');
  const failure = { type: 'alipay_unavailable', nonRetryable: false };
  await expect(harness.activities.notifyPerson({ matter: toDo.matter, message })).rejects.toMatchObject(
    failure,
  );
  expect(await waiting()).toBe(message);
  await harness.activities.abandonNotification({ matter: toDo.matter, message });
  expect(await waiting()).toBeUndefined();
  expect(lines('message_given_up')).toMatchObject([{ matter: toDo.matter }]);
});

it('is sent to nobody when no template is configured', async () => {
  const silent = await startHarness();
  const [entered, pushed] = await arrive(silent);
  await confirm(silent, entered.journey, pushed);
  expect(await silent.activities.reevaluateMatter({ matter: pushed.matter })).not.toHaveProperty(
    'messageWaiting',
  );
  await silent.end();
});
