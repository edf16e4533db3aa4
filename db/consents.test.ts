import type { Holder } from '../sandbox/alipay/settings';
import { confirm, evidenceOf, passFace } from '../test/setup/confirming';
import { openOffice } from '../test/setup/office';
import type { Entered, Office } from '../test/setup/office';
import { giveConsents, renewConsent, withdrawConsent } from './consents';
import type { GivenConsent } from './consents';
import { findJourney } from './journeys';

let office: Office;
let holder: Holder;
let person: Entered;

const text = (version: string, kind = 'personal-information'): GivenConsent => ({
  ...{ kind, version, textHash: version.at(-1)!.repeat(64) },
});

beforeEach(async () => {
  office = await openOffice();
  [holder] = office.vendors.holders as [Holder];
  person = await office.enter(holder, { consents: [text('2026-1')] });
});
afterEach(() => office.end());

const agreed = async () => (await findJourney(office.store.knex, person.journey))?.consent_version;
const ledger = async () =>
  (await office.store.knex('consents').orderBy('given_at').select('kind', 'version', 'withdrawn_at')).map(
    ({ kind, version, withdrawn_at }) => `${kind} ${version}${withdrawn_at ? ' withdrawn' : ''}`,
  );
const later = () => {
  office.clock.now = new Date(office.clock.now.getTime() + 1000);
};
const withdraw = (kind: 'personal-information' | 'face-check') =>
  withdrawConsent(office.store, { journey: person.journey, kind }, office.clock.now);

describe('which text a journey goes on under', () => {
  it('is what the person agreed to when they entered', async () => {
    expect([await agreed(), await ledger()]).toEqual(['2026-1', ['personal-information 2026-1']]);
  });

  it('is what they agreed to when they came back to it, noted when it is another', async () => {
    const { session } = person;
    later();
    await office.enter(holder, { session, consents: [text('2026-1')] });
    expect([await agreed(), await ledger()]).toEqual(['2026-1', ['personal-information 2026-1']]);
    await office.enter(holder, { session, consents: [text('2026-2')] });
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
    await renewConsent(office.store, given, text('2026-2'), office.clock.now);
    expect([await agreed(), await ledger()]).toEqual([
      '2026-2',
      ['personal-information 2026-1 withdrawn', 'personal-information 2026-2'],
    ]);
  });
});

describe('evidence', () => {
  const consentsIn = async (toDo: string) =>
    (JSON.parse(await evidenceOf(office, toDo)).consents as GivenConsent[]).map(
      ({ kind, version }) => `${kind} ${version}`,
    );

  it('names what was agreed to when the person confirmed, and nothing that was taken back before', async () => {
    const { knex } = office.store;
    const face = (command: string) =>
      giveConsents(
        knex,
        { journey: person.journey, personKey: person.personKey, command },
        [text('2026-1', 'face-check')],
        office.clock.now,
      );
    await face('face-1');
    const before = await office.push(holder);
    await confirm(office, person.journey, before);
    await withdraw('face-check');
    const after = await office.push(holder, { externalId: 'M-2' });
    await confirm(office, person.journey, after);
    expect(await consentsIn(before.toDo)).toEqual(['face-check 2026-1', 'personal-information 2026-1']);
    expect(await consentsIn(after.toDo)).toEqual(['personal-information 2026-1']);
  });
});

describe('a face check that is open when the consent to it is taken back', () => {
  it('comes to nothing, though the person passed it meanwhile, and no picture of it is kept', async () => {
    const begun = await office.activities.startFace({ journey: person.journey, command: 'face-1' });
    const attempt = 'attempt' in begun ? begun.attempt : '';
    const { certify_id } = await office.store.knex('attempts').first('certify_id');
    await office.vendors.pass(String(certify_id));
    await withdraw('face-check');
    expect(await office.activities.queryFace({ attempt })).toEqual({ outcome: 'void' });
    expect(await office.store.knex('portraits').select('attempt_id')).toEqual([]);
  });

  it('comes to nothing while the vendor is being asked', async () => {
    const begun = await office.activities.startFace({ journey: person.journey, command: 'face-1' });
    const attempt = 'attempt' in begun ? begun.attempt : '';
    const { alipay } = office.vendors;
    const slow = await openOffice({
      store: office.store,
      alipay: {
        ...alipay,
        async queryFaceCheck() {
          await withdraw('face-check');
          return { outcome: 'passed', portrait: Buffer.from('a picture') };
        },
      },
    });
    expect(await slow.activities.queryFace({ attempt })).toEqual({ outcome: 'void' });
    expect(await office.store.knex('portraits').select('attempt_id')).toEqual([]);
    await slow.end();
  });

  it('is not opened at the vendor again by the tap that began it, and the next tap opens another', async () => {
    await office.vendors.mode('500', { method: 'alipay.user.certify.open.initialize', times: 1 });
    const start = (command: string) => office.activities.startFace({ journey: person.journey, command });
    await expect(start('face-1')).rejects.toThrow();
    await withdraw('face-check');
    expect(await start('face-1')).toEqual({ outcome: 'void' });
    expect(await office.vendors.bills()).toMatchObject([{ times: 1 }]);
    expect(await passFace(office, person.journey)).toMatch(/^[0-9a-f]{32}$/);
  });
});
