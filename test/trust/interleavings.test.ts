import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { refuseToDo } from '../../db/confirmations/confirmations';
import { reviewFlag } from '../../db/flags/reviews';
import { reevaluateMatter, withdrawMatter } from '../../db/matters/matters';
import { pushMatter } from '../../db/matters/pushes';
import { askForReissue } from '../../db/confirmations/re-issues';
import { sign } from '../../db/confirmations/signing';
import type { Store } from '../../db/store/store';
import type { Role } from '../../domain/roles';
import { matterOf } from '../matters';
import { freshStore } from '../setup/api';
import { flagLimits } from '../setup/activity-harness';
import { runOptions } from '../setup/run-options';
import { scheduleStatements } from '../setup/statement-scheduler';
import type { StatementScheduler } from '../setup/statement-scheduler';
import { apply, pushed } from './matter-model';
import type { Action, Application, Day, Setting, Version, Who } from './matter-model';
import { arrive, draw, passFace } from './signers';
import type { Signer } from './signers';

/** `npm run interleavings -- --seeds 1000 --seed 7` runs so many, from that one on. */
const { seeds = 12, seed = 15 } = runOptions().interleavings ?? {};

const START = new Date();
const on = (day: number) => new Date(START.getTime() + day * 24 * 3_600_000);
const REGISTRY = 'interleavings';
const ROLES: readonly Role[] = ['legal-representative', 'shareholder', 'director'];

jest.setTimeout(60_000 + seeds * 5_000);

let store: Store;
let end: () => Promise<void>;
let scheduler: StatementScheduler;
let signers: { calm: Signer[]; attacked: Signer[] };

beforeAll(async () => {
  ({ store, end } = await freshStore());
  scheduler = await scheduleStatements(store);
  const all = (isAttacked: boolean) => Promise.all(ROLES.map(() => arrive(store, isAttacked, START)));
  signers = { calm: await all(false), attacked: await all(true) };
});
afterAll(async () => {
  await scheduler.close();
  await end();
});

const version = fc.constantFrom<Version>(1, 2);
const who = fc.constantFrom<Who>(0, 1, 2);
const day = fc.constantFrom<Day>(0, 0, 0, 0, 0, 31);
const verdict = fc.constantFrom('cleared' as const, 'upheld' as const);

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ do: fc.constant('sign' as const), version, who, day }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('refuse' as const), version, who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('push' as const), day }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('look' as const), version, day }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('review-flag' as const), version, who, verdict }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), version }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ask-re-issue' as const), version, who }) },
);

const first = fc.constant<Version>(1);
const ofFirst = (by: fc.Arbitrary<Who>): fc.Arbitrary<Action> =>
  fc.oneof(
    fc.record({ do: fc.constant('refuse' as const), version: first, who: by }),
    fc.record({ do: fc.constant('review-flag' as const), version: first, who: by, verdict }),
  );

const three = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 3, maxLength: 3 });

interface Beginning extends Setting {
  /** Whether everybody has signed at the start, which is rare otherwise. */
  haveSigned: boolean;
  /** The actions at the same time as the push of the second version. */
  withPush: Action[] | null;
}

const beginning: fc.Arbitrary<Beginning> = fc.oneof(
  fc.record({
    attacked: three(fc.boolean()),
    changed: three(fc.boolean()),
    haveSigned: fc.boolean(),
    withPush: fc.option(fc.array(fc.oneof(ofFirst(who), action), { minLength: 1, maxLength: 2 })),
  }),
  // Races that once went wrong: a push carries over what is refused or reviewed meanwhile, and one flag holds the matter.
  who.chain((flagged) =>
    fc.record({
      attacked: fc.constant([0, 1, 2].map((one) => one === flagged)),
      changed: three(fc.constantFrom(false, false, false, true)),
      haveSigned: fc.constant(true),
      withPush: fc.array(ofFirst(fc.constant(flagged)), { minLength: 1, maxLength: 2 }),
    }),
  ),
);

const course = fc.record({
  /** Groups of actions. Those of one group happen at the same time. */
  groups: fc.array(fc.array(action, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 6 }),
  /** Which connection's statement comes next; empty where the machine decides. */
  picks: fc.array(fc.nat(), { maxLength: 64 }),
});

it('actions at the same time have the result that the model gives for one of their orders', async () => {
  await fc.assert(
    fc.asyncProperty(beginning, course, async ({ haveSigned, withPush, ...setting }, { groups, picks }) => {
      const run = await begin(setting);
      const before: Action[][] = haveSigned
        ? ([0, 1, 2] as const).map((by) => [{ do: 'sign', version: 1, who: by, day: 0 }])
        : [];
      if (withPush) before.push([{ do: 'push', day: 0 }, ...withPush]);
      let expected = pushed();
      for (const group of [...before, ...groups]) {
        let at = 0;
        if (picks.length > 0) scheduler.begin((of) => (picks[at++ % picks.length] ?? 0) % of);
        const responses = await Promise.all(group.map((one) => run.perform(one)));
        scheduler.end();
        const found = await run.read();
        const explained = ordersOf(group.map((one, place) => ({ one, answer: responses[place] })))
          .map((order) => explain(expected, order, setting))
          .find((candidate) => candidate && JSON.stringify(statusOf(candidate)) === JSON.stringify(found));
        if (!explained)
          throw new Error(`No order leads to this: ${JSON.stringify({ group, responses, found })}`);
        expected = explained;
      }
      await expectNobodyConfirmedUnmeant(run.externalId);
    }),
    { numRuns: seeds, seed, endOnFailure: true },
  );
});

/** The model's result after these actions, if its answers are the same. */
function explain(
  before: Application,
  order: { one: Action; answer: string | undefined }[],
  setting: Setting,
): Application | undefined {
  const application = structuredClone(before);
  const isSo = order.every(({ one, answer }) => apply(application, one, setting) === answer);
  return isSo ? application : undefined;
}

function ordersOf<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]];
  return all.flatMap((first, at) => ordersOf(all.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

/** Everything that is visible from outside, by version: state, rows, and the deliveries to the registration system. */
type Status = { state: string; rows: string[]; callbacks: string[] }[];

function statusOf({ matters }: Application): Status {
  return Object.values(matters).map(({ state, rows, callbacks }) => ({
    ...{ state, rows: rows.map((row) => row.state), callbacks },
  }));
}

async function begin(setting: Setting) {
  const { knex } = store;
  const externalId = randomUUID();
  const matterId = (of: Version) => `matter-${of}${externalId.replaceAll('-', '').slice(1)}`;
  const persons = setting.attacked.map((isAttacked, at) => signers[isAttacked ? 'attacked' : 'calm'][at]!);
  await push(1, START);

  async function push(of: Version, now: Date): Promise<string> {
    const listed = persons.map(({ name, number, personKey }, at) => ({
      ...{
        reference: String(at),
        name,
        matchKey: name,
        documentType: 'resident-id' as const,
        number,
        personKey,
      },
      // Another role changes the text of this one person.
      roles: [of === 2 && setting.changed[at] ? ('supervisor' as const) : ROLES[at]!],
    }));
    const content = matterOf({
      version: of,
      persons: listed.map(({ reference, name, number, roles }) => ({
        ...{ reference, name, document: { type: 'resident-id', number }, roles },
      })),
    });
    const how = { signaturePerRole: false, carryOverDays: 30, tellsPersons: true };
    const given = { registry: REGISTRY, externalId, id: matterId(of), content, persons: listed, ...how };
    return (await pushMatter(store, given, now)).outcome;
  }

  const toDoOf = async (of: Version, by: Who) =>
    await knex('confirmations')
      .where({ matter_id: matterId(of), reference: String(by) })
      .first('to_do_id', 'matter_id', 'text_hash');
  const versionsOf = (matters: string[]) => matters.map((id) => (id === matterId(1) ? 1 : 2)).join();

  async function perform(one: Action): Promise<string> {
    if (one.do === 'push') return await push(2, on(one.day));
    if (one.do === 'look')
      return (await reevaluateMatter(store, matterId(one.version), on(one.day)))?.state ?? 'unknown';
    if (one.do === 'withdraw')
      return (await withdrawMatter(store, matterId(one.version), START)) ?? 'unknown';
    const { personKey, journey, session } = persons[one.who]!;
    if (one.do === 'review-flag') {
      const row = await knex('flags AS f')
        .join('confirmations AS c', 'c.to_do_id', 'f.to_do_id')
        .join('evidence AS e', 'e.id', 'c.evidence_id')
        .where({ 'f.person_key': personKey, 'e.matter_id': matterId(one.version) })
        .first({ id: 'f.id' });
      if (!row) return 'unknown';
      const reason = one.verdict === 'upheld' ? ('person-denies' as const) : ('person-confirms' as const);
      const review = {
        ...{ flag: row.id, clerk: randomUUID(), authorities: ['11'] },
        ...{ verdict: one.verdict, reason },
      };
      const result = await reviewFlag(store, review, START);
      if ('rejected' in result) return result.rejected === 'flag_reviewed' ? 'reviewed before' : 'unknown';
      return `reviewed, ${versionsOf(result.matters.map(({ id }) => id))}`;
    }
    const toDo = await toDoOf(one.version, one.who);
    if (!toDo) return 'unknown';
    const about = { toDo: toDo.to_do_id, personKey, command: randomUUID() };
    switch (one.do) {
      case 'refuse': {
        const refusal = { ...about, journey, reason: 'not-me' as const };
        const result = await refuseToDo(store, refusal, START);
        return 'rejected' in result ? 'not refused' : `refused in ${versionsOf(result.matters)}`;
      }
      case 'ask-re-issue':
        return 'rejected' in (await askForReissue(store, about, on(8))) ? 'not asked' : 'asked';
      case 'sign': {
        const now = on(one.day);
        const attempt = await passFace(store, persons[one.who]!, toDo, now);
        const input = await draw(store, now);
        const signing = { journey, session, toDo: toDo.to_do_id, attempt, input };
        return (await sign(store, signing, { flagLimits, tellsPerson: true }, now)).outcome;
      }
    }
  }

  async function read(): Promise<Status> {
    const matters = await knex('matters')
      .where({ registry: REGISTRY, external_id: externalId })
      .orderBy('version')
      .select('id', 'state');
    return await Promise.all(
      matters.map(async ({ id, state }) => {
        const rows = await knex('confirmations')
          .where({ matter_id: id })
          .orderBy('reference')
          .select('state');
        const deliveries = await knex('deliveries')
          .where({ matter_id: id })
          .whereNot('state', 'feed-only')
          .whereNot('event', 'invitation.issued')
          .orderBy('sequence')
          .select('body');
        const callbacks = deliveries.map(({ body }) => {
          const { event, persons: of } = JSON.parse(body) as {
            event: string;
            persons?: { reference: string }[];
          };
          return event.startsWith('matter.') ? event : `${event} ${of?.[0]?.reference}`;
        });
        return { state, rows: rows.map((row) => row.state), callbacks };
      }),
    );
  }

  return { externalId, perform, read };
}

/** Checks that hold in every case, read from the tables after a reevaluation. */
async function expectNobodyConfirmedUnmeant(externalId: string): Promise<void> {
  const { knex } = store;
  const matters = await knex('matters').where({ external_id: externalId }).select('id');
  for (const { id } of matters) await reevaluateMatter(store, id, START);
  const unmeant = await knex('confirmations AS c')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .leftJoin('evidence AS e', (proof) => {
      proof.on('e.id', 'c.evidence_id').andOn('e.person_key', 'c.person_key');
    })
    .leftJoin('flags AS f', 'f.to_do_id', 'c.to_do_id')
    .where({ 'm.external_id': externalId, 'm.state': 'confirmed' })
    .whereRaw(
      "(c.state NOT IN ('confirmed', 'carried') OR e.id IS NULL OR (f.id IS NOT NULL AND COALESCE(f.verdict, '') <> 'cleared'))",
    )
    .select('c.state', 'm.version');
  expect(unmeant).toEqual([]);
  const halfRefused = await knex('confirmations AS c')
    .join('confirmations AS o', 'o.evidence_id', 'c.evidence_id')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .where({ 'm.external_id': externalId, 'c.state': 'refused' })
    .whereIn('o.state', ['confirmed', 'carried'])
    .select('c.to_do_id');
  expect(halfRefused).toEqual([]);
  const twice = await knex('deliveries AS d')
    .join('matters AS m', 'm.id', 'd.matter_id')
    .where({ 'm.external_id': externalId })
    .where('d.event', 'like', 'matter.%')
    .groupBy('d.matter_id', 'd.event')
    .havingRaw('COUNT(*) > 1')
    .select('d.event');
  expect(twice).toEqual([]);
}
