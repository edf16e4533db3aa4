import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlipayError } from '../../alipay/errors';
import { startVendors } from '../../test/setup/vendors';
import type { Vendors } from '../../test/setup/vendors';
import { createAssignments, scenarioNames, scenarios } from './scenarios';
import type { ScenarioName } from './scenarios';
import type { Holder } from './settings';

// These tests observe the scenarios through the Alipay adapter.

const holderAt = (at: number, more: Partial<Holder> = {}): Holder => ({
  account: `actor-${at}`,
  openId: `open-id-${at}`,
  name: `试演${at === 1 ? '甲' : '乙'}`,
  document: { type: 'resident-id', number: at === 1 ? '110101190001010014' : '110101190001010030' },
  phone: `1990000000${at}`,
  bankCards: [{ number: '6200000000000013', bank: '样例银行' }],
  ...more,
});
const actor = holderAt(1);
const other = holderAt(2, { scenario: 'not-the-holder' });
const rare: Holder = {
  ...holderAt(3),
  name: '试演䶮',
  nameOnRecord: '试演\ue863',
  document: { type: 'resident-id', number: '110101190001010057' },
  scenario: 'name-written-differently',
};
const marked: Holder = {
  ...holderAt(4),
  account: '"><script>account',
  name: "<b>&'name",
  nameOnRecord: '<i>record',
  document: { type: 'resident-id', number: '<u>number' },
  bankCards: [{ number: '<s>card', bank: '' }],
};

const folder = mkdtempSync(join(tmpdir(), 'scenarios-'));

let vendors: Vendors;
beforeAll(async () => {
  const personsFile = join(folder, 'persons.json');
  writeFileSync(personsFile, JSON.stringify([actor, other, rare, marked]));
  vendors = await startVendors(2_000, personsFile);
});
beforeEach(() => reset());
afterAll(async () => {
  await vendors.end();
  rmSync(folder, { recursive: true });
});

const reset = () => fetch(`${vendors.url}/admin/reset`, { method: 'POST' });
const order = () => randomBytes(16).toString('hex');
const personOf = ({ name, document }: Holder) => ({ name, number: document.number });

async function isHolder(holder: Holder, name = holder.name): Promise<boolean> {
  const { accessToken } = await vendors.alipay.exchangeAuthCode(await vendors.authCode(holder.account));
  const { matches } = await vendors.alipay.compareAccountHolder({ ...personOf(holder), name, accessToken });
  return matches;
}

/** The result of sharing the identity after the person has agreed. */
async function shared(holder: Holder): Promise<string> {
  const code = await vendors.authCode(holder.account, 'auth_user');
  const { accessToken } = await vendors.alipay.exchangeAuthCode(code);
  const identity = await vendors.alipay.shareIdentity(accessToken).catch((error: unknown) => error);
  if (identity instanceof AlipayError) return `rejected ${identity.subCode}`;
  return JSON.stringify(identity) === JSON.stringify(personOf(holder)) ? 'shared' : String(identity);
}

async function openFace(holder: Holder, outerOrderNo = order()): Promise<string> {
  const { certifyId } = await vendors.alipay.initializeFaceCheck({
    ...personOf(holder),
    outerOrderNo,
    certType: 'IDENTITY_CARD',
    account: { openId: holder.openId },
    returnUrl: 'https://example.org/back',
  });
  return certifyId;
}

/** The result of a check, in a few words. */
async function faceOf(certifyId: string): Promise<string> {
  const result = await vendors.alipay.queryFaceCheck(certifyId);
  if (result.outcome === 'failed') return `failed ${result.reason ?? 'without a reason'}`;
  if (result.outcome !== 'passed') return result.outcome;
  const { portrait, attackFlag, score } = result;
  return ['passed', !portrait && 'without a picture', attackFlag && 'as an attack', score]
    .filter((word) => word !== false && word !== undefined)
    .join(' ');
}

async function face(holder: Holder, choice = 'pass'): Promise<string> {
  const certifyId = await openFace(holder).catch((error: unknown) => error);
  if (certifyId instanceof AlipayError) return `rejected ${certifyId.subCode}`;
  await vendors.pass(String(certifyId), choice);
  return await faceOf(String(certifyId));
}

async function card(holder: Holder, outerOrderNo = order()): Promise<string> {
  const cardNumber = holder.bankCards[0]!.number;
  const result = await vendors.alipay.checkBankCard({ ...personOf(holder), cardNumber, outerOrderNo });
  return result.matches ? 'matches' : `no match: ${result.detail}`;
}

async function message({ openId }: Holder): Promise<string> {
  const sent = await vendors.alipay.sendMessage({
    to: { openId },
    template: '0'.repeat(32),
    page: 'pages/home/index',
    keywords: ['样例'],
  });
  return sent.sent ? 'sent' : `rejected ${sent.code}`;
}

const portraitOf = async (holder: Holder) => {
  const certifyId = await openFace(holder);
  await vendors.pass(certifyId);
  const [first, again] = await Promise.all([
    vendors.alipay.queryFaceCheck(certifyId) as Promise<{ portrait?: Buffer }>,
    vendors.alipay.queryFaceCheck(certifyId) as Promise<{ portrait?: Buffer }>,
  ]);
  expect(again).toEqual(first);
  return first.portrait!.toString('base64');
};

describe('a scenario', () => {
  interface Course {
    isHolder: boolean;
    shared: string;
    /** The results of three consecutive checks. */
    faces: [string, string, string];
    cards: [string, string, string];
    message: string;
    /** The tester's choice on the face page, `pass` by default. */
    choice?: string;
  }
  const usual = {
    isHolder: true,
    shared: 'shared',
    faces: always('passed'),
    cards: always('matches'),
    message: 'sent',
  };

  function always(end: string): [string, string, string] {
    return [end, end, end];
  }
  const first = (end: string, well: string): [string, string, string] => [end, well, well];

  const courses: Record<ScenarioName, Partial<Course>> = {
    'all-well': {},
    'not-the-holder': { isHolder: false },
    'not-certified': { shared: 'undefined' },
    'identity-not-covered': { shared: 'rejected isv.insufficient-isv-permissions' },
    // With the person's own spelling of the name; see below.
    'name-written-differently': {
      isHolder: false,
      faces: always('failed Z5114'),
      cards: always('no match: MISMATCH'),
    },
    'poor-picture-first': { faces: first('failed Z1146', 'passed') },
    'not-same-person': { faces: always('failed Z1147') },
    'not-same-person-first': { faces: first('failed Z1147', 'passed') },
    'no-reason': { faces: always('failed without a reason') },
    attack: { faces: always('passed as an attack'), choice: 'not-same-person' },
    'leaves-first': { faces: first('unfinished', 'passed') },
    'expires-first': { faces: first('expired', 'passed') },
    'service-trouble-first': { faces: first('failed Z5110', 'passed') },
    'no-source-photo': { faces: always('failed Z5120') },
    'undecidable-first': { faces: first('failed Z5130', 'passed') },
    'unknown-reason': { faces: always('failed Z9999') },
    'no-picture': { faces: always('passed without a picture'), choice: 'not-same-person' },
    'shared-portrait': { faces: always('passed'), choice: 'not-same-person' },
    scores: { faces: always('passed 92.5'), choice: 'not-same-person' },
    'scores-apart': { faces: first('passed 95', 'passed 61'), choice: 'not-same-person' },
    'card-mismatch-first': { cards: first('no match: MISMATCH', 'matches') },
    'card-mismatch': { cards: always('no match: MISMATCH') },
    'card-undecidable-first': { cards: first('no match: NO_RECORD', 'matches') },
    'card-unknown-detail': { cards: always('no match: X_UNLISTED') },
    unsubscribed: { message: 'rejected MSG_UNSUBSCRIBED' },
    'contract-refused': { faces: always('rejected ARRANGEMENT_STATUS_ERROR') },
  };

  async function courseOf(holder: Holder, choice?: string): Promise<Course> {
    const threeTimes = async (check: () => Promise<string>): Promise<[string, string, string]> => [
      await check(),
      await check(),
      await check(),
    ];
    return {
      isHolder: await isHolder(holder),
      shared: await shared(holder),
      faces: await threeTimes(() => face(holder, choice)),
      cards: await threeTimes(() => card(holder)),
      message: await message(holder),
    };
  }

  it.each(Object.entries(courses))('called %s does what its description says', async (name, course) => {
    const holder = name === 'name-written-differently' ? rare : actor;
    await vendors.scenario(holder.account, name as ScenarioName);
    const { choice, ...rest } = course;
    expect(await courseOf(holder, choice)).toEqual({ ...usual, ...rest });
  });

  it.each(scenarioNames)('called %s changes nothing for anybody else', async (name) => {
    await vendors.scenario(other.account, 'all-well');
    await vendors.scenario(name === 'name-written-differently' ? rare.account : actor.account, name);
    expect(await courseOf(other)).toEqual(usual);
  });

  it('leaves other decisions to the face page', async () => {
    for (const name of ['all-well', 'card-mismatch'] as const) {
      await vendors.scenario(actor.account, name);
      expect(await face(actor, 'poor-picture')).toBe('failed Z1146');
      expect(await face(actor, 'leave')).toBe('unfinished');
    }
  });

  it('that lets the person leave keeps the check open for the next try', async () => {
    await vendors.scenario(actor.account, 'leaves-first');
    const certifyId = await openFace(actor);
    await vendors.pass(certifyId);
    expect(await faceOf(certifyId)).toBe('unfinished');
    await vendors.pass(certifyId);
    expect(await faceOf(certifyId)).toBe('passed');
  });

  it('starts again when it is chosen again', async () => {
    for (let time = 1; time <= 2; time += 1) {
      await vendors.scenario(actor.account, 'not-same-person-first');
      expect([await face(actor), await face(actor)]).toEqual(['failed Z1147', 'passed']);
      await vendors.scenario(actor.account, 'card-mismatch-first');
      expect([await card(actor), await card(actor)]).toEqual(['no match: MISMATCH', 'matches']);
    }
  });

  it('does not change earlier results', async () => {
    await vendors.scenario(actor.account, 'not-same-person');
    const [bill, cardOrder] = [order(), order()];
    const certifyId = await openFace(actor, bill);
    await vendors.pass(certifyId);
    await vendors.scenario(actor.account, 'card-mismatch-first');
    expect(await card(actor, cardOrder)).toBe('no match: MISMATCH');

    await vendors.scenario(actor.account, 'all-well');
    await vendors.pass(certifyId);
    expect(await openFace(actor, bill)).toBe(certifyId);
    expect(await faceOf(certifyId)).toBe('failed Z1147');
    expect(await card(actor, cardOrder)).toBe('no match: MISMATCH');
    expect(await card(actor)).toBe('matches');
  });

  it('counts a repeated card order as one check', async () => {
    await vendors.scenario(actor.account, 'card-mismatch-first');
    const once = order();
    expect([await card(actor, once), await card(actor, once)]).toEqual(Array(2).fill('no match: MISMATCH'));
    expect(await card(actor)).toBe('matches');
  });
});

describe('a name on record', () => {
  it('is compared in every check', async () => {
    const asRecorded = { ...rare, name: rare.nameOnRecord! };
    expect([await isHolder(rare), await isHolder(asRecorded)]).toEqual([false, true]);
    expect([await face(rare), await face(asRecorded)]).toEqual(['failed Z5114', 'passed']);
    expect([await card(rare), await card(asRecorded)]).toEqual(['no match: MISMATCH', 'matches']);
  });

  it('is compared in every scenario', async () => {
    await vendors.scenario(rare.account, 'scores');
    expect(await face(rare)).toBe('failed Z5114');
    expect(await face({ ...rare, name: rare.nameOnRecord! })).toBe('passed 92.5');
  });
});

describe('a portrait', () => {
  it('differs between checks and not between queries', async () => {
    const portraits = [await portraitOf(actor), await portraitOf(actor), await portraitOf(other)];
    expect(new Set(portraits).size).toBe(3);
  });

  it('is identical for all persons with a shared portrait', async () => {
    for (const { account } of [actor, other]) await vendors.scenario(account, 'shared-portrait');
    const portraits = [await portraitOf(actor), await portraitOf(actor), await portraitOf(other)];
    expect(new Set(portraits).size).toBe(1);
  });
});

describe('choosing', () => {
  const choose = (body: object) =>
    fetch(`${vendors.url}/admin/scenarios`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const list = async () => JSON.parse(await (await fetch(`${vendors.url}/admin/scenarios`)).text());
  const page = async () => await (await fetch(vendors.url)).text();

  it.each([
    [{ account: actor.account, scenario: 'made-up' }, 422, 'scenario'],
    [{ account: actor.account, scenario: 'constructor' }, 422, 'scenario'],
    [{ account: actor.account }, 422, 'scenario'],
    // This person has no name on record.
    [{ account: actor.account, scenario: 'name-written-differently' }, 422, 'scenario'],
    [{ account: 'nobody', scenario: 'attack' }, 404, 'account'],
  ])('%j is rejected with %i', async (body, status, text) => {
    const response = await choose(body);
    expect([response.status, await response.text()]).toEqual([status, text]);
    expect(await face(actor)).toBe('passed');
  });

  it('overrides the data until a reset', async () => {
    const current = async () =>
      (await list()).holders.map(({ scenario }: { scenario: string }) => scenario).slice(0, 3);
    const data = ['all-well', 'not-the-holder', 'name-written-differently'];
    expect(await current()).toEqual(data);
    expect(await isHolder(other)).toBe(false);
    expect(await (await choose({ account: other.account, scenario: 'all-well' })).json()).toEqual({
      account: other.account,
      scenario: 'all-well',
    });
    expect(await current()).toEqual(['all-well', 'all-well', 'name-written-differently']);
    expect(await isHolder(other)).toBe(true);
    await reset();
    expect(await current()).toEqual(data);
    expect(await isHolder(other)).toBe(false);
  });

  it('lists every scenario with a description in both languages', async () => {
    const { scenarios: listed } = (await list()) as { scenarios: { name: string; zh: string; en: string }[] };
    expect(listed.map(({ name }) => name)).toEqual(scenarioNames);
    for (const { zh, en } of listed) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[A-Z].*\.$/);
    }
    expect(new Set(listed.map(({ zh }) => zh)).size).toBe(listed.length);
  });

  it('is possible on the page, which shows every scenario and its persons', async () => {
    const before = await page();
    for (const name of scenarioNames) expect(before).toContain(`<code>${name}</code>`);
    const form = new URLSearchParams({ account: actor.account, scenario: 'attack' });
    const done = await fetch(`${vendors.url}/admin/scenarios`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/']);
    const chosen = `value="attack" selected>${scenarios.attack.zh}<`;
    expect(before).not.toContain(chosen);
    expect(await page()).toContain(chosen);
  });

  it('shows data as escaped text', async () => {
    const html = await page();
    await message(marked);
    expect(await page()).toContain('&#62;account</td><td>样例</td>');
    for (const tag of ['<script', '<b>', '<i>', '<u>', '<s>']) expect(html).not.toContain(tag);
    expect(html).toContain('value="&#34;&#62;&#60;script&#62;account"');
    expect(html).toContain('&#60;i&#62;record');
    // No font draws the private-use character, so the page shows its number.
    expect(html).toContain('试演[U+E863]');
  });

  it('is named on the face page while it decides', async () => {
    const facePage = async () => await (await fetch(`${vendors.url}/face/${await openFace(actor)}`)).text();
    const { zh } = scenarios['poor-picture-first'];
    expect(await facePage()).not.toContain(zh);
    await vendors.scenario(actor.account, 'poor-picture-first');
    expect(await facePage()).toContain(zh);
    expect(await face(actor)).toBe('failed Z1146');
    expect(await facePage()).not.toContain(zh);
  });

  it.each(['made-up', 'name-written-differently'])('in the data rejects %s', (name) => {
    const holder = { ...actor, scenario: name as ScenarioName };
    expect(() => createAssignments([holder])).toThrow(`"${name}" is not possible for actor-1`);
  });
});
