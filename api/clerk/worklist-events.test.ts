import { randomUUID } from 'node:crypto';
import { setClerkState } from '../../db/clerks/clerks';
import { addToWorklist, removeFromWorklist } from '../../db/decisions/worklist-rows';
import { createWorklistFeed } from '../../db/decisions/worklist-feed';
import { livingScopes } from '../../db/clerks/sessions';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

type Clerk = Awaited<ReturnType<TestApi['addClerk']>>;

let api: TestApi;
let now: Date;

beforeEach(async () => {
  now = new Date();
  api = await startApi({ now: () => now });
});
afterEach(() => api.end());

/** An open page, as EventSource reads it. */
async function open({ headers }: Clerk, lastEventId?: string) {
  const response = await fetch(`${api.url}/api/clerk/worklist/events`, {
    headers: { ...headers, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let read = '';
  const events: { id: string; event: string; data: Record<string, unknown> }[] = [];
  return {
    response,
    /** The next event, or undefined at the end of the stream. */
    async next() {
      for (;;) {
        const event = events.shift();
        if (event) return event;
        const { done, value } = await reader.read();
        if (done) return undefined;
        read += value;
        const blocks = read.split('\n\n');
        read = blocks.pop()!;
        for (const block of blocks) {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
          const data = field('data');
          if (data) events.push({ id: field('id')!, event: field('event')!, data: JSON.parse(data) });
        }
      }
    },
    close: () => reader.cancel(),
  };
}

const journeyOf = (n: number) => `journey-${String(n).padStart(32, '0')}`;
const waiting = {
  cause: 'in-person',
  to_do_id: null,
  document_type: 'resident-id',
  case_number: null,
} as const;

async function change(n: number, authority: string): Promise<string> {
  const journey = journeyOf(n);
  await addToWorklist(api.store.knex, { journey, authorities: [authority], ...waiting, stuck_at: now }, now);
  return journey;
}

describe('the events of the worklist', () => {
  it('name what came, changed and left, within the scope, and nothing else', async () => {
    const page = await open(await api.addClerk('clerk', ['1101']));
    expect(page.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(page.response.headers.get('x-accel-buffering')).toBe('no');
    expect(await page.next()).toEqual({ id: '0', event: 'ready', data: {} });
    await change(1, '310101');
    const journey = await change(2, '110105');
    const came = await page.next();
    expect(came).toMatchObject({ event: 'change', data: { journey, isWaiting: true } });
    const row = await api.store.knex('worklist').where({ journey_id: journey }).first('change_id');
    expect(came?.data.change).toBe(row?.change_id);
    expect(Object.keys(came!.data).sort()).toEqual(['change', 'isWaiting', 'journey']);
    await removeFromWorklist(api.store.knex, journey, now);
    expect(await page.next()).toMatchObject({ event: 'change', data: { journey, isWaiting: false } });
    await page.close();
  });

  it('include one whose transaction ended after a later one', async () => {
    const page = await open(await api.addClerk('clerk', ['1101']));
    await page.next();
    const slow = await api.store.knex.transaction();
    const row = { authorities: ['110105'], ...waiting, stuck_at: now };
    await addToWorklist(slow, { journey: journeyOf(1), ...row }, now);
    await change(2, '110105');
    expect((await page.next())?.data.journey).toBe(journeyOf(2));
    await slow.commit();
    expect((await page.next())?.data.journey).toBe(journeyOf(1));
    await page.close();
  });

  it('go on where a page stopped, and say so where that is not known any more', async () => {
    const clerk = await api.addClerk('clerk', ['1101']);
    const page = await open(clerk);
    await page.next();
    await change(1, '110105');
    const { id } = (await page.next())!;
    await page.close();
    await change(2, '110105');
    const again = await open(clerk, id);
    expect(await again.next()).toMatchObject({ event: 'ready' });
    const missed = [(await again.next())?.data.journey, (await again.next())?.data.journey];
    expect(missed).toContain(journeyOf(2));
    await again.close();
    const late = await open(clerk, '999999');
    expect(await late.next()).toMatchObject({ event: 'reset' });
    await late.close();
  });

  it('end with the session, which they do not keep alive', async () => {
    const [idle, signedOut, disabled] = [
      await api.addClerk('clerk', ['1101']),
      await api.addClerk('clerk', ['1101']),
      await api.addClerk('clerk', ['1101']),
    ];
    const pages = [await open(idle), await open(signedOut), await open(disabled)];
    for (const page of pages) await page.next();
    await api.store.knex('clerk_sessions').where({ clerk_id: signedOut.id }).delete();
    await setClerkState(api.store.knex, disabled.id, 'disabled');
    expect([await pages[1]!.next(), await pages[2]!.next()]).toEqual([undefined, undefined]);
    now = new Date(now.getTime() + 31 * 60_000);
    expect(await pages[0]!.next()).toBeUndefined();
    const refused = await open(idle);
    expect(refused.response.status).toBe(401);
    await refused.close();
  }, 30_000);

  it('are open for a clerk ten times at most', async () => {
    const clerk = await api.addClerk('clerk', ['1101']);
    const pages = [];
    for (let n = 0; n < 10; n += 1) pages.push(await open(clerk));
    const refused = await open(clerk);
    expect(refused.response.status).toBe(429);
    for (const page of [...pages, refused]) await page.close();
  });
});

it('one feed asks the database once for all pages, and ends them all', async () => {
  const queries: string[] = [];
  api.store.knex.on('query', ({ sql }: { sql: string }) => queries.push(sql));
  const living = async (tokens: readonly string[]) =>
    await livingScopes(api.store.knex, tokens, { slidingMinutes: 30, limitHours: 12 }, now);
  const feed = createWorklistFeed(api.store.knex, living, () => now);
  let ended = 0;
  const changed = Array.from(
    { length: 200 },
    () =>
      new Promise<string>((resolve) => {
        feed.listen({
          ...{ scope: ['11'], token: randomUUID(), beat: () => undefined },
          changed: ({ journey }) => resolve(journey),
          end: () => (ended += 1),
        });
      }),
  );
  const journey = await change(1, '110105');
  expect(new Set(await Promise.all(changed))).toEqual(new Set([journey]));
  expect(
    queries.filter((sql) => sql.startsWith('select') && sql.includes('worklist_changes')).length,
  ).toBeLessThan(8);
  feed.end();
  expect(ended).toBe(200);
});
