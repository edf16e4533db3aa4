import { randomUUID } from 'node:crypto';
import { COMPLAINTS_PER_DAY } from '../../domain/complaints';
import type { Holder } from '../../sandbox/alipay/settings';
import { startHarness } from '../../test/setup/activity-harness';
import type { ActivityHarness } from '../../test/setup/activity-harness';
import { addComplaint, answerComplaint, complaintsForClerks, complaintsOf } from './complaints';
import type { Complaint } from './complaints';
import type { ListPlace } from '../store/list-place';

const ACCOUNT = 'a'.repeat(64);
const DAY = 24 * 3_600_000;
const NATIONAL = ['national'];

let harness: ActivityHarness;
let clerk: string;
let commands = 0;

beforeEach(async () => {
  harness = await startHarness();
  clerk = await harness.addClerk('clerk');
});
afterEach(() => harness.end());

const pass = (ms: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + ms);
};
const newCommand = () => String((commands += 1)).padStart(64, '0');
const add = (given: Partial<Parameters<typeof addComplaint>[1]> = {}) =>
  addComplaint(
    harness.store,
    { account: ACCOUNT, kind: 'complaint', text: '页面打不开', command: newCommand(), ...given },
    harness.clock.now,
  );
const added = async (given?: Parameters<typeof add>[0]): Promise<Complaint> => {
  const complaint = await add(given);
  if ('rejected' in complaint) throw new Error(complaint.rejected);
  return complaint;
};
const own = () => complaintsOf(harness.store, ACCOUNT);
const page = (scope: string[], areAnswered = false, after?: ListPlace) =>
  complaintsForClerks(harness.store, { scope, areAnswered, after });
const listed = async (...wanted: Parameters<typeof page>) =>
  (await page(...wanted)).complaints.map(({ id }) => id);
const answer = (id: string, text = '已处理', scope = NATIONAL) =>
  answerComplaint(harness.store, { id, text, clerk, scope }, harness.clock.now);

describe('a complaint', () => {
  it('is sealed, and the account that sent it reads it again', async () => {
    const complaint = await added({ text: '姓名写错了：试验甲' });
    expect(complaint).toMatchObject({
      kind: 'complaint',
      journey: null,
      number: expect.stringMatching(/^\d{14}$/),
    });
    expect(await own()).toEqual([complaint]);
    expect(await complaintsOf(harness.store, 'b'.repeat(64))).toEqual([]);
    const [row] = await harness.store.knex('complaints');
    expect(row!.content.includes('试验甲')).toBe(false);
  });

  it('is gone with its key', async () => {
    const { id } = await added();
    await harness.store.dataKeys.drop(harness.store.knex, [`complaint:${id}`]);
    expect([await own(), await listed(NATIONAL), await answer(id)]).toEqual([
      [],
      [],
      { rejected: 'not_found' },
    ]);
  });

  it('is deleted with its key when its time is over, and not before', async () => {
    const { id } = await added();
    pass(3 * 365 * DAY - 1);
    expect(await harness.activities.deleteExpired()).toMatchObject({ complaints: 0 });
    expect(await listed(NATIONAL)).toEqual([id]);
    pass(1);
    expect(await harness.activities.deleteExpired()).toMatchObject({ complaints: 1 });
    expect(await harness.store.knex('complaints')).toEqual([]);
    expect((await harness.store.dataKeys.findAll(harness.store.knex, [`complaint:${id}`])).size).toBe(0);
  });
});

describe('the limit of a day', () => {
  it('holds for requests that come at the same time', async () => {
    const all = await Promise.all(Array.from({ length: COMPLAINTS_PER_DAY + 3 }, () => add()));
    expect(all.filter((one) => !('rejected' in one))).toHaveLength(COMPLAINTS_PER_DAY);
    expect(await own()).toHaveLength(COMPLAINTS_PER_DAY);
  });

  it('does not count a request that comes again, also at the same time', async () => {
    const command = newCommand();
    const all = await Promise.all([add({ command }), add({ command }), add({ command })]);
    expect([all[1], all[2]]).toEqual([all[0], all[0]]);
    expect(await own()).toEqual([all[0]]);
    await Promise.all(Array.from({ length: COMPLAINTS_PER_DAY - 1 }, () => add()));
    expect(await add()).toEqual({ rejected: 'complaints_used_up' });
    expect(await add({ command })).toEqual(all[0]);
  });

  it('is the account’s own, and begins anew at midnight in China', async () => {
    harness.clock.now = new Date('2026-11-27T15:59:59Z');
    for (let left = COMPLAINTS_PER_DAY; left > 0; left -= 1) await added();
    expect(await add()).toEqual({ rejected: 'complaints_used_up' });
    await added({ account: 'b'.repeat(64) });
    pass(1000);
    const complaint = await added();
    expect(complaint.number).toMatch(/^261128/);
  });
});

describe('an answer', () => {
  it('is given once, and the account reads it', async () => {
    const { id } = await added();
    pass(DAY);
    const all = await Promise.all([answer(id, '已修复'), answer(id, '已处理')]);
    const rejected = { rejected: 'complaint_answered' };
    expect(all).toContainEqual(rejected);
    const [complaint] = await own();
    expect(all).toContainEqual(complaint);
    expect(complaint!.answer).toMatchObject({ at: harness.clock.now, clerk });
    expect(await answer(id)).toEqual(rejected);
    expect(await own()).toEqual([complaint]);
  });

  it('moves a complaint from those that wait, oldest first, to the answered ones, last answer first', async () => {
    const ids: string[] = [];
    for (let left = 3; left > 0; left -= 1) {
      ids.push((await added()).id);
      pass(1000);
    }
    const [first, second, third] = ids as [string, string, string];
    expect(await listed(NATIONAL)).toEqual(ids);
    const afterFirst = { at: (await page(NATIONAL)).complaints[0]!.madeAt, id: first };
    expect(await listed(NATIONAL, false, afterFirst)).toEqual([second, third]);
    await answer(third);
    pass(1000);
    await answer(first);
    expect(await listed(NATIONAL)).toEqual([second]);
    // The list goes on after one that was answered meanwhile.
    expect(await listed(NATIONAL, false, afterFirst)).toEqual([second]);
    expect(await listed(NATIONAL, true)).toEqual([first, third]);
    expect(await listed(NATIONAL, true, { at: harness.clock.now, id: first })).toEqual([third]);
  });
});

describe('the clerks', () => {
  const isSeenBy = async (id: string, ...scopes: string[]) => {
    const seen = [];
    for (const scope of scopes) if ((await listed([scope])).includes(id)) seen.push(scope);
    return seen;
  };

  it('of a journey’s authorities see and answer what was sent in it, and nobody else does', async () => {
    const [holder] = harness.vendors.holders as [Holder];
    const { journey } = await harness.enter(holder);
    const { id } = await added({ journey });
    expect(await isSeenBy(id, '11', '31', 'national')).toEqual(['national']);
    await harness.push(holder);
    expect(await isSeenBy(id, '11', '110105', '31', 'national')).toEqual(['11', '110105']);
    expect(await answer(id, '已处理', NATIONAL)).toEqual({ rejected: 'not_found' });
    expect(await answer(id, '已处理', [])).toEqual({ rejected: 'not_found' });
    expect(await answer(id, '已处理', ['1101'])).toMatchObject({ id, journey, answer: { clerk } });
  });

  it('of the national desk see what was sent without a journey', async () => {
    const { id } = await added();
    expect(await isSeenBy(id, '11', 'national')).toEqual(['national']);
    expect(await answer(id, '已处理', ['11'])).toEqual({ rejected: 'not_found' });
    expect(await answer(randomUUID())).toEqual({ rejected: 'not_found' });
  });

  it('get full pages, although most of what waits is for others', async () => {
    const [holder] = harness.vendors.holders as [Holder];
    const { journey } = await harness.enter(holder);
    await harness.push(holder);
    const ofOthers = await added();
    const [row] = await harness.store.knex('complaints');
    const many = Array.from({ length: 420 }, (_, at) => ({
      ...row!,
      ...{ id: randomUUID(), number: String(at).padStart(14, '0'), command: newCommand() },
    }));
    await harness.store.knex.batchInsert('complaints', many, 100);
    pass(1000);
    const { id } = await added({ account: 'b'.repeat(64), journey });
    expect(await listed(['11'])).toEqual([id]);
    expect(await listed(['11'], false, { at: ofOthers.madeAt, id: ofOthers.id })).toEqual([id]);
  });
});

it('a clerk with a small scope gets a page without complaints rather than a long wait, and the list goes on', async () => {
  const { id } = await added();
  const [row] = await harness.store.knex('complaints').where({ id });
  const others = Array.from({ length: 1_500 }, (_, at) => ({
    ...{ ...row!, id: randomUUID(), number: String(at).padStart(14, '0'), command: newCommand() },
  }));
  await harness.store.knex.batchInsert('complaints', others, 500);
  const first = await page(['110105']);
  expect(first).toEqual({ complaints: [], next: expect.anything() });
  expect(await page(['110105'], false, first.next)).toEqual({ complaints: [] });
});
