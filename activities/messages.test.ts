import { shanghaiMinute } from '../domain/shanghai-time';
import { confirm } from '../test/setup/confirming';
import { openOffice } from '../test/setup/office';
import type { Entered, Office, PushedToDo } from '../test/setup/office';

const TEMPLATE = '5a0db0c5a0db0c5a0db0c5a0db0c0001';

let office: Office;
let person: Entered;
let toDo: PushedToDo;

beforeEach(async () => {
  office = await openOffice({ confirmedTemplate: TEMPLATE });
  [person, toDo] = await arrive(office);
});
afterEach(() => office.end());

const holder = () => office.vendors.holders[0]!;

async function arrive(at: Office): Promise<[Entered, PushedToDo]> {
  return [await at.enter(at.vendors.holders[0]!), await at.push(at.vendors.holders[0]!)];
}

/** The message about what was just confirmed. */
async function waiting(): Promise<string | undefined> {
  return (await office.activities.review({ matter: toDo.matter }))?.messageWaiting;
}

async function confirmed(): Promise<string> {
  await confirm(office, person.journey, toDo);
  return String(await waiting());
}

const sent = async () => await (await fetch(`${office.vendors.url}/admin/messages`)).json();
const lines = (event: string) =>
  office.log
    .filter((line) => line.includes(event))
    .map((line) => JSON.parse(line) as { code?: string; matter?: string });

it('tells who confirmed by which number and when, and what to do if it was somebody else', async () => {
  const message = await confirmed();
  expect(await office.activities.tellPerson({ matter: toDo.matter, message })).toEqual({ sent: true });
  const { number } = await office.store.knex('evidence').first('number');
  expect(await sent()).toEqual([
    {
      account: holder().account,
      template: TEMPLATE,
      page: 'pages/home/index',
      data: {
        keyword1: { value: number },
        keyword2: { value: shanghaiMinute(office.clock.now) },
        keyword3: { value: expect.stringContaining('这不是我办的') },
      },
      at: expect.any(String),
    },
  ]);
  expect(await waiting()).toBeUndefined();
});

it('tells whose signature a new version carries, once for each version', async () => {
  const first = await confirmed();
  await office.activities.tellPerson({ matter: toDo.matter, message: first });
  office.clock.now = new Date(office.clock.now.getTime() + 60_000);
  toDo = await office.push(holder(), { version: 2 });
  const message = String(await waiting());
  expect(await office.activities.tellPerson({ matter: toDo.matter, message })).toEqual({ sent: true });
  expect(await waiting()).toBeUndefined();
  const [, { data }] = (await sent()) as [unknown, { data: object }];
  expect(data).toMatchObject({
    keyword2: { value: shanghaiMinute(office.clock.now) },
    keyword3: { value: expect.stringMatching(/新版本.*这不是我办的/) },
  });
});

it('tells once, however often it is asked to', async () => {
  const message = await confirmed();
  await office.activities.tellPerson({ matter: toDo.matter, message });
  expect(await office.activities.tellPerson({ matter: toDo.matter, message })).toEqual({
    sent: false,
    code: 'message_over',
  });
  expect(await sent()).toHaveLength(1);
  expect(lines('message_not_sent')).toEqual([]);
});

it('takes no for an answer, and says so in the log', async () => {
  await office.vendors.scenario(holder().account, 'unsubscribed');
  const message = await confirmed();
  const refused = { sent: false, code: 'MSG_UNSUBSCRIBED' };
  expect(await office.activities.tellPerson({ matter: toDo.matter, message })).toEqual(refused);
  expect(lines('message_not_sent')).toMatchObject([{ code: 'MSG_UNSUBSCRIBED', matter: toDo.matter }]);
  expect(await waiting()).toBeUndefined();
});

it('has nobody to tell once the session is gone, with which Alipay granted where to', async () => {
  const message = await confirmed();
  await office.store.knex('sessions').delete();
  expect(await office.activities.tellPerson({ matter: toDo.matter, message })).toEqual({
    sent: false,
    code: 'session_over',
  });
  expect(await sent()).toEqual([]);
  expect(await waiting()).toBeUndefined();
});

it('fails while the vendor is away, to be tried again, until it is given up', async () => {
  const message = await confirmed();
  await office.vendors.mode('unavailable');
  const failure = { type: 'alipay_unavailable', nonRetryable: false };
  await expect(office.activities.tellPerson({ matter: toDo.matter, message })).rejects.toMatchObject(failure);
  expect(await waiting()).toBe(message);
  await office.activities.giveUpMessage({ matter: toDo.matter, message });
  expect(await waiting()).toBeUndefined();
  expect(lines('message_given_up')).toMatchObject([{ matter: toDo.matter }]);
});

it('is told to nobody where no template is configured', async () => {
  const silent = await openOffice();
  const [entered, pushed] = await arrive(silent);
  await confirm(silent, entered.journey, pushed);
  expect(await silent.activities.review({ matter: pushed.matter })).not.toHaveProperty('messageWaiting');
  await silent.end();
});
