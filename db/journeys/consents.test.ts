import type { ConsentKind } from '../../domain/consents';
import type { Holder } from '../../sandbox/alipay/settings';
import { confirm, evidenceOf, passFace } from '../../test/setup/confirming';
import { startHarness } from '../../test/setup/activity-harness';
import type { Entered, ActivityHarness } from '../../test/setup/activity-harness';
import { giveConsents } from './given-consents';
import { renewConsent, withdrawConsent } from './consents';
import type { GivenConsent } from '../../domain/consents';
import { findJourney } from './journeys';

let harness: ActivityHarness;
let holder: Holder;
let person: Entered;

const text = (version: string, kind: ConsentKind = 'personal-information'): GivenConsent => ({
  ...{ kind, version, textHash: version.at(-1)!.repeat(64) },
});

beforeEach(async () => {
  harness = await startHarness();
  [holder] = harness.vendors.holders as [Holder];
  person = await harness.enter(holder, { consents: [text('2026-1')] });
});
afterEach(() => harness.end());

const agreed = async () => (await findJourney(harness.store.knex, person.journey))?.consent_version;
const ledger = async () =>
  (await harness.store.knex('consents').orderBy('given_at').select('kind', 'version', 'withdrawn_at')).map(
    ({ kind, version, withdrawn_at }) => `${kind} ${version}${withdrawn_at ? ' withdrawn' : ''}`,
  );
const later = () => {
  harness.clock.now = new Date(harness.clock.now.getTime() + 1000);
};
const withdraw = (kind: 'personal-information' | 'face-check') =>
  withdrawConsent(harness.store, { journey: person.journey, kind }, harness.clock.now);

describe('which text a journey goes on under', () => {
  it('is what the person agreed to when they entered', async () => {
    expect([await agreed(), await ledger()]).toEqual(['2026-1', ['personal-information 2026-1']]);
  });

  it('is what they agreed to when they came back to it, noted when it is another', async () => {
    const { session } = person;
    later();
    await harness.enter(holder, { session, consents: [text('2026-1')] });
    expect([await agreed(), await ledger()]).toEqual(['2026-1', ['personal-information 2026-1']]);
    await harness.enter(holder, { session, consents: [text('2026-2')] });
    expect([await agreed(), await ledger()]).toEqual([
      '2026-2',
      ['personal-information 2026-1', 'personal-information 2026-2'],
    ]);
  });

  it('is none after it was taken back, until it is given anew', async () => {
    const given = { journey: person.journey, personKey: person.personKey, command: 'renew-1' };
    await withdraw('personal-information');
    expect(await agreed()).toBeNull();
    later();
    await renewConsent(harness.store, given, text('2026-2'), harness.clock.now);
    expect([await agreed(), await ledger()]).toEqual([
      '2026-2',
      ['personal-information 2026-1 withdrawn', 'personal-information 2026-2'],
    ]);
  });
});

describe('evidence', () => {
  const consentsIn = async (toDo: string) =>
    (JSON.parse(await evidenceOf(harness, toDo)).consents as GivenConsent[]).map(
      ({ kind, version }) => `${kind} ${version}`,
    );

  it('names what was agreed to when the person confirmed, and nothing that was taken back before', async () => {
    const { knex } = harness.store;
    const face = (command: string) =>
      giveConsents(
        knex,
        { journey: person.journey, personKey: person.personKey, command },
        [text('2026-1', 'face-check')],
        harness.clock.now,
      );
    await face('face-1');
    const before = await harness.push(holder);
    await confirm(harness, person.journey, before);
    await withdraw('face-check');
    const after = await harness.push(holder, { externalId: 'M-2' });
    await confirm(harness, person.journey, after);
    expect(await consentsIn(before.toDo)).toEqual(['face-check 2026-1', 'personal-information 2026-1']);
    expect(await consentsIn(after.toDo)).toEqual(['personal-information 2026-1']);
  });
});

describe('a face check that is open when the consent to it is taken back', () => {
  it('comes to nothing, though the person passed it meanwhile, and no picture of it is kept', async () => {
    const begun = await harness.activities.startFace({ journey: person.journey, command: 'face-1' });
    const attempt = 'attempt' in begun ? begun.attempt : '';
    const row = await harness.store.knex('attempts').first('certify_id');
    await harness.vendors.pass(String(row?.certify_id));
    await withdraw('face-check');
    expect(await harness.activities.queryFace({ attempt })).toEqual({ outcome: 'void' });
    expect(await harness.store.knex('portraits').select('attempt_id')).toEqual([]);
  });

  it('comes to nothing while the vendor is being asked', async () => {
    const begun = await harness.activities.startFace({ journey: person.journey, command: 'face-1' });
    const attempt = 'attempt' in begun ? begun.attempt : '';
    const { alipay } = harness.vendors;
    const slow = await startHarness({
      store: harness.store,
      alipay: {
        ...alipay,
        async queryFaceCheck() {
          await withdraw('face-check');
          return { outcome: 'passed', portrait: Buffer.from('a picture') };
        },
      },
    });
    expect(await slow.activities.queryFace({ attempt })).toEqual({ outcome: 'void' });
    expect(await harness.store.knex('portraits').select('attempt_id')).toEqual([]);
    await slow.end();
  });

  it('is not opened at the vendor again by the command that began it, and the next command opens another', async () => {
    await harness.vendors.mode('500', { method: 'alipay.user.certify.open.initialize', times: 1 });
    const start = (command: string) => harness.activities.startFace({ journey: person.journey, command });
    await expect(start('face-1')).rejects.toThrow();
    await withdraw('face-check');
    expect(await start('face-1')).toEqual({ outcome: 'void' });
    expect(await harness.vendors.bills()).toMatchObject([{ times: 1 }]);
    expect(await passFace(harness, person.journey)).toMatch(/^[0-9a-f]{32}$/);
  });
});
