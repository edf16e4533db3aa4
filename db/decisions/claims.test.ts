import { randomUUID } from 'node:crypto';
import type { Holder } from '../../sandbox/alipay/settings';
import { sealedAcceptance } from '../../test/setup/acceptances';
import { haveUploaded } from '../../test/setup/proven-commands';
import { startHarness } from '../../test/setup/activity-harness';
import type { ActivityHarness, Entered } from '../../test/setup/activity-harness';
import { CLAIM_MS, LONGEST_SNOOZE_MS } from '../../domain/worklist';
import { claim, claimNext, escalate, handOver, releaseClaim, renewClaim, snooze } from './claims';
import { decide, propose, settleProposal } from './decisions';
import { addNote } from './notes';
import { askForAttempts } from './stuck';
import { findInWorklist, listWorklist } from './worklist';

const SCOPE = ['1101', 'national'];

let harness: ActivityHarness;
let journeys: Entered[];
let clerks: string[];
let revision = 10;

const knex = () => harness.store.knex;
const now = () => harness.clock.now;
const clerkAt = (n: number) => clerks[n]!;
const show = async ({ journey }: Entered, changes: object) =>
  await harness.activities.saveStop({
    ...{ journey, step: 'stuck', allowed: [], codes: [], revision: (revision += 1), ...changes },
  });

beforeEach(async () => {
  harness = await startHarness();
  const holders = harness.vendors.holders.slice(0, 3) as [Holder, Holder, Holder];
  journeys = [];
  for (const holder of holders) journeys.push(await harness.enter(holder));
  await harness.push(holders[1]);
  clerks = [
    await harness.addClerk('clerk', SCOPE),
    await harness.addClerk('reviewer', SCOPE),
    await harness.addClerk('reviewer', SCOPE),
  ];
});
afterEach(() => harness.end());

describe('without the claim', () => {
  const [proposer, reviewer] = [0, 1];
  const accepting = {
    decision: 'accept',
    reason: 'online-check-failed',
    acceptance: 'notarised',
    paperHash: 'f'.repeat(64),
  } as const;

  it('nobody decides, proposes or reviews, whatever the api let pass; an operator decides', async () => {
    const { journey } = journeys[0]!;
    await show(journeys[0]!, { cause: 'in-person' });
    const tries = () => [
      decide(
        harness.store,
        {
          journey,
          command: randomUUID(),
          clerk: clerkAt(proposer),
          decision: 'close',
          reason: 'person-asks',
        },
        now(),
      ),
      propose(
        harness.store,
        { ...accepting, journey, command: randomUUID(), clerk: clerkAt(proposer) },
        now(),
      ),
    ];
    for (const tried of tries()) expect(await tried).toEqual({ rejected: 'claim_expired' });
    await claim(knex(), journey, clerkAt(reviewer), now());
    for (const tried of tries()) expect(await tried).toEqual({ rejected: 'claimed_by_other' });
    harness.clock.now = new Date(now().getTime() + CLAIM_MS);
    await claim(knex(), journey, clerkAt(proposer), now());
    const id = randomUUID();
    const by = { ...accepting, journey, clerk: clerkAt(proposer) };
    await haveUploaded(knex(), by, now());
    const input = await harness.seal(id, sealedAcceptance('notarised'));
    const made = await propose(harness.store, { ...by, command: id, input }, now());
    const picked = 'reviewer' in made ? made.reviewer : '';
    const review = () =>
      settleProposal(
        harness.store,
        { journey, proposal: id, verdict: 'decline', reason: 'does-not-agree', clerk: picked },
        now(),
      );
    // By proposing, the proposer gave the claim back.
    expect(await review()).toEqual({ rejected: 'claim_expired' });
    expect(await claim(knex(), journey, picked, now())).toEqual({});
    expect(await review()).toEqual({});
    expect(await findInWorklist(knex(), journey, SCOPE)).toMatchObject({ reviewer: null, assignee: '' });
    const operator = {
      journey,
      command: randomUUID(),
      operator: 'li-on-call',
      decision: 'close',
      reason: 'person-asks',
    } as const;
    expect(await decide(harness.store, operator, now())).toEqual({});
  });
});

it('of many who claim at once, one has it', async () => {
  const { journey } = journeys[0]!;
  await show(journeys[0]!, { cause: 'in-person' });
  const claimed = await Promise.all(
    Array.from({ length: 20 }, (_, n) => claim(knex(), journey, `clerk-${n}`, now())),
  );
  expect(claimed.filter(({ rejected }) => rejected === undefined)).toHaveLength(1);
});

/** Numbers that look random and are the same for the same seed. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

it.each([1, 2, 3])(
  'list and detail never disagree, and a journey is listed as long as it is stuck, whatever clerks do at once (%i)',
  async (seed) => {
    const below = numbersFrom(seed);
    const causes = ['in-person', 'vendor-refused', 'locked-out', 'vendor-unavailable'] as const;
    const works = async () => {
      const at = journeys[below(journeys.length)]!;
      const { journey } = at;
      const clerk = clerkAt(below(clerks.length));
      const until = new Date(now().getTime() + below(LONGEST_SNOOZE_MS / 1000));
      const works: (() => Promise<unknown>)[] = [
        () => show(at, { cause: causes[below(causes.length)] }),
        () => show(at, { cause: causes[below(causes.length)] }),
        () => show(at, { step: 'face' }),
        () => claim(knex(), journey, clerk, now()),
        () => claim(knex(), journey, clerk, now()),
        () => claimNext(knex(), { id: clerk, role: 'reviewer', scope: SCOPE }, now()),
        () => renewClaim(knex(), journey, clerk, now()),
        () => releaseClaim(knex(), journey, clerk, now()),
        () => handOver(knex(), { journey, clerk, to: clerkAt(below(clerks.length)) }, now()),
        () => escalate(knex(), { journey, clerk, to: 'reviewers' }, now()),
        () => snooze(knex(), { journey, clerk: { id: clerk, scope: SCOPE }, until }, now()),
        () => askForAttempts(knex(), journey, now()),
        () => addNote(harness.store, { journey, clerk, text: '备注', command: randomUUID() }, now()),
        () =>
          harness.push(harness.vendors.holders[below(3)]!, { externalId: `M-${below(4)}` }).catch(() => 0),
      ];
      await works[below(works.length)]!();
    };
    for (let round = 0; round < 25; round += 1) {
      await Promise.all([works(), works(), works(), works()]);
      if (below(4) === 0) harness.clock.now = new Date(now().getTime() + below(CLAIM_MS));
      const stuck = await knex()('journeys').whereNotNull('stuck_cause').orderBy('id').pluck('id');
      const listed = [
        ...(await listWorklist(knex(), { scope: SCOPE, filter: {} }, now())),
        ...(await listWorklist(knex(), { scope: SCOPE, filter: { snoozed: true } }, now())),
      ];
      expect(listed.map(({ journey_id }) => journey_id).sort()).toEqual(stuck);
      for (const row of listed) {
        expect(await findInWorklist(knex(), row.journey_id, SCOPE)).toEqual(row);
        const rows = await knex()('worklist').where({ journey_id: row.journey_id });
        for (const one of rows) expect({ ...one, scope: row.scope, authority: row.authority }).toEqual(row);
        const [change] = await knex()('worklist_changes')
          .where({ journey_id: row.journey_id })
          .max({ id: 'id' });
        expect(row.change_id).toBe(change!.id);
      }
    }
  },
  60_000,
);
