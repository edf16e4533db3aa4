import { createHash } from 'node:crypto';
import type { Holder } from '../../sandbox/alipay/settings';
import { personOf } from '../../test/matters';
import { evidenceOf, passFace, signature, verify } from '../../test/setup/confirming';
import { flagLimits, startHarness } from '../../test/setup/activity-harness';
import type { Entered, ActivityHarness, PushedToDo } from '../../test/setup/activity-harness';
import { sign } from './signing';

let harness: ActivityHarness;
let holder: Holder;
let person: Entered;
let toDo: PushedToDo;
let attempt: string;

beforeEach(async () => {
  harness = await startHarness();
  [holder] = harness.vendors.holders as [Holder];
  person = await harness.enter(holder);
  toDo = await harness.push(holder);
  attempt = await passFace(harness, person.journey, toDo);
});
afterEach(() => harness.end());

const signed = (input: string, changes: object = {}) =>
  harness.activities.sign({ journey: person.journey, toDo: toDo.toDo, attempt, input, ...changes });
const confirmations = () => harness.store.knex('confirmations').select('role', 'state').orderBy('role');
const events = async () =>
  (
    await harness.store
      .knex('deliveries')
      .whereNot('event', 'invitation.issued')
      .orderBy('sequence')
      .select('event')
  ).map(({ event }) => event);

describe('a signature', () => {
  it('confirms all roles, once, however often the command comes', async () => {
    const input = await harness.seal('sign-1', signature);
    expect(await signed(input)).toEqual({ outcome: 'confirmed', matter: toDo.matter });
    expect(await signed(input)).toEqual({ outcome: 'confirmed', matter: toDo.matter });
    expect(await confirmations()).toEqual([
      { role: 'legal-representative', state: 'confirmed' },
      { role: 'shareholder', state: 'confirmed' },
    ]);
    expect(await events()).toEqual(['confirmation.confirmed']);
    expect(await harness.store.knex('evidence').count({ n: '*' })).toEqual([{ n: 1 }]);
    expect(harness.reevaluated).toEqual([toDo.matter, toDo.matter]);
  });

  it('leaves evidence that holds what was shown, checked and drawn', async () => {
    await signed(await harness.seal('sign-1', signature));
    const row = await harness.store.knex('evidence').first('sha256', 'number');
    const text = await evidenceOf(harness, toDo.toDo);
    expect(createHash('sha256').update(text).digest('hex')).toBe(row?.sha256);
    expect(JSON.parse(text)).toMatchObject({
      kind: 'face',
      number: row?.number,
      matter: { externalId: 'M-1', version: 1, textHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      person: { name: holder.name, number: holder.document.number },
      checks: expect.arrayContaining([
        expect.objectContaining({ purpose: 'identity-face' }),
        expect.objectContaining({ purpose: 'bank-card' }),
        expect.objectContaining({
          ...{ purpose: 'matter-face', orderNo: attempt },
          portraitHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        }),
      ]),
      signature: { strokes: signature.strokes, width: 600, height: 300 },
    });
    expect(JSON.parse(text).matter.text.sections).toEqual([
      { title: '基本信息', fields: [{ label: '住所', value: '试验路1号' }] },
    ]);
  });

  it('is not taken of somebody whom the database does not know to be verified, or from another session', async () => {
    const rejected = { outcome: 'not-signable', code: 'not_allowed_now' };
    const input = await harness.seal('sign-1', signature);
    const signing = { journey: person.journey, toDo: toDo.toDo, attempt, input };
    expect(await harness.activities.sign({ ...signing, verified: false })).toEqual(rejected);
    expect(await harness.activities.sign({ ...signing, session: 'another' })).toEqual(rejected);
    expect(await signed(input)).toMatchObject({ outcome: 'confirmed' });
  });

  it('two at once confirm once', async () => {
    const inputs = await Promise.all([harness.seal('sign-1', signature), harness.seal('sign-2', signature)]);
    const results = await Promise.all(inputs.map((input) => signed(input)));
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['confirmed', 'not-signable']);
    expect(await events()).toEqual(['confirmation.confirmed']);
  });

  it('of too little ink is asked for again, and the face check stays good', async () => {
    const scribble = await harness.seal('sign-1', { ...signature, strokes: [[[1, 1, 0]]] });
    expect(await signed(scribble)).toEqual({ outcome: 'sign-again', code: 'signature_too_little' });
    expect(await signed(await harness.seal('sign-2', signature))).toMatchObject({ outcome: 'confirmed' });
  });

  it('that is no longer there is asked for again', async () => {
    expect(await signed('never-sealed')).toEqual({ outcome: 'sign-again', code: 'input_expired' });
  });

  it('needs a face check that is fresh', async () => {
    harness.clock.now = new Date(harness.clock.now.getTime() + 11 * 60_000);
    const input = await harness.seal('sign-1', signature);
    expect(await signed(input)).toEqual({ outcome: 'face-again', code: 'face_check_used_up' });
    attempt = await passFace(harness, person.journey, toDo);
    expect(await signed(input)).toMatchObject({ outcome: 'confirmed' });
  });

  it('needs a face check of this matter and no other', async () => {
    const other = await harness.push(holder, { externalId: 'M-2', entity: { name: '另一试验有限公司' } });
    const foreign = await passFace(harness, person.journey, other);
    const result = await signed(await harness.seal('sign-1', signature), { attempt: foreign });
    expect(result).toEqual({ outcome: 'not-signable', code: 'matter_changed' });
    expect(await confirmations()).toContainEqual({ role: 'shareholder', state: 'pending' });
  });

  it('does not count after the text has changed', async () => {
    await harness.push(holder, { version: 2, entity: { name: '改名试验有限公司' } });
    const input = await harness.seal('sign-1', signature);
    expect(await signed(input)).toEqual({ outcome: 'not-signable', code: 'matter_closed' });
  });

  it.each([
    ['withdrawn', (matter: string) => harness.activities.withdraw({ matter })],
    [
      'expired',
      (matter: string) => {
        harness.clock.now = new Date(harness.clock.now.getTime() + 31 * 24 * 3_600_000);
        return harness.activities.reevaluateMatter({ matter });
      },
    ],
  ])('does not count after the matter is %s', async (_, happen) => {
    await happen(toDo.matter);
    expect(await signed(await harness.seal('sign-1', signature))).toEqual({
      outcome: 'not-signable',
      code: 'matter_closed',
    });
    expect(await harness.store.knex('evidence').select('id')).toEqual([]);
  });

  it('racing a withdrawal, one of the two wins whole', async () => {
    const input = await harness.seal('sign-1', signature);
    const [result, state] = await Promise.all([
      signed(input),
      harness.activities.withdraw({ matter: toDo.matter }),
    ]);
    const [confirmation] = await confirmations();
    const status = await harness.activities.reevaluateMatter({ matter: toDo.matter });
    // The signature came first: all of the matter is withdrawn but what was signed; or it came too late.
    expect([result.outcome, confirmation?.state, state, status?.state]).toEqual(
      result.outcome === 'confirmed'
        ? ['confirmed', 'confirmed', 'withdrawn', 'withdrawn']
        : ['not-signable', 'void', 'withdrawn', 'withdrawn'],
    );
  });

  it('of a person whose name was pushed differently cannot be given', async () => {
    const misspelt = await harness.push(holder, { externalId: 'M-3', name: '沙箱申' });
    const opened = { journey: person.journey, toDo: misspelt.toDo, textHash: misspelt.textHash };
    expect(await harness.activities.openToDo(opened)).toEqual({ rejected: 'name_differs' });
  });

  it('of another person cannot be given', async () => {
    const other = harness.vendors.holders[1]!;
    const foreign = await harness.push(other, { externalId: 'M-4' });
    const opened = { journey: person.journey, toDo: foreign.toDo, textHash: foreign.textHash };
    expect(await harness.activities.openToDo(opened)).toEqual({ rejected: 'to_do_unknown' });
    expect(await signed(await harness.seal('sign-1', signature), { toDo: foreign.toDo })).toEqual({
      outcome: 'not-signable',
      code: 'to_do_unknown',
    });
  });

  it('is written whole or not at all', async () => {
    const input = await harness.seal('sign-1', signature);
    await verify(harness, person.journey);
    await harness.owner.schema.renameTable('deliveries', 'deliveries_away');
    await expect(
      sign(
        harness.store,
        { journey: person.journey, session: person.session, toDo: toDo.toDo, attempt, input },
        { flagLimits, tellsPerson: false },
        harness.clock.now,
      ),
    ).rejects.toThrow();
    await harness.owner.schema.renameTable('deliveries_away', 'deliveries');
    expect(await harness.store.knex('evidence').select('id')).toEqual([]);
    expect(await confirmations()).toContainEqual({ role: 'shareholder', state: 'pending' });
    expect(await signed(input)).toMatchObject({ outcome: 'confirmed' });
  });
});

describe('「这不是我办的」', () => {
  const refuse = (command = 'refuse-1') =>
    harness.activities.refuse({ journey: person.journey, toDo: toDo.toDo, reason: 'not-me', command });

  it('refuses all roles, once, and the matter with it', async () => {
    expect(await refuse()).toEqual({});
    expect(await refuse()).toEqual({});
    expect(await harness.activities.reevaluateMatter({ matter: toDo.matter })).toMatchObject({
      state: 'refused',
    });
    expect(await events()).toEqual(['confirmation.refused', 'matter.refused']);
    expect(await refuse('refuse-2')).toEqual({ rejected: 'to_do_settled' });
  });

  it('works after signing, and freezes the matter', async () => {
    await verify(harness, person.journey);
    await signed(await harness.seal('sign-1', signature));
    expect(await harness.activities.reevaluateMatter({ matter: toDo.matter })).toMatchObject({
      state: 'confirmed',
    });
    expect(await refuse()).toEqual({});
    expect(await harness.activities.reevaluateMatter({ matter: toDo.matter })).toMatchObject({
      state: 'frozen',
    });
    expect(await events()).toEqual([
      'confirmation.confirmed',
      'matter.confirmed',
      'confirmation.refused',
      'matter.frozen',
    ]);
  });

  it('racing a signature, nobody is confirmed who refused', async () => {
    const input = await harness.seal('sign-1', signature);
    await Promise.all([signed(input), refuse()]);
    expect(await confirmations()).toEqual([
      { role: 'legal-representative', state: 'refused' },
      { role: 'shareholder', state: 'refused' },
    ]);
  });
});

describe('a new version', () => {
  it('carries over who signed a text that is the same, with the evidence', async () => {
    await verify(harness, person.journey);
    await signed(await harness.seal('sign-1', signature));
    const next = await harness.push(holder, { version: 2 });
    expect(next.result).toEqual({ outcome: 'created', superseded: toDo.matter });
    const rows = harness.store.knex('confirmations').where({ matter_id: next.matter });
    expect(await rows.select('state')).toEqual([{ state: 'carried' }, { state: 'carried' }]);
    expect(await harness.activities.reevaluateMatter({ matter: next.matter })).toMatchObject({
      state: 'confirmed',
    });
  });

  it('asks again who would be shown something else', async () => {
    await signed(await harness.seal('sign-1', signature));
    const persons = [personOf({ name: holder.name, document: holder.document, roles: ['shareholder'] })];
    const next = await harness.push(holder, { version: 2, persons });
    const rows = harness.store.knex('confirmations').where({ matter_id: next.matter });
    expect(await rows.select('role', 'state')).toEqual([{ role: 'shareholder', state: 'pending' }]);
  });
});
