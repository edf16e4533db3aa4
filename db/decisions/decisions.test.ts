import { randomUUID } from 'node:crypto';
import type { Holder } from '../../sandbox/alipay/settings';
import { evidenceOf } from '../../test/setup/confirming';
import { sealedAcceptance } from '../../test/setup/acceptances';
import { startHarness } from '../../test/setup/activity-harness';
import type { Entered, ActivityHarness } from '../../test/setup/activity-harness';
import { countAttempts } from '../attempts/counts';
import { setClerkState } from '../clerks/clerks';
import { decisionNotesOf } from './decision-notes';
import { listDecisions } from './decisions';
import { findJourney, personOf } from '../journeys/journeys';
import { PROPOSALS_PER_DAY } from '../../domain/limits';
import { windowCodeFor } from './window-codes';
import { listStuckPeriods, listWorklist } from './worklist';
import type { WorklistFilter } from './worklist';

let harness: ActivityHarness;
let holder: Holder;
let person: Entered;
let commands = 0;
let revision = 10;

const command = () => `command-${(commands += 1)}`;
const knex = () => harness.store.knex;
const show = (changes: object) =>
  harness.activities.saveStop({
    ...{ journey: person.journey, step: 'stuck', allowed: [], codes: [], revision: (revision += 1) },
    ...changes,
  });

const accepting = {
  decision: 'accept',
  reason: 'online-check-failed',
  acceptance: 'on-site',
  paperHash: 'f'.repeat(64),
} as const;

/** With the code that the phone shows. */
async function propose(clerkId: string, id = command()) {
  const { journey } = person;
  const issued = await windowCodeFor(harness.store, person, harness.clock.now);
  const code = 'code' in issued ? issued.code : '';
  const input = await harness.seal(id, sealedAcceptance('on-site', code));
  return await harness.activities.propose({ ...accepting, journey, command: id, clerk: clerkId, input });
}

beforeEach(async () => {
  harness = await startHarness();
  [holder] = harness.vendors.holders as [Holder];
  person = await harness.enter(holder);
});
afterEach(() => harness.end());

describe('a proposal', () => {
  it('is given to a reviewer whose scope covers it, never to the proposer, and once for a command', async () => {
    await harness.push(holder);
    await show({ cause: 'in-person' });
    const proposer = await harness.addClerk('reviewer', ['11']);
    expect(await propose(proposer)).toEqual({ rejected: 'no_reviewer' });
    await harness.addClerk('reviewer', ['31', 'national']);
    expect(await propose(proposer)).toEqual({ rejected: 'no_reviewer' });
    await harness.addClerk('clerk', ['11']);
    expect(await propose(proposer)).toEqual({ rejected: 'no_reviewer' });
    const other = await harness.addClerk('reviewer', ['1101']);
    const id = command();
    const proposed = await propose(proposer, id);
    expect(proposed).toEqual({
      ...{ id, decision: 'accept', acceptance: 'on-site', proposer, reviewer: other },
      expiresAt: harness.clock.now.getTime() + 24 * 3_600_000,
    });
    expect(await propose(proposer, id)).toEqual(proposed);
    await setClerkState(knex(), other, 'disabled');
    expect(await propose(proposer)).toEqual({ rejected: 'no_reviewer' });
  });

  it('that nobody settled is void when the journey goes on, and when another takes its place', async () => {
    await show({ cause: 'in-person' });
    const proposer = await harness.addClerk('clerk', ['national']);
    await harness.addClerk('reviewer', ['national']);
    await propose(proposer, 'first');
    await propose(proposer, 'second');
    const states = async () =>
      Object.fromEntries((await listDecisions(knex(), person.journey)).map(({ id, state }) => [id, state]));
    expect(await states()).toEqual({ first: 'void', second: 'proposed' });
    await show({ step: 'face', by: 'back' });
    expect(await states()).toEqual({ first: 'void', second: 'void' });
    const late = {
      journey: person.journey,
      proposal: 'second',
      verdict: 'approve',
      reason: 'compared-and-agrees',
    } as const;
    await harness.activities.settleProposal(late);
    expect(await states()).toEqual({ first: 'void', second: 'void' });
  });

  it('of a name keeps it sealed until it is approved, and then changes the written form and nothing else', async () => {
    await show({ cause: 'name-mismatch-suspected' });
    const proposer = await harness.addClerk('clerk', ['national']);
    await harness.addClerk('reviewer', ['national']);
    const input = await harness.seal('name-1', { kind: 'name', name: '沙箱·甲' });
    const correcting = {
      journey: person.journey,
      clerk: proposer,
      decision: 'correct-name',
      reason: 'rare-character',
      input,
    } as const;
    const made = await harness.activities.propose({ ...correcting, command: 'p-1' });
    expect(made).toMatchObject({ id: 'p-1' });
    expect(await knex()('sealed_inputs').where({ id: input }).select('id')).toEqual([]);
    const [[row]] = await knex().raw('SELECT name FROM decisions');
    expect((row.name as Buffer).includes(Buffer.from('沙箱'))).toBe(false);
    const now = async () => {
      const journey = await findJourney(knex(), person.journey);
      return await personOf(harness.store, knex(), journey!);
    };
    const before = await now();
    await harness.activities.settleProposal({
      journey: person.journey,
      proposal: 'p-1',
      verdict: 'approve',
      reason: 'compared-and-agrees',
    });
    expect(await now()).toEqual({ ...before, name: '沙箱·甲', matchKey: '沙箱·甲', enteredAs: holder.name });
    // A person who comes back with the name as first typed is recognised.
    expect((await harness.enter(holder, { session: person.session })).journey).toBe(person.journey);
    expect(await knex()('journeys').first('entered_anew')).toEqual({ entered_anew: 0 });
    expect(await harness.activities.propose({ ...correcting, command: 'p-2' })).toEqual({
      rejected: 'input_expired',
    });
  });
});

describe('a proposal that is taken back', () => {
  it('counts: a clerk proposes so often for one journey in a day, whatever became of it', async () => {
    await show({ cause: 'in-person' });
    const [proposer, other] = [
      await harness.addClerk('clerk', ['national']),
      await harness.addClerk('clerk', ['national']),
    ];
    await harness.addClerk('reviewer', ['national']);
    const { journey } = person;
    const takeBack = (clerk: string, proposal: string) =>
      harness.activities.withdrawProposal({ journey, proposal, clerk });
    for (let time = 0; time < PROPOSALS_PER_DAY; time += 1) {
      const id = command();
      expect(await propose(proposer, id)).toMatchObject({ id });
      expect(await takeBack(proposer, id)).toEqual({});
    }
    expect(await propose(proposer)).toEqual({ rejected: 'too_many_proposals' });
    const id = command();
    expect(await propose(other, id)).toMatchObject({ id });
    expect(await takeBack(other, id)).toEqual({});
    harness.clock.now = new Date(harness.clock.now.getTime() + 24 * 3_600_000);
    expect(await propose(proposer)).toMatchObject({ proposer });
  });

  it('waits for nobody any more, and stays on record', async () => {
    await show({ cause: 'in-person' });
    const proposer = await harness.addClerk('clerk', ['national']);
    const reviewer = await harness.addClerk('reviewer', ['national']);
    const id = command();
    await propose(proposer, id);
    const { journey } = person;
    const withdraw = (clerk: string) => harness.activities.withdrawProposal({ journey, proposal: id, clerk });
    expect(await withdraw(reviewer)).toEqual({ rejected: 'proposal_unknown' });
    expect(await withdraw(proposer)).toEqual({});
    expect(await withdraw(proposer)).toEqual({});
    expect(await listDecisions(knex(), journey)).toMatchObject([{ id, state: 'withdrawn' }]);
    expect(await knex()('worklist').where({ journey_id: journey }).first()).toMatchObject({
      ...{ reviewer: null, proposed_at: null, assignee: '', claimed_by: null },
    });
    const late = { journey, proposal: id, verdict: 'approve', reason: 'compared-and-agrees' } as const;
    expect(await harness.activities.settleProposal({ ...late, clerk: reviewer })).toEqual({
      rejected: 'proposal_unknown',
    });
  });

  it('is not taken back once it was reviewed', async () => {
    await show({ cause: 'in-person' });
    const proposer = await harness.addClerk('clerk', ['national']);
    await harness.addClerk('reviewer', ['national']);
    const id = command();
    await propose(proposer, id);
    const { journey } = person;
    const approving = { journey, proposal: id, verdict: 'approve', reason: 'compared-and-agrees' } as const;
    expect(await harness.activities.settleProposal(approving)).toEqual({});
    const late = { journey, proposal: id, clerk: proposer };
    expect(await harness.activities.withdrawProposal(late)).toEqual({ rejected: 'proposal_unknown' });
  });
});

describe('a note', () => {
  it('is sealed with the journey, and without it nothing is decided', async () => {
    await show({ cause: 'vendor-refused' });
    const by = await harness.addClerk('clerk', ['national']);
    const { journey } = person;
    const text = `已与${holder.name}通话`;
    const noteInput = await harness.seal('note-1', { kind: 'decision-note', text });
    const retry = { journey, clerk: by, decision: 'retry', reason: 'check-once-more' } as const;
    expect(await harness.activities.decide({ ...retry, command: 'd-1', noteInput })).toEqual({});
    const decisions = await listDecisions(knex(), journey);
    expect(decisions).toMatchObject([{ id: 'd-1', reason: 'check-once-more' }]);
    expect(decisions[0]?.note?.includes(Buffer.from(holder.name))).toBe(false);
    expect(await decisionNotesOf(harness.store, journey, decisions)).toEqual(
      new Map([['d-1', { note: text }]]),
    );
    expect(await harness.activities.decide({ ...retry, command: 'd-2', noteInput })).toEqual({
      rejected: 'input_expired',
    });
    expect(await knex()('sealed_inputs').where({ id: noteInput }).select('id')).toEqual([]);
    await harness.store.dataKeys.drop(knex(), [`journey:${journey}`]);
    expect(await decisionNotesOf(harness.store, journey, decisions)).toEqual(new Map());
  });
});

describe('one clerk', () => {
  it('grants attempts on top of the limits, up to five a day, once for a command', async () => {
    await show({ cause: 'locked-out' });
    const by = await harness.addClerk('clerk', ['national']);
    const grant = (attempts: number, id = command()) =>
      harness.activities.decide({
        ...{
          journey: person.journey,
          command: id,
          clerk: by,
          decision: 'grant-attempts',
          reason: 'person-identified',
          attempts,
        },
      });
    expect(await grant(3, 'the-same')).toEqual({});
    expect(await grant(3, 'the-same')).toEqual({});
    expect(await grant(3)).toEqual({ rejected: 'grant_limit_reached' });
    expect(await grant(2)).toEqual({});
    const { account, personKey } = person;
    const granted = async (of: string) =>
      (await countAttempts(knex(), { account: of, personKey, debits: 'person', now: harness.clock.now }))
        .granted;
    // It buys no other account anything.
    expect([await granted(account), await granted('another')]).toEqual([5, 0]);
    const given = (await listDecisions(knex(), person.journey)).map(({ attempts }) => attempts);
    expect(given.sort()).toEqual([2, 3]);
  });

  it('is on record with what was decided about which cause, and so is an operator', async () => {
    await show({ cause: 'vendor-refused' });
    const by = await harness.addClerk('clerk', ['national']);
    const { journey } = person;
    await harness.activities.decide({
      journey,
      command: 'd-1',
      clerk: by,
      decision: 'retry',
      reason: 'check-once-more',
    });
    await harness.activities.decide({
      journey,
      command: 'd-2',
      operator: 'li-on-call',
      decision: 'retry',
      reason: 'check-once-more',
    });
    const decided = await listDecisions(knex(), journey);
    expect(decided.sort((one, other) => one.id.localeCompare(other.id))).toMatchObject([
      {
        id: 'd-1',
        cause: 'vendor-refused',
        decision: 'retry',
        reason: 'check-once-more',
        state: 'taken',
        clerk: by,
        operator: null,
      },
      { id: 'd-2', decision: 'retry', reason: 'check-once-more', clerk: null, operator: 'li-on-call' },
    ]);
  });

  it('decides nothing that is not theirs, does not fit, or was meant for another view', async () => {
    await show({ cause: 'vendor-refused' });
    const { journey } = person;
    const own = await harness.addClerk('clerk', ['national']);
    const elsewhere = await harness.addClerk('clerk', ['31']);
    const disabled = await harness.addClerk('clerk', ['national']);
    await setClerkState(knex(), disabled, 'disabled');
    const decide = (by: string, more: object = {}) =>
      harness.activities.decide({
        journey,
        command: command(),
        clerk: by,
        decision: 'retry',
        reason: 'check-once-more',
        ...more,
      });
    for (const by of [elsewhere, disabled, randomUUID()])
      expect(await decide(by)).toEqual({ rejected: 'not_your_right' });
    expect(await decide(own, { expectedRevision: revision - 1 })).toEqual({ rejected: 'stale' });
    expect(
      await decide(own, { decision: 'grant-attempts', reason: 'person-identified', attempts: 1 }),
    ).toEqual({
      rejected: 'not_for_this_cause',
    });
    expect(await decide(own, { decision: 'accept', reason: 'online-check-failed' })).toEqual({
      rejected: 'needs_second_clerk',
    });
    expect(await listDecisions(knex(), journey)).toEqual([]);
    expect(await decide(own, { expectedRevision: revision })).toEqual({});
  });
});

describe('a review', () => {
  it('counts from whom the system picked, never from the proposer, while both are active, in time', async () => {
    await show({ cause: 'in-person' });
    const proposer = await harness.addClerk('reviewer', ['national']);
    const picked = await harness.addClerk('reviewer', ['national']);
    const id = command();
    await propose(proposer, id);
    const review = (by = picked) =>
      harness.activities.settleProposal({
        ...{
          journey: person.journey,
          proposal: id,
          verdict: 'approve',
          reason: 'compared-and-agrees',
          clerk: by,
        },
      });
    expect(await review(proposer)).toEqual({ rejected: 'not_the_reviewer' });
    for (const absent of [proposer, picked]) {
      await setClerkState(knex(), absent, 'disabled');
      expect(await review()).toEqual({ rejected: 'not_your_right' });
      await setClerkState(knex(), absent, 'active');
    }
    const { now } = harness.clock;
    harness.clock.now = new Date(now.getTime() + 24 * 3_600_000);
    expect(await review()).toEqual({ rejected: 'proposal_expired' });
    harness.clock.now = now;
    expect([await review(), await review()]).toEqual([{}, {}]);
    expect(await listDecisions(knex(), person.journey)).toMatchObject([{ state: 'approved' }]);
  });
});

it('an account may ask for the window as often as it may start checks, and no more', async () => {
  const results = [];
  for (let times = 0; times < 13; times += 1) {
    results.push(await harness.activities.askInPerson({ journey: person.journey, command: command() }));
  }
  expect(results.filter(({ rejected }) => !rejected).length).toBe(12);
  expect(results.at(-1)).toEqual({ rejected: 'checks_used_up' });
  const states = await knex()('attempts').distinct('purpose', 'state', 'debits');
  expect(states).toEqual([{ purpose: 'in-person', state: 'refunded', debits: 'account' }]);
});

describe('a confirmation on paper', () => {
  const approving = { verdict: 'approve', reason: 'compared-and-agrees' } as const;
  const declining = { verdict: 'decline', reason: 'does-not-agree' } as const;
  const accept = async (toDo: string, given: typeof approving | typeof declining = approving) => {
    await show({ cause: 'in-person', toDo });
    const proposer = await harness.addClerk('clerk', ['11']);
    await harness.addClerk('reviewer', ['11']);
    const id = command();
    await harness.activities.propose({
      ...{ ...accepting, journey: person.journey, toDo, command: id, clerk: proposer },
    });
    await harness.activities.settleProposal({ journey: person.journey, proposal: id, ...given });
    return id;
  };

  it('is settled by what two clerks accepted, once, and its evidence says so', async () => {
    const pushed = await harness.push(holder);
    const decision = await accept(pushed.toDo);
    const { toDo, textHash } = pushed;
    const confirmed = { journey: person.journey, toDo, textHash, decision };
    const result = { outcome: 'confirmed', matter: pushed.matter };
    expect(await harness.activities.confirmOnPaper(confirmed)).toEqual(result);
    expect(await harness.activities.confirmOnPaper(confirmed)).toEqual(result);
    expect(await knex()('evidence').count({ n: '*' })).toEqual([{ n: 1 }]);
    expect(JSON.parse(await evidenceOf(harness, toDo))).toMatchObject({
      kind: 'on-site',
      paperHash: accepting.paperHash,
      checks: expect.arrayContaining(
        [{ purpose: 'identity-face' }, { purpose: 'bank-card' }].map(expect.objectContaining),
      ),
      accepted: [{ kind: 'on-site', of: 'confirmation', paperHash: accepting.paperHash }],
    });
    const [delivery] = await knex()('deliveries').whereNot('event', 'invitation.issued').select('body');
    expect(JSON.parse(String(delivery?.body))).toMatchObject({
      event: 'confirmation.confirmed',
      evidenceKind: 'on-site',
    });
  });

  it('is not settled by what was declined, was accepted for another to-do, or shows another text', async () => {
    const pushed = await harness.push(holder);
    const other = await harness.push(holder, { externalId: 'M-2' });
    const { toDo, textHash } = pushed;
    const confirm = (decision: string, hash = textHash) =>
      harness.activities.confirmOnPaper({ journey: person.journey, toDo, textHash: hash, decision });
    const rejected = { outcome: 'not-signable', code: 'not_allowed_now' };
    expect(await confirm(await accept(toDo, declining))).toEqual(rejected);
    expect(await confirm(await accept(other.toDo))).toEqual(rejected);
    expect(await confirm('made-up')).toEqual(rejected);
    expect(await confirm(await accept(toDo), 'a'.repeat(64))).toEqual({
      outcome: 'not-signable',
      code: 'matter_changed',
    });
    expect(await knex()('evidence').select('id')).toEqual([]);
  });
});

describe('the worklist', () => {
  const list = (scope: string[], filter: WorklistFilter = {}) =>
    listWorklist(knex(), { scope, filter }, harness.clock.now);
  const ids = async (scope: string[], filter: WorklistFilter = {}) =>
    (await list(scope, filter)).map(({ journey_id: journey }) => journey);

  it('shows a journey to whose scope covers it, by cause', async () => {
    await show({ cause: 'vendor-refused' });
    const second = await harness.enter(harness.vendors.holders[1]!);
    await harness.push(harness.vendors.holders[1]!);
    await harness.activities.saveStop({
      ...{ journey: second.journey, step: 'stuck', allowed: [], codes: [], revision: 99, cause: 'in-person' },
    });
    // At the window the person comes first.
    const both = [person.journey, second.journey];
    expect(await ids(['11', 'national'])).toEqual(both);
    expect([await ids(['national']), await ids(['1101']), await ids(['31']), await ids([])]).toEqual([
      [both[0]],
      [both[1]],
      [],
      [],
    ]);
    expect(await ids(['11', 'national'], { cause: 'in-person' })).toEqual([both[1]]);
    expect(await list(['11', 'national'])).toMatchObject([
      { cause: 'vendor-refused', authority: 'national', document_type: 'resident-id' },
      { cause: 'in-person', authority: '110105' },
    ]);
  });

  it('shows a journey once whose person several authorities wait for, and whom a proposal waits for', async () => {
    await harness.push(holder);
    await harness.push(holder, { externalId: 'M-2', authority: '110101' });
    await show({ cause: 'in-person' });
    const proposer = await harness.addClerk('clerk', ['11']);
    const reviewer = await harness.addClerk('reviewer', ['11']);
    await propose(proposer);
    expect(await list(['110105', '110101'])).toMatchObject([{ reviewer, assignee: reviewer }]);
    expect(await ids(['11'], { reviewer })).toEqual([person.journey]);
    expect(await ids(['11'], { reviewer: proposer })).toEqual([]);
  });

  it('keeps when a journey was stuck after it goes on', async () => {
    await show({ cause: 'in-person' });
    await show({ step: 'face', by: 'back' });
    expect(await listStuckPeriods(knex(), person.journey)).toMatchObject([
      { cause: 'in-person', leftBy: 'back', leftAt: harness.clock.now },
    ]);
    expect(await ids(['11', 'national'])).toEqual([]);
  });
});
