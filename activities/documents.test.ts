import { acknowledgeArchived } from '../db/attempts/archiving';
import { withdrawConsent } from '../db/journeys/consents';
import { openDocument } from '../db/evidence/documents';
import { drawWith } from '../evidence/documents/drawing';
import { openFonts } from '../evidence/documents/fonts';
import type { RawSigner } from '../evidence/signing/raw-signer';
import type { SigningKeys } from '../evidence/signing/signing-keys';
import { createDocumentAuthority } from '../test/documents/authority';
import { startHarness } from '../test/setup/activity-harness';
import type { ActivityHarness, Entered } from '../test/setup/activity-harness';
import { agreeToArchiving, confirm } from '../test/setup/confirming';
import { keysOf } from '../test/setup/signing-key';
import { makeDocuments } from './documents';

const authority = createDocumentAuthority();
const draw = drawWith(openFonts());
afterAll(() => authority.end());

let harness: ActivityHarness;
let entered: Entered;
let evidence: string;

beforeEach(async () => {
  harness = await startHarness();
  const [holder] = harness.vendors.holders;
  const toDo = await harness.push(holder!);
  entered = await harness.enter(holder!);
  await agreeToArchiving(harness, entered, toDo);
  await confirm(harness, entered.journey, toDo);
  const row = await harness.store.knex('evidence').first('id');
  evidence = row!.id;
});
afterEach(() => harness.end());

const DAY = 24 * 3_600_000;
const pass = (ms: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + ms);
};
const make = (changes: { timeStamper?: undefined; signer?: RawSigner; keys?: SigningKeys } = {}) => {
  const { signer, keys, timeStamper } = authority;
  const making = { store: harness.store, publicUrl: 'https://rid.example', draw, signer, keys, timeStamper };
  return makeDocuments(
    { ...making, now: () => harness.clock.now, ...changes },
    { evidence, code: 'K7QX-M2PD' },
  );
};
const open = (kind: 'confirmation-letter' | 'archive-sheet') => openDocument(harness.store, evidence, kind);
const stored = () =>
  harness.store.knex('evidence_documents').orderBy('kind').select('kind', 'content', 'portrait_id');

it('makes both once, and keeps them sealed', async () => {
  const made = await make();
  expect(made.map(({ kind, level }) => [kind, level])).toEqual([
    ['archive-sheet', 'B-T'],
    ['confirmation-letter', 'B-T'],
  ]);
  pass(1000);
  expect(await make()).toEqual(made);
  for (const { kind, sha256 } of made) {
    const document = await open(kind);
    expect(document).toMatchObject({ kind, sha256, level: 'B-T' });
    expect(document!.file.subarray(0, 8).toString()).toBe('%PDF-1.7');
  }
  for (const { content } of await stored()) expect(content.includes('%PDF')).toBe(false);
});

it('keeps nothing that a key has signed that is not in use, or that is signed wrongly', async () => {
  const [key] = authority.keys.all;
  const ended = keysOf({ ...key!, until: new Date(harness.clock.now.getTime() - 1000) });
  await expect(make({ keys: ended })).rejects.toMatchObject({ code: 'pdf_key_not_live' });
  await expect(make({ keys: keysOf() })).rejects.toMatchObject({ code: 'pdf_signer_unknown' });
  const wrong = { ...authority.signer, sign: () => authority.signer.sign(Buffer.from('another')) };
  await expect(make({ signer: wrong })).rejects.toMatchObject({ code: 'pdf_altered' });
  expect(await stored()).toEqual([]);
});

it('makes what an interrupted run did not', async () => {
  await make();
  const letter = await open('confirmation-letter');
  await harness.owner('evidence_documents').where({ kind: 'archive-sheet' }).delete();
  await make({ timeStamper: undefined });
  expect(await open('confirmation-letter')).toEqual(letter);
  expect(await open('archive-sheet')).toMatchObject({ level: 'B-B' });
});

it('the sheet ends with its portrait, the letter with the evidence', async () => {
  await make();
  expect((await stored()).map(({ portrait_id: portrait }) => portrait !== null)).toEqual([true, false]);
  pass(3 * DAY + 1);
  await harness.activities.deleteExpired();
  expect(await open('archive-sheet')).toBeUndefined();
  expect(await open('confirmation-letter')).toBeDefined();
  expect((await stored()).map(({ content }) => content.length > 0)).toEqual([false, true]);
  // The matter ends, and nobody waits to be told of it.
  await harness.owner('matters').update({ state: 'confirmed', decided_at: harness.clock.now });
  await harness.owner('deliveries').update({ state: 'acknowledged', acknowledged_at: harness.clock.now });
  pass(5 * 366 * DAY);
  await harness.activities.deleteExpired();
  expect(await open('confirmation-letter')).toBeUndefined();
  expect((await stored()).map(({ content }) => content.length)).toEqual([0, 0]);
  expect(await make()).toHaveLength(2);
});

it.each(['portrait-archiving', 'face-check'] as const)(
  'the sheet ends when the consent %s is withdrawn',
  async (kind) => {
    await make();
    await withdrawConsent(harness.store, { journey: entered.journey, kind }, harness.clock.now);
    expect(await open('archive-sheet')).toBeUndefined();
    expect(await open('confirmation-letter')).toBeDefined();
  },
);

it('a sheet without a portrait is made when the portrait is gone, and lives as long as the evidence', async () => {
  pass(3 * DAY + 1);
  await harness.activities.deleteExpired();
  await make();
  const rows = await stored();
  expect(rows.map(({ portrait_id: portrait }) => portrait)).toEqual([null, null]);
  expect(await open('archive-sheet')).toBeDefined();
});

it('the sheet ends when the registration system says that it is archived', async () => {
  await make();
  const { number } = (await harness.store.knex('evidence').first('number'))!;
  const archived = { registry: 'test-registry', externalId: 'M-1', version: 1, evidence: [number] };
  expect(await acknowledgeArchived(harness.store, archived, harness.clock.now)).toEqual({ notConfirmed: [] });
  expect(await open('archive-sheet')).toBeUndefined();
  expect(await open('confirmation-letter')).toBeDefined();
  expect((await stored()).map(({ content }) => content.length > 0)).toEqual([false, true]);
});

it.each(['portrait-archiving', 'face-check'] as const)(
  'a sheet that is made after the consent %s was withdrawn shows no portrait',
  async (kind) => {
    await withdrawConsent(harness.store, { journey: entered.journey, kind }, harness.clock.now);
    await make();
    expect((await stored()).map(({ portrait_id: portrait }) => portrait)).toEqual([null, null]);
    expect(await open('archive-sheet')).toBeDefined();
  },
);

it('the sheet shows no portrait that the person has not consented to archive, also while the portrait is kept', async () => {
  const [holder] = harness.vendors.holders;
  const toDo = await harness.push(holder!, { externalId: 'M-without' });
  await confirm(harness, entered.journey, toDo);
  const row = await harness.store.knex('evidence').where({ to_do_id: toDo.toDo }).first('id');
  evidence = row!.id;
  await make();
  const sheet = await harness.store
    .knex('evidence_documents')
    .where({ evidence_id: evidence, kind: 'archive-sheet' })
    .first('portrait_id');
  expect(sheet).toEqual({ portrait_id: null });
});

it('makes nothing of evidence whose key was dropped', async () => {
  await harness.store.dataKeys.drop(harness.store.knex, [`evidence:${evidence}`]);
  expect(await make()).toEqual([]);
});
